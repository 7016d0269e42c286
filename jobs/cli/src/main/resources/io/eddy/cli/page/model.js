// The weights and how the forecasts do: only what the topics carry, and what follows from forecasts and the scores after them.
import { Chart, axis, colour } from "./chart.js";
import { number, percent, time, whole, words } from "./format.js";
import { el, setText } from "./parts.js";

export class ModelView {
  constructor(parent, watch) {
    this.versions = [];
    this.charts = {};
    this.summary = el("p", { class: "lead" }, "No weights yet: the base forecast answers.");
    this.head = el("thead");
    this.body = el("tbody");
    this.nodes = { loss: el("div", { class: "chart" }), errors: el("div", { class: "chart" }), coverage: el("div", { class: "chart" }) };
    this.basis = el("p", { class: "note" });
    const chart = (name, title, legend, note) => el("section", { class: "panel", "aria-label": title },
      el("div", { class: "tools" }, el("h2", {}, title), el("span", { class: "grow" }), keys(legend)), this.nodes[name], note);
    parent.append(
      el("h1", {}, "Model"), this.summary,
      el("div", { class: "charts" },
        chart("errors", "Error by horizon", [["actual", "Eddy"], ["expected", "last value"], ["earlier", "same time a day ago"]], this.basis),
        chart("coverage", "Coverage by horizon", [["actual", "of the 95 % interval"], ["expected", "of the 80 % interval"], ["nominal", "nominal"]],
          el("p", { class: "note" }, "Share of actuals within the interval; the dashed lines are what it promises.")),
        chart("loss", "Held-out loss of each version", [["actual", "median loss"], ["expected", "of the base forecast"]],
          el("p", { class: "note" }, "As the round of training measured it, lower is better; drawn from the second version on."))),
      el("section", { class: "panel", "aria-label": "Versions" }, el("h2", {}, "Versions"),
        el("div", { class: "scroll", tabIndex: 0, role: "region", "aria-label": "Versions and their metrics" }, el("table", {}, this.head, this.body))),
    );
    watch({ model: true });
  }

  update(frame) {
    const model = frame.model;
    if (!model) {
      return;
    }
    this.versions = model.versions ?? this.versions;
    this.#table(model.inUse);
    this.#lossChart();
    const e = model.errors;
    const steps = e.eddy.map((_, h) => h + 1);
    setText(this.basis, e.pairs === 0
      ? "Fills when the first forecasts have met all their actuals."
      : `Mean absolute error in units of each series' own one-step change; ${whole(e.pairs)} pairs of forecast and actual of ${e.series} series.`);
    if (e.pairs > 0) {
      this.#draw("errors", [steps, e.eddy, e.lastValue, e.seasonal], {}, [0]);
      const level = (value) => steps.map(() => value);
      const share = (values) => values.map((v) => (v === null ? null : 100 * v));
      this.#draw("coverage", [steps, share(e.coverage95), share(e.coverage80), level(95), level(80)], { percent: true }, []);
    }
  }

  #draw(name, data, { percent: isPercent = false } = {}, zero) {
    if (this.charts[name]) {
      this.charts[name].plot.setData(data);
      return;
    }
    const line = (key, more) => ({ stroke: () => colour(key), width: 2, points: { show: data[0].length < 40, size: 5, fill: () => colour(key) }, ...more });
    const dashed = line("muted", { dash: [6, 4], width: 1.2, points: { show: false } });
    const range = isPercent
      ? (u, min) => [Math.max(0, Math.min(60, min - 5)), 100]
      : (u, min, max) => (zero.length ? [0, max * 1.08 || 1] : [min - 0.3 * (max - min), max + 0.3 * (max - min)]);
    this.charts[name] = new Chart(this.nodes[name], {
      legend: { show: false },
      cursor: { drag: { x: false } },
      scales: { x: { time: false }, y: { range } },
      axes: [axis({ incrs: [1, 2, 4, 6, 12, 24, 48, 96] }), axis({ size: 54, values: (u, values) => values.map((v) => (isPercent ? `${v} %` : number(v))) })],
      series: [{}, line("actual"), line("expected"), isPercent ? dashed : line("earlier"), dashed].slice(0, data.length),
    }, data, { height: 230 });
  }

  #lossChart() {
    const judged = this.versions.filter((v) => v.status === "champion" && v.metrics.median_loss !== undefined);
    if (judged.length > 1) {
      const of = (name) => judged.map((v) => v.metrics[name] ?? null);
      this.#draw("loss", [judged.map((v) => v.version), of("median_loss"), of("base_median_loss")], {}, []);
    }
  }

  #table(inUse) {
    const champions = this.versions.filter((v) => v.status === "champion");
    const newest = champions[champions.length - 1];
    if (newest) {
      const { median_loss: loss, base_median_loss: base } = newest.metrics;
      const gain = loss && base ? `, median loss ${percent(Math.abs(1 - loss / base))} ${loss < base ? "below" : "above"} the base forecast's` : "";
      const rejected = this.versions.length - champions.length;
      setText(this.summary, `Version ${newest.version} is the newest: ${newest.architecture}${gain}. ${champions.length} published, ${rejected} not.`);
    }
    const names = [...new Set(this.versions.flatMap((v) => Object.keys(v.metrics)))].sort();
    const columns = ["version", "status", "parent", "series using it", "trained", "on event time", ...names.map(words)];
    this.head.replaceChildren(el("tr", {}, ...columns.map((name) => el("th", { scope: "col" }, name))));
    this.body.replaceChildren(...[...this.versions].reverse().map((v) => el("tr", {},
      ...[String(v.version), words(v.status), v.parent === 0 ? "none" : String(v.parent), whole(inUse[v.version] ?? 0), time(v.created),
        `${time(v.from)} to ${time(v.to)}`, ...names.map((name) => number(v.metrics[name]))].map((text) => el("td", {}, text)))));
  }

  themed() {
    Object.values(this.charts).forEach((chart) => chart.plot.redraw());
  }

  reset() {}

  close() {
    Object.values(this.charts).forEach((chart) => chart.close());
  }
}

function keys(names) {
  return el("ul", { class: "legend" }, ...names.map(([key, name]) => el("li", {}, el("i", { class: key }), name)));
}
