// The faults that a demo has planted, beside what was told of them; a page on other topics has none.
import { duration, number, time } from "./format.js";
import { el, seriesLink, setText } from "./parts.js";

const TARGET = "value";

/** A score below 1 must not read as 1. */
const below = (score) => number(Math.floor(100 * score) / 100);

export function verdict(fault) {
  if (fault.told) {
    return `told, score ${number(fault.peak, 2)}`;
  }
  if (fault.peak >= 1) {
    return `not told anew, score ${number(fault.peak, 2)} soon after another event`;
  }
  return `${fault.over ? "not told" : "under way"}, highest score ${below(fault.peak)}`;
}

export class PlantedPanel {
  constructor() {
    this.summary = el("summary");
    this.body = el("tbody");
    const head = ["event time", "fault", "series", "what Eddy said"];
    this.node = el("details", { class: "panel planted", hidden: true },
      this.summary,
      el("p", { class: "note" }, "The demo breaks its series on purpose, from their tenth day on, and does not say so to Eddy. A fault is told when its score"
        + " reaches 1, which one normal value in 10,000 does by itself (score.false_alarm_rate), and soon after another event when it is stronger than that; a lower bar would find more of them, and more besides."
        + " A young series is doubted on purpose, for it has hardly shown what is usual: more is told as it grows older."),
      el("div", { class: "scroll", tabIndex: 0, role: "region", "aria-label": "Planted faults" },
        el("table", {}, el("thead", {}, el("tr", {}, ...head.map((name) => el("th", { scope: "col" }, name)))), this.body)));
  }

  update({ over, told, faults }) {
    this.node.hidden = faults.length === 0;
    setText(this.summary, over === 0
      ? "Planted faults: the first are under way"
      : `Planted faults: Eddy told ${told} of ${over}; see which, and why not the others`);
    this.body.replaceChildren(...[...faults].reverse().map((fault) => el("tr", { class: fault.told ? "told" : "" },
      el("td", {}, time(fault.from)),
      el("td", {}, `${fault.kind}, ${duration(fault.to - fault.from)}`),
      el("td", {}, el("a", { href: seriesLink(fault.series, TARGET) }, fault.series)),
      el("td", {}, verdict(fault)))));
  }
}

/** Marks the faults of the drawn series along the lower edge of a chart. */
export function markPlanted(u, faults, newest, colour) {
  const g = u.ctx;
  const ratio = devicePixelRatio || 1;
  const height = 6 * ratio;
  const bottom = u.bbox.top + u.bbox.height;
  g.save();
  g.beginPath();
  g.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
  g.clip();
  g.fillStyle = colour;
  g.font = `${11 * ratio}px system-ui, sans-serif`;
  g.textBaseline = "bottom";
  for (const fault of faults) {
    const left = u.valToPos(fault.from / 1000, "x", true);
    const right = u.valToPos(Math.min(fault.to, newest) / 1000, "x", true);
    g.fillRect(left, bottom - height, Math.max(3 * ratio, right - left), height);
    const text = `planted: ${fault.kind}, ${verdict(fault)}`;
    const rightmost = u.bbox.left + u.bbox.width - g.measureText(text).width;
    g.fillText(text, Math.max(u.bbox.left, Math.min(left, rightmost)), bottom - height - 2 * ratio);
  }
  g.restore();
}
