// The report of a backtest, drawn from the data in the file. The imports are resolved when the file is put together.
import { el } from "./parts.js";
import { number, percent, time, whole, words } from "./format.js";
import { Chart, alpha, axis, colour, legend, timeAxis } from "./chart.js";

const data = JSON.parse(document.getElementById("data").textContent);
const m = data.overall;
const page = document.getElementById("report");
const charts = [];

const panel = (title, ...children) => el("section", { class: "panel", "aria-label": title }, el("h2", {}, title), ...children);
const note = (text) => el("p", { class: "note" }, text);

function table(head, rows, className = "scroll") {
  return el("div", { class: className, tabIndex: 0, role: "region", "aria-label": head[0] }, el("table", {},
    el("thead", {}, el("tr", {}, ...head.map((name, i) => el("th", { scope: "col", class: rows[0]?.cells[i]?.className }, name)))),
    el("tbody", {}, ...rows)));
}

const cells = (values) => values.map((value) => (value instanceof Node ? value : el("td", {}, value)));
const row = (values, className) => el("tr", { class: className }, ...cells(values));

const counted = (n, noun) => `${whole(n)} ${noun}${n === 1 ? "" : "s"}`;

/** "12 % below the seasonal naive forecast's 0.81" */
function beside(value, other, name) {
  if (value === undefined || other === undefined || other === 0) {
    return null;
  }
  const gap = value / other - 1;
  const word = Math.abs(gap) < 0.005 ? "level with" : `${percent(Math.abs(gap))} ${gap < 0 ? "below" : "above"}`;
  return `${word} the ${name} forecast's ${number(other, 3)}`;
}

function headline() {
  const against = [beside(m.mase, m.mase_seasonal_naive, "seasonal naive"), beside(m.mase, m.mase_naive, "naive"),
    beside(m.mase, m.mase_autoregression, "autoregressive")].filter(Boolean);
  const first = `Eddy forecast ${whole(data.series)} series of ${data.input} ${data.horizon} steps ahead, `
    + `from ${time(data.pValues.from)} to ${time(data.pValues.to)}.`;
  const without = m.mae === undefined ? " No forecast met an actual." : " It has no MASE, for the values never change.";
  const second = m.mase === undefined ? without : ` Its MASE is ${number(m.mase, 3)}${against.length ? `, ${new Intl.ListFormat("en").format(against)}` : ""}.`;
  const third = m.coverage_95 === undefined ? "" : ` Its 95 % intervals held ${percent(m.coverage_95)} of the actuals`
    + ` and it counted ${whole(data.events)} ${data.events === 1 ? "event" : "events"}.`;
  return first + second + third;
}

function figures() {
  const items = [
    ["MASE", number(m.mase, 3), m.mase_seasonal_naive === undefined ? "" : `seasonal naive ${number(m.mase_seasonal_naive, 3)}`],
    ["weighted quantile loss", number(m.wql, 3), m.wql_seasonal_naive === undefined ? "" : `seasonal naive ${number(m.wql_seasonal_naive, 3)}`],
    ["95 % interval holds", percent(m.coverage_95 ?? null), "of actuals"],
    ["80 % interval holds", percent(m.coverage_80 ?? null), "of actuals"],
    ["readings", whole(data.readings), data.rejects > 0 ? `and ${whole(data.rejects)} rejected` : "none rejected"],
    ["events", whole(data.events), `${whole(data.pValues.anomalous)} of ${whole(data.pValues.judged)} points`],
  ];
  return el("dl", { class: "figures" }, ...items.map(([name, value, more]) =>
    el("div", {}, el("dt", {}, name), el("dd", {}, value, el("small", {}, more)))));
}

function accuracy() {
  const kinds = [["Eddy", ""], ["seasonal naive", "_seasonal_naive"], ["naive (last value)", "_naive"], ["autoregression", "_autoregression"]]
    .filter(([, suffix]) => m["mase" + suffix] !== undefined || suffix === "");
  const metrics = [["mase", "MASE"], ["smape", "sMAPE, %"], ["wql", "weighted quantile loss"]];
  const best = Object.fromEntries(metrics.map(([key]) =>
    [key, Math.min(...kinds.map(([, suffix]) => m[key + suffix] ?? Infinity))]));
  const rows = kinds.map(([name, suffix], i) => row([name, ...metrics.map(([key]) => {
    const value = m[key + suffix];
    return el("td", { class: value === best[key] ? "best" : "" }, number(value));
  })], i === 0 ? "eddy" : ""));
  return panel("Accuracy", table(["forecast", ...metrics.map(([, name]) => name)], rows),
    note("Over all horizon steps, the mean over series with equal weight; lower is better, the best is marked."),
    ...(data.repeated ? [note(`${data.repeated}.`)] : []));
}

function labelled() {
  const l = data.labels;
  if (l.labelled_spans === undefined) {
    return null;
  }
  const columns = [["precision", "precision"], ["recall", "recall"], ["f1", "F1"], ["event_f1", "F1 by event"], ["delay_steps", "delay, steps"]];
  const rows = [["1, as configured", ""], [`${number(l.threshold_best, 3)}, the best in hindsight`, "_best"]].map(([name, suffix], i) =>
    row([name, ...columns.map(([key]) => number(l[key + suffix], 3))], i === 0 ? "eddy" : ""));
  return panel("Known anomalies", table(["threshold of the score", ...columns.map(([, name]) => name)], rows),
    note(`${counted(l.labelled_spans, "labelled span")} with ${counted(l.labelled_points, "point")}, all series together. By point, without adjustment; by event a span`
      + " counts once, and so does a run of false points. The delay is from a span's first point to the first one found. Hindsight knows the labels; a stream does not."));
}

const line = (key, more) => ({ stroke: () => colour(key), width: 2, points: { show: false }, ...more });

function draw(node, options, values, height = 260) {
  charts.push(new Chart(node, { legend: { show: false }, cursor: { drag: { x: false } }, ...options }, values, { height }));
}

function horizons() {
  const h = data.horizons;
  const steps = h.eddy.map((_, i) => i + 1);
  const errors = el("div", { class: "chart", id: "errors" });
  const coverage = el("div", { class: "chart", id: "coverage" });
  const x = axis({ incrs: [1, 2, 4, 6, 12, 24, 48, 96] });
  const share = (values) => values.map((v) => (v === null ? null : 100 * v));
  const dashed = line("muted", { dash: [6, 4], width: 1.2 });
  const known = h.eddy.some((v) => v !== null);
  later(() => known && draw(errors, {
    scales: { x: { time: false }, y: { range: (u, min, max) => [0, max * 1.08 || 1] } },
    axes: [x, axis({ size: 54 })], series: [{}, line("actual"), line("expected"), line("earlier")],
  }, [steps, h.eddy, h.seasonal, h.lastValue]));
  later(() => draw(coverage, {
    scales: { x: { time: false }, y: { range: (u, min) => [Math.max(0, Math.min(60, min - 5)), 100] } },
    axes: [x, axis({ size: 54, values: (u, values) => values.map((v) => `${v} %`) })], series: [{}, line("actual"), line("expected"), dashed, dashed],
  }, [steps, share(h.coverage95), share(h.coverage80), steps.map(() => 95), steps.map(() => 80)]));
  return el("div", { class: "charts" },
    known ? panel("Error by steps ahead", legend([["actual", "Eddy"], ["expected", "seasonal naive"], ["earlier", "naive"]]), errors,
      note("Mean absolute error in units of each series' one-step seasonal naive error."))
      : panel("Error by steps ahead", note("None: no series has both changed and met a forecast.")),
    panel("Coverage by steps ahead", legend([["actual", "95 % interval"], ["expected", "80 % interval"], ["nominal", "nominal"]]), coverage,
      note("Share of actuals within the interval; the dashed lines are what it promises.")));
}

function reliability() {
  const p = data.pValues;
  if (p.judged === 0) {
    return panel("Reliability of p-values", note("No point was judged: a series is warming up until it has seen enough values and the first weights are published."));
  }
  const node = el("div", { class: "chart", id: "reliability" });
  const positive = p.shares.map((v) => (v > 0 ? v : null));
  const log = { distr: 3, range: () => [1e-4, 1] };
  const values = (u, splits) => splits.map((v) => (Math.log10(v) % 1 === 0 ? String(v) : ""));
  later(() => draw(node, {
    scales: { x: { time: false, ...log }, y: { distr: 3, range: (u, min) => [Math.min(1e-4, min), 1] } },
    axes: [axis({ values }), axis({ size: 62, values })],
    series: [{}, line("actual", { points: { show: true, size: 6, fill: () => colour("actual") } }), line("muted", { dash: [6, 4], width: 1.2 })],
  }, [p.levels, positive, p.levels], 300));
  const rows = p.levels.map((level, i) => row([String(level), p.shares[i] === null ? "–" : p.shares[i].toPrecision(3), whole(level * p.judged), whole((p.shares[i] ?? 0) * p.judged)]));
  return el("div", { class: "charts" },
    panel("Reliability of p-values", legend([["actual", "found"], ["nominal", "as promised"]]), node,
      note(`Share of points with a p-value of at most x, of ${whole(p.judged)} judged points. Over normal data it is x; anomalies in the data lift the left end.`)),
    panel("p-values in numbers", table(["p at most", "share found", "expected", "found"], rows)));
}

function shade(u, events) {
  const g = u.ctx;
  g.save();
  g.beginPath();
  g.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
  g.clip();
  g.fillStyle = alpha(colour("anomaly"), 0.2);
  for (const [from, to] of events) {
    const left = u.valToPos(from / 1000, "x", true);
    const right = u.valToPos(to / 1000, "x", true);
    g.fillRect(left - 2, u.bbox.top, Math.max(5, right - left + 4), u.bbox.height);
  }
  g.restore();
}

function drawn(one) {
  const node = el("div", { class: "chart series" });
  const ahead = new Map(one.forecasts.map(([t, ...rest]) => [t, rest]));
  const times = [...new Set([...one.points.map((p) => p[0]), ...ahead.keys()])].sort((a, b) => a - b);
  const byTime = new Map(one.points.map((p) => [p[0], p]));
  const column = (of) => times.map((t) => of(byTime.get(t) ?? [], ahead.get(t) ?? []) ?? null);
  const values = [times.map((t) => t / 1000), column((p, f) => f[1]), column((p, f) => f[2]), column((p, f) => f[0]),
    column((p) => p[1]), column((p) => (p[6] ? p[1] : null))];
  const edge = { stroke: "transparent", width: 0, points: { show: false } };
  later(() => {
    let chart = null;
    const range = (min, max) => chart.plot.setScale("x", { min, max });
    chart = new Chart(node, {
      legend: { show: false },
      cursor: { y: false },
      hooks: { drawClear: [(u) => shade(u, one.events)] },
      axes: [timeAxis(), axis({ size: 62 })],
      series: [{}, edge, edge, line("earlier", { width: 1.6 }), line("actual", { width: 1.6 }),
        { stroke: "transparent", points: { show: true, size: 6, fill: () => colour("anomaly") } }],
      bands: [{ series: [2, 1], fill: () => alpha(colour("earlier"), 0.18) }],
    }, values, { height: 280, onView: range });
    node.addEventListener("dblclick", () => range(values[0][0], values[0][values[0].length - 1]));
    charts.push(chart);
  });
  const cut = one.points.length >= 1500 ? "Its newest 1,500 steps. " : "";
  return panel(`${one.role[0].toUpperCase()}${one.role.slice(1)}: ${one.series}${one.mase === null ? "" : `, MASE ${number(one.mase, 3)}`}`,
    legend([["actual", "actual"], ["earlier", "forecast and 95 % interval, each issued before its first step"], ["event", "event"]]), node,
    note(`${cut}${one.events.length} ${one.events.length === 1 ? "event" : "events"}. Drag to zoom, wheel to zoom, shift and drag to move, double click for all.`));
}

function seriesTable() {
  const columns = [["mase", "MASE"], ["mase_seasonal_naive", "seasonal naive"], ["mase_naive", "naive"], ["mase_autoregression", "autoregression"], ["smape", "sMAPE, %"], ["wql", "quantile loss"]];
  const rows = data.table.map((one) => row([one.series, ...columns.map(([key]) => number(one.metrics[key])),
    percent(one.metrics.coverage_80 ?? null), percent(one.metrics.coverage_95 ?? null)]));
  const more = data.series > data.table.length ? ` The ${whole(data.table.length)} worst of ${whole(data.series)}; all are in summary.json.` : "";
  return panel("Series, worst first", table(["series", ...columns.map(([, name]) => name), "80 % holds", "95 % holds"], rows, "scroll tall"), note(`MASE unless named.${more}`));
}

function rounds() {
  const published = data.rounds.filter((round) => round[1]).length;
  const rows = data.rounds.map(([at, isPublished, reason]) => row([at, isPublished ? "published" : "rejected", el("td", { class: "text" }, reason)]));
  return panel("Rounds of training",
    note(data.rounds.length === 0 ? "None: the weights stayed as they were." : `${whole(data.rounds.length)} rounds, ${whole(published)} published; the last version is ${data.version}.`),
    ...(rows.length === 0 ? [] : [table(["event time", "outcome", "why"], rows, "scroll tall")]));
}

function options() {
  const rows = data.options.map(([key, value, unit, sentence]) => row([key, `${value}${unit && /^[\d.E-]+$/.test(value) ? ` ${unit}` : ""}`, el("td", { class: "text" }, sentence)]));
  return panel("How to repeat it", el("pre", {}, data.command),
    note("The same input and options give the same files, bit for bit, on the same machine."), table(["option", "value", "what it does"], rows, "scroll tall"));
}

const waiting = [];
const later = (act) => waiting.push(act);

page.append(
  el("h1", {}, "Report of a backtest"), el("p", { class: "lead" }, headline()), figures(), accuracy(), labelled() ?? "", horizons(), reliability(),
  ...data.drawn.map(drawn), seriesTable(), rounds(), options(),
  el("footer", {}, "MASE: mean absolute error over that of the one-step seasonal naive forecast. sMAPE: 0 to 200. Weighted quantile loss: twice the pinball loss over the sum of absolute values. Every score and forecast uses only what came before it."),
);
waiting.forEach((act) => act());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => charts.forEach((chart) => chart.plot.redraw()));
