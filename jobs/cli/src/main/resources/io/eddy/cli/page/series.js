// One series: actual, expected, intervals, the forecast beyond now, the score, events and changes of weights.
import { Chart, alpha, axis, colour, legend, timeAxis } from "./chart.js";
import { EventsPanel } from "./events.js";
import { number, time, words } from "./format.js";
import { el, setText } from "./parts.js";
import { markPlanted } from "./planted.js";
import { SeriesData } from "./points.js";

const STEPS_BEFORE_NOW = 120;
const MOST_LISTED = 60;
const SYNC = "eddy-series";
const LEGEND = [["actual", "actual"], ["expected", "expected"], ["band80", "80 %"], ["band95", "95 %"], ["earlier", "as issued"], ["event", "event"], ["held", "held back"]];

export class SeriesView {
  constructor(parent, series, target, watch) {
    this.watch = watch;
    this.id = { series, target };
    this.data = new SeriesData();
    this.ago = 0;
    this.view = null; // null follows the newest step
    this.planted = [];
    this.shownPlanted = null;
    this.events = new EventsPanel(false);
    this.status = el("span", { class: "mark" });
    this.state = el("span", { class: "state" });
    this.labels = el("span", { class: "labels" });
    this.readout = new Map();
    this.chartNode = el("div", { class: "chart main", tabIndex: 0, role: "img", "aria-label": "Values and forecast; arrow keys pan, plus and minus zoom, Home follows" });
    this.scoreNode = el("div", { class: "chart" });
    this.agoLabel = el("output", { for: "ago" }, "newest only");
    this.agoInput = el("input", {
      type: "range", id: "ago", min: 0, max: 0, value: 0, disabled: true,
      oninput: () => this.#setAgo(Number(this.agoInput.value)),
    });
    this.follow = el("button", { type: "button", class: "follow", "aria-pressed": "true", onclick: () => this.#setView(null) }, "follow");
    const tool = (text, title, act) => el("button", { type: "button", title, "aria-label": title, onclick: act }, text);
    parent.append(
      el("div", { class: "title" }, el("a", { href: "#/", class: "back" }, "← Fleet"),
        el("h1", {}, this.status, series + (target === "value" ? "" : ` · ${target}`)), this.state, this.labels),
      el("section", { class: "panel", "aria-label": "Values and forecast" },
        el("div", { class: "tools" },
          legend(LEGEND),
          el("span", { class: "grow" }),
          el("label", { for: "ago", class: "ago" }, "forecast as issued ", this.agoInput, this.agoLabel),
          tool("−", "Zoom out", () => this.chart?.zoom(1.6)), tool("+", "Zoom in", () => this.chart?.zoom(0.6)),
          tool("◀", "Earlier", () => this.chart?.pan(-0.3)), tool("▶", "Later", () => this.chart?.pan(0.3)), this.follow),
        this.chartNode, el("h2", { class: "small" }, "anomaly score; from 1 on, the dashed line, a person is told"), this.scoreNode, this.#readoutNode()),
      this.events.node,
    );
    this.chartNode.addEventListener("keydown", (event) => this.#key(event));
    this.chartNode.addEventListener("dblclick", () => this.#setView(null));
    this.#watch();
  }

  #watch() {
    this.watch({ series: this.id, ago: this.ago });
  }

  #setAgo(ago) {
    this.ago = ago;
    setText(this.agoLabel, ago === 0 ? "newest only" : `${ago} ${ago === 1 ? "step" : "steps"} ago`);
    this.#watch();
  }

  #setView(min, max) {
    this.view = min === null ? null : { min, max };
    this.follow.setAttribute("aria-pressed", String(this.view === null));
    this.#range();
  }

  #key(event) {
    const act = {
      ArrowLeft: () => this.chart.pan(-0.15), ArrowRight: () => this.chart.pan(0.15),
      "+": () => this.chart.zoom(0.7), "=": () => this.chart.zoom(0.7), "-": () => this.chart.zoom(1.4),
      Home: () => this.#setView(null),
    }[event.key];
    if (act && this.chart) {
      event.preventDefault();
      act();
    }
  }

  #readoutNode() {
    const names = ["time", "value", "expected", "80 %", "95 %", "odd by itself outside", "score", "p-value", "status", "earlier forecast"];
    return el("dl", { class: "readout", "aria-live": "off" }, ...names.map((name) => {
      const value = el("dd", {}, "–");
      this.readout.set(name, value);
      return el("div", {}, el("dt", {}, name), value);
    }));
  }

  update(frame, fleet) {
    this.now = fleet.time;
    if (fleet.planted !== this.shownPlanted) {
      this.shownPlanted = fleet.planted;
      this.planted = (fleet.planted?.faults ?? []).filter((fault) => fault.series === this.id.series);
      this.chart?.plot.redraw(false);
    }
    const news = frame.series;
    if (!news || news.series !== this.id.series || news.target !== this.id.target) {
      return;
    }
    if (!news.known) {
      setText(this.state, "no scores of this series yet");
      return;
    }
    this.data.merge(news);
    if (news.events) {
      this.data.events = news.events;
      this.events.update([...news.events].reverse().slice(0, MOST_LISTED), news.newest);
    }
    this.status.dataset.status = news.status;
    setText(this.state, words(news.status) + (news.reason ? `: ${news.reason}` : "") + ` · weights ${Math.max(0, news.version)}`
      + (news.probability === undefined ? "" : ` · anomaly by feedback: ${Math.round(100 * news.probability)} %`)
      + (news.late > 0 ? ` · ${news.late} late readings` : ""));
    setText(this.labels, Object.entries(news.labels).map(([key, value]) => `${key}=${value}`).join("  "));
    this.agoInput.max = Math.max(0, news.forecasts - 1);
    this.agoInput.disabled = news.forecasts < 2;
    this.#draw();
  }

  #draw() {
    const { main, score } = this.data.columns();
    if (main[0].length === 0) {
      return;
    }
    if (this.chart) {
      this.chart.plot.setData(main, false);
      this.scoreChart.plot.setData(score, false);
    } else {
      this.#create(main, score);
    }
    this.#range();
    this.#read(this.chart.plot.cursor.idx);
  }

  #range() {
    const { min, max } = this.view ?? this.data.window(STEPS_BEFORE_NOW);
    for (const chart of [this.chart, this.scoreChart]) {
      chart?.plot.setScale("x", { min, max });
    }
  }

  #create(main, score) {
    const onView = (min, max) => this.#setView(min, max);
    const hooks = {
      drawClear: [(u) => this.#shade(u)],
      draw: [(u) => this.#marks(u)],
      setSelect: [(u) => {
        if (u.select.width > 4) {
          onView(u.posToVal(u.select.left, "x"), u.posToVal(u.select.left + u.select.width, "x"));
        }
        u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      }],
    };
    const cursor = { sync: { key: SYNC }, drag: { x: true, y: false, setScale: false }, bind: { dblclick: () => null } };
    const line = (name, more) => ({ stroke: () => colour(name), width: 1.6, points: { show: false }, ...more });
    const edge = { stroke: "transparent", width: 0, points: { show: false } };
    this.chart = new Chart(this.chartNode, {
      legend: { show: false }, cursor: { ...cursor, y: false },
      hooks: { ...hooks, setCursor: [(u) => this.#read(u.cursor.idx)] },
      axes: [timeAxis(), axis({ size: 62 })],
      series: [{}, edge, edge, edge, edge, edge, edge,
        line("expected", { width: 1.2 }), line("expected", { dash: [7, 4], width: 2 }), line("earlier", { dash: [8, 4], width: 2.4 }),
        line("actual", { width: 2 }),
        { stroke: "transparent", points: { show: true, size: 8, fill: () => colour("anomaly"), stroke: () => colour("surface"), width: 1.5 } },
        { stroke: "transparent", points: { show: true, size: 7, fill: () => colour("surface"), stroke: () => colour("anomaly"), width: 1.5 } }],
      bands: [
        { series: [2, 1], fill: () => alpha(colour("expected"), 0.16) },
        { series: [4, 3], fill: () => alpha(colour("expected"), 0.24) },
        { series: [6, 5], fill: () => alpha(colour("earlier"), 0.16) },
      ],
    }, main, { height: innerWidth < 600 ? 260 : 360, onView });
    this.scoreChart = new Chart(this.scoreNode, {
      legend: { show: false }, cursor: { ...cursor, y: false },
      hooks,
      padding: [8, 22, 10, 0],
      scales: { y: { range: (u, min, max) => [0, Math.max(1.5, max * 1.05)] } },
      axes: [timeAxis({ show: false }), axis({ size: 62 })],
      series: [{}, line("score", { fill: () => alpha(colour("score"), 0.18), paths: uPlot.paths.stepped({ align: 1 }) }),
        { stroke: "transparent", points: { show: true, size: 6, fill: () => colour("anomaly") } }],
    }, score, { height: 96, onView });
  }

  #shade(u) {
    const g = u.ctx;
    g.save();
    g.beginPath();
    g.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
    g.clip();
    const half = this.data.step / 2000;
    g.fillStyle = alpha(colour("anomaly"), 0.16);
    for (const event of this.data.events) {
      const end = event.end ?? this.data.newest;
      const left = u.valToPos(event.start / 1000 - half, "x", true);
      const right = u.valToPos(end / 1000 + half, "x", true);
      g.fillRect(left, u.bbox.top, Math.max(2, right - left), u.bbox.height);
    }
    g.restore();
  }

  /** Now, the line at score 1, and the steps at which other weights took over. */
  #marks(u) {
    const g = u.ctx;
    const isScore = u === this.scoreChart?.plot || u.series.length === 3;
    const ratio = devicePixelRatio || 1;
    g.save();
    g.beginPath();
    g.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
    g.clip();
    g.lineWidth = ratio;
    g.font = `${11 * ratio}px system-ui, sans-serif`;
    g.textBaseline = "top";
    const vertical = (seconds, name, dash, text) => {
      const x = Math.round(u.valToPos(seconds, "x", true));
      g.strokeStyle = g.fillStyle = colour(name);
      g.setLineDash(dash.map((d) => d * ratio));
      g.beginPath();
      g.moveTo(x, u.bbox.top);
      g.lineTo(x, u.bbox.top + u.bbox.height);
      g.stroke();
      if (text && !isScore) {
        const fits = x + 40 * ratio < u.bbox.left + u.bbox.width;
        g.textAlign = fits ? "left" : "right";
        g.fillText(text, x + (fits ? 4 : -4) * ratio, u.bbox.top + 2 * ratio);
      }
    };
    vertical(this.data.newest / 1000, "muted", [], "now");
    if (!isScore) {
      markPlanted(u, this.planted, this.data.newest + this.data.step, colour("version"));
    }
    for (const [at, version] of this.data.switches) {
      vertical(at / 1000, "version", [4, 4], `v${version}`);
    }
    if (isScore) {
      const y = Math.round(u.valToPos(1, "y", true));
      g.strokeStyle = colour("anomaly");
      g.setLineDash([6 * ratio, 4 * ratio]);
      g.beginPath();
      g.moveTo(u.bbox.left, y);
      g.lineTo(u.bbox.left + u.bbox.width, y);
      g.stroke();
    }
    g.restore();
  }

  /** Shows all values at the cursor; without one, those of the newest step. */
  #read(index) {
    const at = this.data.at(index);
    if (!at) {
      return;
    }
    const between = (low, high) => (low === null || low === undefined ? "–" : `${number(low)} to ${number(high)}`);
    const texts = {
      time: time(at.time) + (at.ahead ? ` (${at.ahead} ahead)` : ""),
      value: number(at.y), expected: number(at.expected), "80 %": between(at.low80, at.high80), "95 %": between(at.low95, at.high95),
      "odd by itself outside": between(at.lower, at.upper), score: number(at.score, 3), "p-value": number(at.p, 2),
      status: at.status ? words(at.status) : "–", "earlier forecast": number(at.earlier),
    };
    for (const [name, text] of Object.entries(texts)) {
      setText(this.readout.get(name), text);
    }
  }

  themed() {
    this.chart?.plot.redraw();
    this.scoreChart?.plot.redraw();
  }

  /** A new stream sends everything again; until then what is known stays on the screen. */
  reset() {}

  close() {
    this.chart?.close();
    this.scoreChart?.close();
  }
}
