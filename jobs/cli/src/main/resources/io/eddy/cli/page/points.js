// The points of one series and its forecasts, as the columns of a chart. Bounded: the oldest points go when there are too many.

const Y = 2, YHAT = 3, LOWER = 4, UPPER = 5, LOW95 = 6, LOW80 = 7, HIGH80 = 8, HIGH95 = 9, SCORE = 10, P = 11;
const LEVELS = 5;

export class SeriesData {
  constructor() {
    this.points = []; // [time, status, ...columns], by time
    this.events = [];
    this.switches = [];
    this.forecast = null;
    this.earlier = null;
    this.newest = 0;
    this.step = 0;
    this.rows = [];
  }

  merge(news) {
    if (news.full) {
      this.points = [];
    }
    for (const point of news.points) {
      this.#put(point);
    }
    if (this.points.length > news.limit) {
      this.points.splice(0, this.points.length - news.limit);
    }
    this.forecast = news.forecast;
    this.earlier = news.earlier !== null && news.earlier.issuedAt !== news.forecast?.issuedAt ? news.earlier : null;
    this.switches = news.switches;
    this.newest = news.newest;
    this.step = news.forecast?.step ?? 0;
  }

  #put(point) {
    let i = this.points.length;
    while (i > 0 && this.points[i - 1][0] >= point[0]) {
      i--;
    }
    const same = i < this.points.length && this.points[i][0] === point[0];
    this.points.splice(i, same ? 1 : 0, point);
  }

  /** Columns: x, low95, high95, low80, high80, earlier low, earlier high, expected, ahead, earlier, actual, odd, held back; and x, score, odd. */
  columns() {
    const rows = new Map();
    const row = (t) => {
      if (!rows.has(t)) {
        rows.set(t, { time: t });
      }
      return rows.get(t);
    };
    for (const p of this.points) {
      Object.assign(row(p[0]), {
        status: p[1], y: p[Y], expected: p[YHAT], lower: p[LOWER], upper: p[UPPER], low95: p[LOW95], low80: p[LOW80],
        high80: p[HIGH80], high95: p[HIGH95], score: p[1] === null ? null : p[SCORE], p: p[P], odd: p[1] === "ANOMALY", held: p[1] === "SUPPRESSED",
      });
    }
    each(this.forecast, (t, h, q) => {
      // A forecast that has been overtaken by its scores tells nothing new.
      if (t > this.newest) {
        Object.assign(row(t), { low95: q[0], low80: q[1], median: q[2], high80: q[3], high95: q[4], expected: null, ahead: h, shown: q[2] });
      }
    });
    if (this.forecast && rows.has(this.forecast.issuedAt) && this.forecast.issuedAt === this.newest) {
      row(this.newest).median = row(this.newest).expected;
    }
    each(this.earlier, (t, h, q) => Object.assign(row(t), { earlierLow: q[0], earlier: q[2], earlierHigh: q[4] }));
    this.rows = [...rows.values()].sort((a, b) => a.time - b.time);
    const column = (name) => this.rows.map((r) => r[name] ?? null);
    const x = this.rows.map((r) => r.time / 1000);
    const odd = (name) => this.rows.map((r) => (r.odd ? r[name] : null));
    const held = this.rows.map((r) => (r.held ? r.y : null));
    return {
      main: [x, ...["low95", "high95", "low80", "high80", "earlierLow", "earlierHigh", "expected", "median", "earlier", "y"].map(column), odd("y"), held],
      score: [x, column("score"), odd("score")],
    };
  }

  /** The times, in seconds, from some steps before now to the end of the forecast. */
  window(stepsBefore) {
    const end = this.rows[this.rows.length - 1].time;
    const step = this.step || (end - this.rows[0].time) / Math.max(1, this.rows.length - 1);
    const from = Math.max(this.rows[0].time, this.newest - stepsBefore * step);
    return { min: from / 1000, max: Math.max(end, from + step) / 1000 };
  }

  /** All values of one row; of the newest scored one without an index. */
  at(index) {
    const row = this.rows[index ?? -1] ?? this.rows.find((r) => r.time === this.newest);
    return row && { ...row, expected: row.expected ?? row.shown };
  }
}

function each(forecast, take) {
  for (let h = 1; forecast && h <= forecast.quantiles.length / LEVELS; h++) {
    take(forecast.issuedAt + h * forecast.step, h, forecast.quantiles.slice((h - 1) * LEVELS, h * LEVELS));
  }
}
