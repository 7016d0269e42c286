// The weights and how the forecasts do: only what the topics carry, and what follows from forecasts and the scores after them.
import { Lines, legend } from "./chart.js";
import { number, percent, time, whole, words } from "./format.js";
import { el, setText } from "./parts.js";
import { RoundPanel, outcome, why } from "./rounds.js";

const fromZero = (min, max) => [0, max * 1.08 || 1];
const shares = (min) => [Math.max(0, Math.min(60, min - 5)), 100];
const around = (min, max) => [min - 0.3 * (max - min || max), max + 0.3 * (max - min || max)];

/** Weights that ship were made before any event time. */
const when = (millis) => (millis === 0 ? "–" : time(millis));

export class ModelView {
  constructor(parent, watch) {
    this.versions = [];
    this.inUse = {};
    this.errors = {};
    this.summary = el("p", { class: "lead" }, "No weights yet: the base forecast answers.");
    this.choice = el("select", { id: "model", "aria-label": "Model", hidden: true, onchange: () => this.#show() });
    this.head = el("thead");
    this.body = el("tbody");
    this.basis = el("p", { class: "note" });
    this.round = new RoundPanel();
    const nodes = { errors: el("div", { class: "chart" }), coverage: el("div", { class: "chart" }), loss: el("div", { class: "chart" }) };
    this.lines = {
      errors: new Lines(nodes.errors, ["actual", "expected", "earlier"], { range: fromZero }),
      coverage: new Lines(nodes.coverage, ["actual", "expected", "nominal", "nominal"], { range: shares, unit: "%" }),
      loss: new Lines(nodes.loss, ["actual", "expected", "rejected"], { range: around }),
    };
    const chart = (name, title, names, note) => el("section", { class: "panel", "aria-label": title },
      el("div", { class: "tools" }, el("h2", {}, title), el("span", { class: "grow" }), legend(names)), nodes[name], note);
    parent.append(
      el("div", { class: "title" }, el("h1", {}, "Model"), this.choice), this.summary,
      el("div", { class: "charts" },
        chart("errors", "Error by steps ahead", [["actual", "Eddy"], ["expected", "last value"], ["earlier", "same time a day ago"]], this.basis),
        chart("coverage", "Coverage by steps ahead", [["actual", "of the 95 % interval"], ["expected", "of the 80 % interval"], ["nominal", "nominal"]],
          el("p", { class: "note" }, "Share of actuals within the interval; the dashed lines are what it promises.")),
        chart("loss", "Held-out loss of each version", [["actual", "median loss"], ["expected", "of the base forecast"], ["rejected", "rejected"]],
          el("p", { class: "note" }, "As the round of training measured it, lower is better; drawn from the second version on."))),
      this.round.node,
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
    this.inUse = model.inUse;
    this.errors = model.errors;
    this.versions = model.versions ?? this.versions;
    this.#models();
    this.#show();
  }

  #models() {
    const names = [...new Set([...this.versions.map((v) => v.model), ...Object.keys(this.errors)])].sort();
    this.choice.hidden = names.length < 2;
    if (names.join("\n") !== [...this.choice.options].map((option) => option.value).join("\n")) {
      const chosen = this.choice.value;
      this.choice.replaceChildren(...names.map((name) => el("option", { value: name }, name)));
      this.choice.value = names.includes(chosen) ? chosen : names[0];
    }
  }

  #show() {
    const shown = this.versions.filter((v) => v.model === this.choice.value).sort((a, b) => a.version - b.version);
    this.round.update(shown);
    this.#table(shown);
    this.#errors(this.errors[this.choice.value]);
    const judged = shown.filter((v) => v.metrics.median_loss !== undefined);
    if (judged.length > 1) {
      const of = (name) => judged.map((v) => v.metrics[name] ?? null);
      const rejected = judged.map((v) => (v.status === "rejected" ? v.metrics.median_loss : null));
      this.lines.loss.set([judged.map((v) => v.version), of("median_loss"), of("base_median_loss"), rejected]);
    } else {
      this.lines.loss.clear();
    }
  }

  #errors(e) {
    if (!e || e.pairs === 0) {
      setText(this.basis, "Fills when the first forecasts have met all their actuals.");
      this.lines.errors.clear();
      this.lines.coverage.clear();
      return;
    }
    setText(this.basis, `Mean absolute error in units of each series' own one-step change; ${whole(e.pairs)} pairs of forecast and actual of ${e.series} series.`);
    const steps = e.eddy.map((_, h) => h + 1);
    this.lines.errors.set([steps, e.eddy, e.lastValue, e.seasonal]);
    const level = (value) => steps.map(() => value);
    const share = (values) => values.map((v) => (v === null ? null : 100 * v));
    this.lines.coverage.set([steps, share(e.coverage95), share(e.coverage80), level(95), level(80)]);
  }

  #table(versions) {
    const champions = versions.filter((v) => v.status === "champion");
    const newest = champions[champions.length - 1];
    if (newest) {
      const { median_loss: loss, base_median_loss: base } = newest.metrics;
      const gain = loss && base ? `, median loss ${percent(Math.abs(1 - loss / base))} ${loss < base ? "below" : "above"} the base forecast's` : "";
      const rejected = versions.length - champions.length;
      setText(this.summary, `Version ${newest.version} is the newest: ${newest.architecture}${gain}. ${champions.length} published, ${rejected} not.`);
    }
    const inUse = this.inUse[this.choice.value] ?? {};
    const names = [...new Set(versions.flatMap((v) => Object.keys(v.metrics)))].sort();
    const columns = ["version", "outcome", "parent", "series using it", "trained", "on event time", ...names.map(words), "why"];
    this.head.replaceChildren(el("tr", {}, ...columns.map((name) => el("th", { scope: "col" }, name))));
    this.body.replaceChildren(...[...versions].reverse().map((v) => el("tr", {},
      ...[String(v.version), outcome(v), v.parent === 0 ? "none" : String(v.parent), whole(inUse[v.version] ?? 0), when(v.created),
        v.to === 0 ? "–" : `${time(v.from)} to ${time(v.to)}`, ...names.map((name) => number(v.metrics[name]))].map((text) => el("td", {}, text)), el("td", { class: "text" }, why(v)))));
  }

  themed() {
    Object.values(this.lines).forEach((lines) => lines.themed());
    this.round.themed();
  }

  reset() {}

  close() {
    Object.values(this.lines).forEach((lines) => lines.close());
    this.round.close();
  }
}
