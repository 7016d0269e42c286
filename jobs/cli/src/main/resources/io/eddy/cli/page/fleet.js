// The fleet: how many series are how, the share of odd ones over time, the list, the events.
import { Chart, alpha, axis, colour, timeAxis } from "./chart.js";
import { STATUSES, percent, whole, words } from "./format.js";
import { SeriesList } from "./list.js";
import { el, setText } from "./parts.js";
import { PlantedPanel } from "./planted.js";

const SEARCH_MILLIS = 120;

export class FleetView {
  constructor(parent, watch, events) {
    this.watch = watch;
    this.events = events;
    this.statuses = new Set();
    this.cards = new Map();
    this.list = new SeriesList(() => this.#watch());
    this.search = el("input", {
      type: "search",
      id: "search",
      placeholder: "name, or label such as region=eu",
      autocomplete: "off",
      "aria-label": "Search series",
      oninput: () => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.#filtered(), SEARCH_MILLIS);
      },
    });
    this.sort = el("select", { id: "sort", "aria-label": "Order", onchange: () => this.#filtered() },
      el("option", { value: "worst" }, "worst first"), el("option", { value: "name" }, "by name"));
    this.found = el("span", { class: "found", role: "status" });
    this.cardsNode = el("div", { class: "cards", role: "group", "aria-label": "Filter by status" });
    this.chartNode = el("div", { class: "chart" });
    this.share = el("span", { class: "figure" });
    this.planted = new PlantedPanel();
    parent.append(
      el("h1", { class: "hidden" }, "Fleet"),
      this.cardsNode,
      el("section", { class: "panel share", "aria-label": "Share of anomalous series over time" },
        el("h2", {}, "Anomalous series ", this.share), this.chartNode),
      this.planted.node,
      el("div", { class: "columns" },
        el("section", { class: "panel", "aria-label": "Series" },
          el("div", { class: "tools" }, el("h2", {}, "Series"), this.search, this.sort, this.found), this.list.node),
        events.node),
    );
    this.#card("ALL", "series");
    this.#card("EVENT", "open events");
    this.list.measure();
    this.#watch();
  }

  #watch() {
    this.watch({
      list: {
        query: this.search.value.slice(0, 300),
        statuses: [...this.statuses],
        sort: this.sort.value,
        first: this.list.first,
        count: Math.min(200, this.list.count),
      },
    });
  }

  #filtered() {
    this.list.top();
    this.#watch();
  }

  #card(status, name) {
    const value = el("b", {}, "0");
    const node = el("button", {
      type: "button",
      class: "card",
      data: { status },
      "aria-pressed": "false",
      onclick: () => {
        if (status === "ALL") {
          this.statuses.clear();
        } else if (!this.statuses.delete(status)) {
          this.statuses.add(status);
        }
        this.#pressed();
        this.#filtered();
      },
    }, el("span", { class: "mark", data: { status } }), value, el("span", {}, name));
    this.cards.set(status, { node, value });
    this.cardsNode.append(node);
  }

  #pressed() {
    for (const [status, card] of this.cards) {
      card.node.setAttribute("aria-pressed", String(this.statuses.has(status)));
    }
  }

  update(frame, fleet) {
    this.list.explain(whyEmpty(fleet));
    if (frame.list) {
      this.list.update(frame.list);
      const more = fleet.notShown > 0 ? ", as many as this page remembers" : "";
      setText(this.found, `${whole(frame.list.total)} of ${whole(fleet.series)}${more}`);
    }
    setText(this.cards.get("ALL").value, whole(fleet.series));
    setText(this.cards.get("EVENT").value, whole(fleet.open ?? 0));
    for (const status of STATUSES) {
      const n = fleet.statuses[status] ?? 0;
      if (n > 0 && !this.cards.has(status)) {
        this.#card(status, words(status));
      }
      if (this.cards.has(status)) {
        setText(this.cards.get(status).value, whole(n));
      }
    }
    this.#drawShare(fleet);
    if (fleet.planted !== null && fleet.planted !== this.shownPlanted) {
      this.shownPlanted = fleet.planted;
      this.planted.update(fleet.planted);
    }
    this.events.update(fleet.events, fleet.time);
  }

  #drawShare(fleet) {
    const steps = [...fleet.share].sort((a, b) => a[0] - b[0]);
    // The newest step may not be complete yet.
    const newest = steps[steps.length - 2] ?? steps[steps.length - 1];
    setText(this.share, newest ? percent(newest[1]) : "");
    const data = [steps.map(([start]) => start / 1000), steps.map(([, share]) => 100 * share)];
    if (this.chart) {
      this.chart.plot.setData(data);
    } else if (steps.length > 1) {
      this.chart = new Chart(this.chartNode, {
        legend: { show: false },
        cursor: { y: false, drag: { x: false } },
        scales: { y: { range: (u, min, max) => [0, Math.max(2, max * 1.1)] } },
        axes: [timeAxis(), axis({ size: 46, values: (u, values) => values.map((v) => `${v} %`) })],
        series: [{}, {
          stroke: () => colour("anomaly"),
          fill: () => alpha(colour("anomaly"), 0.2),
          width: 1.5,
          points: { show: false },
        }],
      }, data, { height: 110 });
    }
  }

  themed() {
    this.chart?.plot.redraw();
    this.list.themed();
  }

  reset() {}

  close() {
    clearTimeout(this.timer);
    this.list.close();
    this.chart?.close();
  }
}

/** A mapping that is wrong rejects every message; who looks at an empty page has to see why. */
function whyEmpty({ series, pipeline }) {
  if (series > 0) {
    return "No series match.";
  }
  if (pipeline?.rejects > 0) {
    return `No scores, and messages that were rejected: ${whole(pipeline.rejects)}. The newest: ${pipeline.lastReject}`;
  }
  return pipeline?.readings === 0
    ? "Waiting for the first scores: there are no readings on the topic yet."
    : "Waiting for the first scores: a series has one when its first step is complete.";
}
