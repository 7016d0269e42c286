// What all charts share: colours from the style sheet, axes in UTC, resizing, zoom by dragging, pan with shift, the wheel, keys.
import { number } from "./format.js";
import { el } from "./parts.js";


/** The colour that the style sheet names; read anew when the theme changes. */
export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

export function alpha(hex, opacity) {
  const n = parseInt(hex.slice(1), 16);
  return `rgba(${n >> 16}, ${(n >> 8) & 255}, ${n & 255}, ${opacity})`;
}

export function axis(more = {}) {
  return {
    stroke: () => colour("muted"),
    grid: { stroke: () => colour("grid"), width: 1 },
    ticks: { stroke: () => colour("grid"), width: 1, size: 4 },
    font: "12px system-ui, sans-serif",
    ...more,
  };
}

/** A time axis as the rest of the world writes it. */
export const timeAxis = (more = {}) => axis({
  space: 64,
  values: [
    // least distance in seconds, what is shown, and below it where a year, a month or a day begins
    [31536000, "{YYYY}", null, null, null, null, null, null, 1],
    [2419200, "{MMM}", "\n{YYYY}", null, null, null, null, null, 1],
    [86400, "{D} {MMM}", "\n{YYYY}", null, null, null, null, null, 1],
    [60, "{HH}:{mm}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
    [1, "{HH}:{mm}:{ss}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
    [0.001, ":{ss}.{fff}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
  ],
  ...more,
});

export const utc = (seconds) => uPlot.tzDate(new Date(seconds * 1e3), "Etc/UTC");

/** A chart that fills the width of its element, and zooms and pans with mouse and keys if asked to. */
export class Chart {
  constructor(parent, options, data, { height, onView = null }) {
    this.parent = parent;
    this.height = height;
    this.onView = onView;
    this.plot = new uPlot({ width: Math.max(200, parent.clientWidth), height, tzDate: utc, padding: [10, 22, 0, 0], ...options }, data, parent);
    this.observer = new ResizeObserver(() => {
      const width = Math.max(200, parent.clientWidth);
      if (width !== this.plot.width) {
        this.plot.setSize({ width, height: this.height });
      }
    });
    this.observer.observe(parent);
    if (onView) {
      this.#interact();
    }
  }

  #interact() {
    const over = this.plot.over;
    over.addEventListener("wheel", (event) => {
      event.preventDefault();
      const at = this.plot.posToVal(event.offsetX, "x");
      this.zoom(event.deltaY < 0 ? 0.8 : 1.25, at);
    }, { passive: false });
    let from = null;
    over.addEventListener("mousedown", (event) => {
      if (event.shiftKey) {
        event.stopImmediatePropagation();
        from = { x: event.clientX, min: this.plot.scales.x.min, max: this.plot.scales.x.max };
      }
    }, { capture: true });
    this.move = (event) => {
      if (from) {
        const shift = ((from.x - event.clientX) / over.clientWidth) * (from.max - from.min);
        this.onView(from.min + shift, from.max + shift);
      }
    };
    this.up = () => (from = null);
    addEventListener("mousemove", this.move);
    addEventListener("mouseup", this.up);
  }

  zoom(factor, at = (this.plot.scales.x.min + this.plot.scales.x.max) / 2) {
    const { min, max } = this.plot.scales.x;
    this.onView(at - (at - min) * factor, at + (max - at) * factor);
  }

  pan(share) {
    const { min, max } = this.plot.scales.x;
    const by = share * (max - min);
    this.onView(min + by, max + by);
  }

  close() {
    this.observer.disconnect();
    removeEventListener("mousemove", this.move);
    removeEventListener("mouseup", this.up);
    this.plot.destroy();
  }
}

/** Lines over small whole numbers: horizon steps, epochs, versions. Drawn from the first data on. */
export class Lines {
  /**
   * @param names of the lines' colours in the style sheet; "nominal" is dashed, "rejected" is points alone
   * @param range of the values from the least and the greatest, like uPlot's
   */
  constructor(node, names, { range, unit = "" }) {
    this.node = node;
    this.names = names;
    this.range = range;
    this.unit = unit;
  }

  set(data) {
    if (this.chart) {
      this.chart.plot.setData(data);
      return;
    }
    this.chart = new Chart(this.node, {
      legend: { show: false },
      cursor: { drag: { x: false } },
      scales: { x: { time: false }, y: { range: (u, min, max) => this.range(min ?? 0, max ?? 1) } },
      axes: [
        axis({ incrs: [1, 2, 4, 6, 12, 24, 48, 96, 200, 500, 1000] }),
        axis({ size: 54, values: (u, values) => values.map((v) => (this.unit ? `${v} ${this.unit}` : number(v))) }),
      ],
      series: [{}, ...this.names.map(lineStyle)],
    }, data, { height: 230 });
  }

  /** As before the first data. */
  clear() {
    this.close();
    this.chart = null;
  }

  themed() {
    this.chart?.plot.redraw();
  }

  close() {
    this.chart?.close();
  }
}

function lineStyle(name) {
  if (name === "nominal") {
    return { stroke: () => colour("muted"), dash: [6, 4], width: 1.2, points: { show: false } };
  }
  const points = (size) => ({ show: (u) => u.data[0].length < 40, size, fill: () => colour(name) });
  return name === "rejected"
    ? { stroke: () => colour("anomaly"), width: 0, paths: () => null, points: { show: true, size: 9, fill: () => colour("anomaly") } }
    : { stroke: () => colour(name), width: 2, points: points(5) };
}

/** The names of the lines of a chart. */
export function legend(names) {
  return el("ul", { class: "legend" }, ...names.map(([key, name]) => el("li", {}, el("i", { class: key }), name)));
}

/** Draws a small line of values with the odd ones as dots; a gap stays a gap. */
export function sparkline(canvas, values, odd) {
  const ratio = devicePixelRatio || 1;
  const width = canvas.clientWidth || 140;
  const height = canvas.clientHeight || 34;
  if (canvas.width !== Math.round(width * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const g = canvas.getContext("2d");
  g.setTransform(ratio, 0, 0, ratio, 0, 0);
  g.clearRect(0, 0, width, height);
  const known = values.filter((v) => v !== null);
  if (known.length === 0) {
    return;
  }
  const min = Math.min(...known);
  const span = Math.max(...known) - min || 1;
  const x = (i) => 3 + (i * (width - 6)) / Math.max(1, values.length - 1);
  const y = (v) => height - 4 - ((v - min) / span) * (height - 8);
  g.strokeStyle = colour("actual");
  g.lineWidth = 1.4;
  g.beginPath();
  let open = false;
  values.forEach((v, i) => {
    if (v === null) {
      open = false;
    } else if (open) {
      g.lineTo(x(i), y(v));
    } else {
      g.moveTo(x(i), y(v));
      open = true;
    }
  });
  g.stroke();
  g.fillStyle = colour("anomaly");
  for (const i of odd) {
    if (values[i] !== null && values[i] !== undefined) {
      g.beginPath();
      g.arc(x(i), y(values[i]), 2.6, 0, 7);
      g.fill();
    }
  }
}
