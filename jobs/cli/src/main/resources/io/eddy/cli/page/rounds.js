// One round of training: what became of it and why, and how the network learnt, epoch by epoch.
import { Lines, legend } from "./chart.js";
import { number, percent, whole, words } from "./format.js";
import { el, setText } from "./parts.js";

const OUTCOMES = { champion: "published", rejected: "rejected", rolled_back: "rolled back" };

export const outcome = (version) => OUTCOMES[version.status] ?? words(version.status);

/** Why it was published or rejected; what made it for a version that no round of the train job made. */
export const why = (version) => version.trainer.replace(/^eddy train job, round by [a-z_]+: /, "");

const trigger = (version) => words(/round by ([a-z_]+):/.exec(version.trainer)?.[1] ?? "–");

export class RoundPanel {
  constructor() {
    this.rounds = [];
    this.chosen = null; // null follows the newest
    const lossNode = el("div", { class: "chart", id: "learning" });
    const normNode = el("div", { class: "chart", id: "gradients" });
    this.loss = new Lines(lossNode, ["actual", "expected", "nominal"], { range: (min, max) => [min - 0.1 * (max - min || max), max + 0.1 * (max - min || max)] });
    this.norms = new Lines(normNode, ["earlier", "actual"], { range: (min, max) => [0, max * 1.08 || 1] });
    this.choice = el("select", { id: "round", "aria-label": "Round", onchange: () => this.#choose() });
    this.said = el("p", { class: "lead", id: "why" });
    this.curve = el("p", { class: "note", id: "curve" });
    this.facts = el("dl", { class: "readout" });
    const chart = (title, names, node) => el("div", {}, el("div", { class: "tools" }, el("h2", { class: "small" }, title), legend(names)), node);
    this.node = el("section", { class: "panel", "aria-label": "Round of training", hidden: true },
      el("div", { class: "tools" }, el("h2", {}, "Round of training"), this.choice), this.said,
      el("div", { class: "charts" },
        chart("loss by epoch", [["actual", "training"], ["expected", "validation"], ["nominal", "base forecast"]], lossNode),
        chart("gradient norm by epoch", [["earlier", "as it was"], ["actual", "after clipping"]], normNode)),
      this.curve, this.facts);
  }

  #choose() {
    this.chosen = this.choice.selectedIndex === 0 ? null : Number(this.choice.value);
    this.#show();
  }

  /** @param versions of one model, the oldest first */
  update(versions) {
    this.rounds = versions.filter((v) => v.epochs).reverse();
    this.node.hidden = this.rounds.length === 0;
    if (!this.rounds.some((v) => v.version === this.chosen)) {
      this.chosen = null;
    }
    const texts = this.rounds.map((v) => `version ${v.version}, ${outcome(v)}`);
    if (texts.join() !== [...this.choice.options].map((option) => option.textContent).join()) {
      this.choice.replaceChildren(...this.rounds.map((v, i) => el("option", { value: String(v.version) }, texts[i])));
    }
    if (this.rounds.length > 0) {
      this.choice.selectedIndex = this.chosen === null ? 0 : this.rounds.findIndex((v) => v.version === this.chosen);
      this.#show();
    }
  }

  #show() {
    const v = this.rounds[Math.max(0, this.choice.selectedIndex)];
    const { epochs, metrics: m } = v;
    const steps = epochs.train_loss.map((_, k) => k + 1);
    this.loss.set([steps, epochs.train_loss, epochs.validation_loss, steps.map(() => m.base_pinball ?? null)]);
    this.norms.set([steps, epochs.gradient_norm, epochs.clipped_norm]);
    setText(this.said, `${outcome(v)[0].toUpperCase()}${outcome(v).slice(1)}: ${why(v)}`);
    setText(this.curve, `The curve: ${v.curve}.`);
    const last = (values) => values[values.length - 1];
    const share = (value) => (value === undefined ? "–" : percent(value));
    const facts = {
      "begun by": trigger(v),
      "windows trained on": m.training_windows === undefined ? "–" : whole(m.training_windows),
      "windows held out": m.held_out_windows === undefined ? "–" : whole(m.held_out_windows),
      "loss held out": number(m.pinball), "parent's": number(m.parent_pinball), "base forecast's": number(m.base_pinball),
      "gain in standard errors": number(m.gain_standard_errors, 2),
      "95 % interval holds": share(m.coverage_95), "saturated gates": share(m.saturated_gates),
      "learning rate at the end": number(last(epochs.learning_rate), 2),
      seconds: number(m.round_seconds, 2),
    };
    this.facts.replaceChildren(...Object.entries(facts).map(([name, text]) => el("div", {}, el("dt", {}, name), el("dd", {}, text))));
  }

  themed() {
    this.loss.themed();
    this.norms.themed();
  }

  close() {
    this.loss.close();
    this.norms.close();
  }
}
