// The list of series: as tall as all of them, but only the visible rows exist, and only they are sent.
import { sparkline } from "./chart.js";
import { number, words } from "./format.js";
import { el, seriesLink, setText } from "./parts.js";

const ROW_HEIGHT = 58;
const BEYOND = 4;

export class SeriesList {
  /** @param onRange called when other rows have become visible */
  constructor(onRange) {
    this.onRange = onRange;
    this.total = 0;
    this.rows = new Map();
    this.shown = new Map();
    this.first = 0;
    this.count = 0;
    this.space = el("div", { class: "space", role: "list" });
    this.empty = el("p", { class: "empty" }, "Waiting for the first scores.");
    this.node = el("div", { class: "list", tabIndex: -1, "aria-label": "Series", role: "group" }, this.space, this.empty);
    this.node.addEventListener("scroll", () => this.measure(), { passive: true });
    this.node.addEventListener("keydown", (event) => this.#key(event));
    this.observer = new ResizeObserver(() => this.measure());
    this.observer.observe(this.node);
  }

  /** Finds out which rows are visible. */
  measure() {
    const first = Math.max(0, Math.floor(this.node.scrollTop / ROW_HEIGHT) - BEYOND);
    const count = Math.ceil(this.node.clientHeight / ROW_HEIGHT) + 2 * BEYOND;
    if (first !== this.first || count !== this.count) {
      this.first = first;
      this.count = count;
      this.#draw();
      this.onRange();
    }
  }

  top() {
    this.node.scrollTop = 0;
    this.measure();
  }

  /** Says why there is no row, where there is none. */
  explain(text) {
    setText(this.empty, text);
  }

  update({ total, first, rows }) {
    this.total = total;
    this.space.style.height = `${total * ROW_HEIGHT}px`;
    this.empty.hidden = total > 0;
    this.rows = new Map(rows.map((row, i) => [first + i, row]));
    this.#draw();
  }

  #draw() {
    const end = Math.min(this.total, this.first + this.count);
    for (const [index, row] of this.shown) {
      if (index < this.first || index >= end) {
        row.node.remove();
        this.shown.delete(index);
      }
    }
    for (let index = this.first; index < end; index++) {
      if (!this.shown.has(index)) {
        const row = newRow();
        row.node.style.top = `${index * ROW_HEIGHT}px`;
        row.node.setAttribute("aria-posinset", index + 1);
        this.shown.set(index, row);
        this.space.append(row.node);
      }
      fill(this.shown.get(index), this.rows.get(index));
      this.shown.get(index).node.setAttribute("aria-setsize", this.total);
    }
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (!step) {
      return;
    }
    event.preventDefault();
    const focused = [...this.shown].find(([, row]) => row.link === document.activeElement);
    const from = focused ? focused[0] + step : this.first;
    const next = Math.max(0, Math.min(this.total - 1, from));
    const top = next * ROW_HEIGHT;
    if (top < this.node.scrollTop) {
      this.node.scrollTop = top;
    } else if (top + ROW_HEIGHT > this.node.scrollTop + this.node.clientHeight) {
      this.node.scrollTop = top + ROW_HEIGHT - this.node.clientHeight;
    }
    this.measure();
    this.shown.get(next)?.link.focus({ preventScroll: true });
  }

  themed() {
    this.#draw();
  }

  close() {
    this.observer.disconnect();
  }
}

function newRow() {
  const row = {
    mark: el("span", { class: "mark" }),
    name: el("span", { class: "name" }),
    more: el("span", { class: "more" }),
    spark: el("canvas", { class: "spark", "aria-hidden": "true" }),
    value: el("span", { class: "value" }),
    score: el("span", { class: "score" }),
  };
  row.link = el("a", { class: "row" }, row.mark, el("span", { class: "names" }, row.name, row.more), row.spark,
    el("span", { class: "numbers" }, row.value, row.score));
  row.node = el("div", { class: "slot", role: "listitem" }, row.link);
  return row;
}

function fill(row, data) {
  row.link.classList.toggle("waiting", !data);
  if (!data) {
    return;
  }
  row.link.href = seriesLink(data.series, data.target);
  row.link.title = data.reason ?? "";
  row.mark.dataset.status = data.event ? "EVENT" : data.status;
  setText(row.name, data.series + (data.target === "value" ? "" : ` · ${data.target}`));
  const labels = Object.entries(data.labels).map(([key, value]) => `${key}=${value}`).join("  ");
  const state = data.event ? `open: ${words(data.event)}` : words(data.status);
  setText(row.more, labels ? `${state}  ·  ${labels}` : state);
  setText(row.value, number(data.y));
  setText(row.score, data.score === undefined ? "" : `score ${number(Math.round(100 * data.score) / 100, 3)}`);
  row.score.classList.toggle("high", data.score >= 1);
  sparkline(row.spark, data.spark, data.odd);
}
