// Draws what the queries of a dashboard gave, panel by panel, where the dashboard has it. Not Grafana: its data.
const COLOURS = ['#7eb26d', '#eab839', '#6ed0e0', '#ef843c', '#e24d42', '#1f78c1', '#ba43a9', '#705da0', '#508642', '#cca300'];
const NAMES = { green: '#73bf69', red: '#f2495c', orange: '#ff9830', yellow: '#fade2a', blue: '#5794f2', purple: '#b877d9', gray: '#8e8e8e' };
const UNIT = 1392 / 24;
const ROW = 36;

const element = (parent, tag, style, text) => {
  const made = document.createElement(tag);
  Object.assign(made.style, style);
  if (text !== undefined) made.textContent = text;
  parent.append(made);
  return made;
};

const colour = (name) => {
  const plain = String(name).replace(/^(dark|light|semi-dark|super-light)-/, '');
  return plain.startsWith('#') ? plain : NAMES[plain] ?? (plain === 'transparent' ? '#444' : plain === 'text' ? '#ccc' : '#8e8e8e');
};

function shown(value, unit) {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'string') return value;
  if (unit === 'percentunit') return (value * 100).toFixed(1) + ' %';
  if (unit === 's') return value >= 86400 ? (value / 86400).toFixed(1) + ' d' : value >= 3600 ? (value / 3600).toFixed(1) + ' h' : value.toFixed(0) + ' s';
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en');
  return String(+value.toPrecision(4));
}

/** The results of a panel as series: long results (time, metric, value) become one series for each metric. */
function series(results) {
  const tables = [];
  const names = [];
  for (const { columns, rows } of results) {
    const metric = columns.indexOf('metric');
    if (metric < 0) {
      tables.push([rows.map((row) => row[0]), ...columns.slice(1).map((_, i) => rows.map((row) => row[i + 1]))]);
      names.push(...columns.slice(1));
    } else {
      const value = columns.findIndex((_, i) => i > 0 && i !== metric);
      for (const name of new Set(rows.map((row) => row[metric]))) {
        const own = rows.filter((row) => row[metric] === name);
        tables.push([own.map((row) => row[0]), own.map((row) => row[value])]);
        names.push(name);
      }
    }
  }
  return { names, data: uPlot.join(tables.filter((table) => table[0].length > 0)), empty: tables.every((table) => table[0].length === 0) };
}

function timeseries(body, panel, height) {
  const { names, data, empty } = series(panel.results);
  if (empty) return;
  const unit = panel.unit;
  const lines = names.map((name, i) => ({
    label: name,
    stroke: COLOURS[i % COLOURS.length],
    width: /lower|upper/.test(name) ? 0.5 : 1.5,
    spanGaps: true,
    points: { show: data[0].length < 40, size: 4 },
  }));
  const bands = names.flatMap((name, i) => {
    const lower = names.indexOf(name.replace('upper', 'lower'));
    return /upper/.test(name) && lower >= 0 ? [{ series: [i + 1, lower + 1], fill: 'rgba(110,160,224,0.18)' }] : [];
  });
  const axis = { stroke: '#aaa', grid: { stroke: '#2c2f36' }, ticks: { stroke: '#2c2f36' } };
  new uPlot(
    {
      width: body.clientWidth,
      height: height - 18,
      legend: { show: false },
      cursor: { show: false },
      series: [{}, ...lines],
      bands,
      axes: [axis, { ...axis, size: 64, values: (_, ticks) => ticks.map((tick) => shown(tick, unit)) }],
    },
    data,
    body,
  );
  const legend = element(body, 'div', { fontSize: '11px', overflow: 'hidden', whiteSpace: 'nowrap' });
  names.forEach((name, i) => element(legend, 'span', { color: COLOURS[i % COLOURS.length], marginRight: '12px' }, '— ' + name));
}

function table(body, panel) {
  const made = element(body, 'table', { width: '100%', fontSize: '12px', borderCollapse: 'collapse', textAlign: 'left' });
  const { columns, rows } = panel.results[0];
  const head = element(made, 'tr', { color: '#6e9fff' });
  columns.forEach((name) => element(head, 'th', { padding: '2px 8px' }, name));
  for (const row of rows.slice(0, 12)) {
    const line = element(made, 'tr', { borderTop: '1px solid #2c2f36' });
    row.forEach((value, i) => {
      const time = panel.times[0].includes(columns[i]);
      element(line, 'td', { padding: '2px 8px' }, time && value ? new Date(value * 1000).toISOString().slice(0, 16).replace('T', ' ') : shown(value, panel.units[columns[i]] ?? panel.unit));
    });
  }
}

function stat(body, panel, height) {
  const { columns, rows } = panel.results[0];
  const line = element(body, 'div', { display: 'flex', justifyContent: 'space-around', alignItems: 'center', height: height + 'px' });
  columns.forEach((name, i) => {
    const one = element(line, 'div', { textAlign: 'center' });
    if (columns.length > 1) element(one, 'div', { fontSize: '12px', color: '#aaa' }, name);
    element(one, 'div', { fontSize: '26px', color: NAMES.green }, shown(rows[0]?.[i], panel.units[name] ?? panel.unit));
  });
}

function bars(body, panel, height) {
  const { columns, rows } = panel.results[0];
  const label = columns.findIndex((_, i) => typeof rows[0]?.[i] === 'string');
  const flat = label < 0 ? columns.map((name, i) => [name, rows[0]?.[i]]) : rows.flatMap((row) => columns.flatMap((name, i) => (i === label ? [] : [[columns.length > 2 ? row[label] + ' ' + name : row[label], row[i]]])));
  const most = Math.max(...flat.map((bar) => Number(bar[1]) || 0), 1e-9);
  const step = Math.min(24, height / flat.length);
  flat.forEach(([name, value], i) => {
    const line = element(body, 'div', { display: 'flex', height: step + 'px', fontSize: Math.min(12, step - 2) + 'px', alignItems: 'center' });
    element(line, 'div', { width: '32%', overflow: 'hidden', whiteSpace: 'nowrap' }, name);
    element(line, 'div', { width: (55 * (Number(value) || 0)) / most + '%', height: step - 4 + 'px', background: COLOURS[label < 0 ? i % 10 : (i % Math.max(1, columns.length - 1)) % 10] });
    element(line, 'div', { marginLeft: '6px' }, shown(value, panel.unit));
  });
}

function timeline(body, panel, height) {
  const { names, data, empty } = series(panel.results);
  if (empty) return;
  const [from, to] = [data[0][0], data[0][data[0].length - 1]];
  const step = Math.min(24, height / names.length);
  names.forEach((name, i) => {
    const line = element(body, 'div', { position: 'relative', height: step - 3 + 'px', marginBottom: '3px', fontSize: '11px' });
    element(line, 'div', { position: 'absolute', width: '9%', overflow: 'hidden' }, name);
    const there = data[0].map((time, k) => [time, data[i + 1][k]]).filter((point) => point[1] !== null && point[1] !== undefined);
    there.forEach(([time, value], k) => {
      const end = there[k + 1]?.[0] ?? to;
      const kind = panel.mappings[String(value)];
      element(line, 'div', { position: 'absolute', height: '100%', left: 10 + (90 * (time - from)) / (to - from || 1) + '%', width: (90 * (end - time)) / (to - from || 1) + 0.05 + '%', background: colour(kind?.color ?? 'gray') });
    });
  });
  const legend = element(body, 'div', { fontSize: '11px' });
  Object.values(panel.mappings).forEach((kind) => element(legend, 'span', { color: colour(kind.color), marginRight: '12px' }, '■ ' + kind.text));
}

const DRAW = { timeseries, table, stat, bargauge: bars, barchart: bars, 'state-timeline': timeline };

function draw(dashboard) {
  Object.assign(document.body.style, { background: '#111217', color: '#d8d9da', font: '13px DejaVu Sans, sans-serif', margin: '12px', position: 'relative' });
  const bottom = Math.max(...dashboard.panels.map((panel) => panel.gridPos.y + panel.gridPos.h));
  element(document.body, 'div', { fontSize: '18px', height: '34px' }, dashboard.title);
  for (const panel of dashboard.panels) {
    const { x, y, w, h } = panel.gridPos;
    const frame = element(document.body, 'section', {
      position: 'absolute', left: x * UNIT + 'px', top: 34 + y * ROW + 'px', width: w * UNIT - 22 + 'px', height: h * ROW - 20 + 'px',
      background: '#181b1f', border: '1px solid #2c2f36', padding: '4px 6px', overflow: 'hidden',
    });
    frame.dataset.panel = panel.title;
    element(frame, 'div', { fontSize: '13px', height: '20px' }, panel.title);
    DRAW[panel.type](element(frame, 'div', {}), panel, h * ROW - 46);
  }
  document.body.style.height = 60 + bottom * ROW + 'px';
  document.body.dataset.height = 90 + bottom * ROW;
}

draw(window.DASHBOARD);
