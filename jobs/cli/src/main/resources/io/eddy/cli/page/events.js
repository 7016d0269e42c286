// Events, open ones first, with what people say about them.
import { FEEDBACK, duration, number, side, time, words } from "./format.js";
import { el, post, seriesLink, setText } from "./parts.js";

const CHOICES = ["ANOMALY", "ANOMALY_EXPECTED", "NOT_ANOMALY", "ANOMALY_NEW_TREND"];
const HINTS = {
  ANOMALY: "Rightly told: the like of it weighs more, and training keeps away from it",
  ANOMALY_EXPECTED: "It was odd, but we knew",
  NOT_ANOMALY: "It was not odd at all",
  ANOMALY_NEW_TREND: "This is how it is from now on",
};

export class EventsPanel {
  /** @param named whether the series is named, which is needless in its own view */
  constructor(named = true) {
    this.named = named;
    this.shown = new Map();
    this.list = el("ol", { class: "events" });
    this.empty = el("p", { class: "empty" }, "Nothing unexpected so far.");
    this.node = el("section", { class: "panel", "aria-label": "Events" }, el("h2", {}, "Events"), this.empty, this.list);
  }

  /** @param now newest event time, until which an open event lasts */
  update(events, now) {
    this.empty.hidden = events.length > 0;
    const kept = new Set(events.map((event) => event.id));
    for (const [id, item] of this.shown) {
      if (!kept.has(id)) {
        item.node.remove();
        this.shown.delete(id);
      }
    }
    let place = this.list.firstChild;
    for (const event of events) {
      if (!this.shown.has(event.id)) {
        this.shown.set(event.id, this.#newItem(event));
      }
      const item = this.shown.get(event.id);
      fill(item, event, now);
      // Moving a node would take the focus from its buttons.
      if (item.node === place) {
        place = place.nextSibling;
      } else {
        this.list.insertBefore(item.node, place);
      }
    }
  }

  #newItem(event) {
    const item = {
      state: el("span", { class: "state" }),
      kind: el("strong"),
      facts: el("span", { class: "facts" }),
      said: el("span", { class: "said", role: "status" }),
      event,
    };
    const buttons = CHOICES.map((type) => el("button", {
      type: "button",
      title: HINTS[type],
      data: { type },
      onclick: () => say(item, type),
    }, FEEDBACK[type]));
    const name = el("a", { class: "name", href: seriesLink(event.series, event.target) },
      event.series + (event.target === "value" ? "" : ` · ${event.target}`));
    item.node = el("li", {}, el("div", { class: "head" }, item.state, item.kind), this.named ? name : null, item.facts,
      el("div", { class: "answer", role: "group", "aria-label": "What was it?" }, ...buttons, item.said));
    return item;
  }
}

function fill(item, event, now) {
  item.event = event;
  item.now = now;
  const open = event.state !== "close";
  item.node.classList.toggle("open", open);
  setText(item.state, open ? "open" : event.id.endsWith("|accepted") ? "the new normal" : "over");
  setText(item.kind, `${words(event.kind)}, ${side(event.direction)}`);
  const end = open ? now : event.end;
  const lasted = end > event.start ? `for ${duration(end - event.start)}` : "one step";
  setText(item.facts, `${time(event.start)} · ${lasted} · ${event.points} ${event.points === 1 ? "point" : "points"} · peak ${number(event.peak, 2)}`);
  if (event.feedback) {
    setText(item.said, `said: ${FEEDBACK[event.feedback]}`);
  }
  for (const button of item.node.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.dataset.type === event.feedback));
  }
}

async function say(item, type) {
  setText(item.said, "sending…");
  const { series, target, start, end } = item.event;
  const error = await post("feedback", { series, target, from: start, to: Math.max(end ?? item.now ?? start, start), type });
  // The word itself shows when it comes back on the topic.
  setText(item.said, error ? `not sent: ${error}` : "sent");
}
