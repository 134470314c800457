// Plots of a house's sensors. What is seen stands in the page's address (sensors, span, zone), so
// that a copied or reloaded address shows the same. Lines come first, causes of gaps when they are
// found. Drawing is uPlot's; what is drawn into it (gaps, moves, edits, doubled hours) is here.
/* global uPlot */

const root = document.getElementById("plots");
const form = document.getElementById("view");
const base = root.dataset.base;
const DAY = 86_400;
const MAX_MONTHS = 15;
const PLOT_HEIGHT = 260;
const AXIS_WIDTH = 58;

// ---- what is seen -------------------------------------------------------------------------

const asked = new URLSearchParams(location.search);
const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
const view = {
  sensors: root.dataset.sensors.split(" ").filter((each) => each !== ""),
  from: Date.parse(root.dataset.from) / 1000,
  until: Date.parse(root.dataset.until) / 1000,
  zone: asked.get("zone") || browserZone,
};
const home = history.state?.home ?? {from: view.from, until: view.until};

function iso(seconds) {
  return new Date(Math.round(seconds * 1000)).toISOString().replace(".000Z", "Z");
}

function query() {
  const parts = view.sensors.map((each) => ["sensor", each]);
  if (parts.length === 0) parts.push(["sensor", ""]);
  parts.push(["from", iso(view.from)], ["to", iso(view.until)], ["zone", view.zone]);
  return new URLSearchParams(parts).toString().replaceAll("%3A", ":").replaceAll("%2F", "/");
}

/** Shows another span or other sensors, and says so in the address and wherever it is repeated. */
function show(change) {
  Object.assign(view, change);
  history.replaceState({home}, "", "?" + query());
  repeat();
  load();
}

function repeat() {
  document.getElementById("csv").href = base + "/readings.csv?" + query();
  document.getElementById("count").href = base + "?" + query() + "&count=yes#completeness";
  form.elements.from.value = local(view.from);
  form.elements.to.value = local(view.until);
  form.elements.zone.value = view.zone;
  for (const box of boxes()) box.checked = view.sensors.includes(box.value);
}

function boxes() {
  return document.querySelectorAll("input[name=sensor]");
}

function spanTo(from, until) {
  const width = Math.max(1, until - from);
  show({from, until: from + width});
}

function zoom(factor) {
  const middle = (view.from + view.until) / 2;
  const half = ((view.until - view.from) * factor) / 2;
  spanTo(middle - half, middle + half);
}

function pan(part) {
  const by = (view.until - view.from) * part;
  spanTo(view.from + by, view.until + by);
}

function reset() {
  spanTo(home.from, home.until);
}

// ---- times of a zone ----------------------------------------------------------------------

const formats = new Map();

function format(options) {
  const key = view.zone + JSON.stringify(options);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat("en-GB", {...options, timeZone: view.zone}));
  }
  return formats.get(key);
}

function words(seconds) {
  const second = view.until - view.from < 2 * 3600 ? "2-digit" : undefined;
  return format({
    weekday: "short", day: "numeric", month: "short", year: "numeric",
    hour: "2-digit", minute: "2-digit", second, timeZoneName: "short",
  }).format(seconds * 1000);
}

function parts(seconds) {
  const found = {};
  for (const part of format({
    year: "numeric", month: "2-digit", day: "2-digit",
    hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
  }).formatToParts(seconds * 1000)) {
    found[part.type] = part.value;
  }
  return found;
}

/** As a field for a local time has it. */
function local(seconds) {
  const at = parts(seconds);
  return `${at.year.padStart(4, "0")}-${at.month}-${at.day}T${at.hour}:${at.minute}`;
}

/** The moment of a local time; of the two in the doubled hour the first. */
function moment(text) {
  const naive = Date.parse(text + "Z") / 1000;
  if (!Number.isFinite(naive)) return NaN;
  const offset = (at) => Date.parse(local(at) + "Z") / 1000 - Math.floor(at / 60) * 60;
  const guess = naive - offset(naive - DAY / 2);
  return local(guess) === text.slice(0, 16) ? guess : naive - offset(guess);
}

function length(seconds) {
  if (seconds < 90) return Math.round(seconds) + " s";
  if (seconds < 90 * 60) return Math.round(seconds / 60) + " min";
  if (seconds < 36 * 3600) return Math.round(seconds / 360) / 10 + " h";
  return Math.round(seconds / 8640) / 10 + " days";
}

const count = new Intl.NumberFormat("en-GB");

// ---- colours and patterns, which the style sheet decides ------------------------------------

function colour(name) {
  return getComputedStyle(root).getPropertyValue(name).trim();
}

function lineColour(index) {
  return colour("--line-" + ((index % 6) + 1));
}

/** How each cause is drawn: its colour, and what is repeated every eight pixels. */
const CAUSES = {
  WAITING: ["--waiting", (p) => p.diagonal()],
  NOT_HEARD: ["--waiting", (p) => p.dots()],
  GATEWAY_OFF: ["--none", (p) => p.grid()],
  RADIO_LOSS: ["--lost", (p) => p.dots()],
  SENSOR_SILENT: ["--lost", (p) => p.level()],
  SET_ASIDE: ["--apart", (p) => p.upright()],
  CLOCK_UNTRUSTED: ["--apart", (p) => p.dots()],
  DELETED: ["--lost", (p) => p.crosses()],
  UNLOCATED: ["--present", (p) => p.upright()],
  UNKNOWN: ["--none", () => {}],
};

const patterns = new Map();

function tile(cause) {
  const [name, draw] = CAUSES[cause] ?? CAUSES.UNKNOWN;
  const ratio = devicePixelRatio || 1;
  const size = Math.round(8 * ratio);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const ink = canvas.getContext("2d");
  ink.fillStyle = ink.strokeStyle = colour(name);
  ink.globalAlpha = 0.16;
  ink.fillRect(0, 0, size, size);
  ink.globalAlpha = 0.75;
  ink.lineWidth = ratio * 1.2;
  const stroke = (...lines) => {
    ink.beginPath();
    for (const [x, y, toX, toY] of lines) {
      ink.moveTo(x * ratio, y * ratio);
      ink.lineTo(toX * ratio, toY * ratio);
    }
    ink.stroke();
  };
  draw({
    diagonal: () => stroke([-2, 6, 6, -2], [-2, 10, 10, -2], [2, 10, 10, 2]),
    grid: () => stroke([4, 0, 4, 8], [0, 4, 8, 4]),
    level: () => stroke([0, 4, 8, 4]),
    upright: () => stroke([4, 0, 4, 8]),
    crosses: () => stroke([2, 2, 6, 6], [6, 2, 2, 6]),
    dots: () => {
      ink.beginPath();
      ink.arc(4 * ratio, 4 * ratio, 1.5 * ratio, 0, 7);
      ink.fill();
    },
  });
  return canvas;
}

function pattern(cause, ctx) {
  if (!patterns.has(cause)) patterns.set(cause, ctx.createPattern(tile(cause), "repeat"));
  return patterns.get(cause);
}

// ---- asking central -------------------------------------------------------------------------

let running = null;
let shown = null; // the answer that is drawn
let plots = [];

async function answer(path, signal) {
  const response = await fetch(base + path, {signal, headers: {Accept: "application/json"}});
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Error(problem.detail ?? "Central answered " + response.status);
  }
  return response.json();
}

async function load() {
  running?.abort();
  running = new AbortController();
  const {signal} = running;
  root.setAttribute("aria-busy", "true");
  tell("");
  gapsSeen = null;
  try {
    if (view.sensors.length === 0) {
      clear();
      root.append(element("p", "empty", "Choose sensors in the list below to see them here."));
    } else {
      const points = Math.max(400, Math.round(root.clientWidth * 2));
      shown = await answer(`/plot.json?${query()}&points=${points}`, signal);
      draw();
    }
    root.setAttribute("aria-busy", "false");
    performance.mark("lines drawn");
    if (view.sensors.length > 0) await loadGaps(signal);
  } catch (failure) {
    if (failure.name === "AbortError") return;
    root.setAttribute("aria-busy", "false");
    tell(failure.message);
  }
}

function tell(trouble) {
  const place = document.getElementById("plot-trouble");
  place.textContent = trouble;
  place.hidden = trouble === "";
}

// ---- gaps, month by month: each is read once, and remembered while the page is open ----------

const months = new Map();
let causeWords = {};

function wordsOf(cause) {
  const words = causeWords[cause] ?? cause;
  return cause === "WAITING" ? words + ", still on the gateway" : words;
}

function monthsInView() {
  const found = [];
  const until = Math.min(view.until, Date.now() / 1000 + DAY);
  const day = new Date(view.from * 1000);
  let year = day.getUTCFullYear();
  let month = day.getUTCMonth();
  while (Date.UTC(year, month) / 1000 < until) {
    found.push([Date.UTC(year, month) / 1000, Date.UTC(year, month + 1) / 1000]);
    month++;
    if (month === 12) {
      month = 0;
      year++;
    }
  }
  return found;
}

async function loadGaps(signal) {
  const wanted = monthsInView();
  const note = document.getElementById("gap-words");
  if (wanted.length > MAX_MONTHS) {
    note.textContent = "Causes of gaps are shown for a year at most; zoom in to see them.";
    listGaps();
    return;
  }
  for (const [from, until] of wanted.reverse()) {
    const key = iso(from);
    if (!months.has(key)) {
      note.textContent = "Looking for causes of gaps …";
      const found = await answer(`/gaps.json?from=${key}&to=${iso(until)}`, signal);
      causeWords = found.causes;
      const isPast = until < Date.now() / 1000 - 2 * DAY;
      const gaps = found.gaps.map((gap) => ({
        ...gap, from: Date.parse(gap.from) / 1000, until: Date.parse(gap.until) / 1000,
      }));
      months.set(key, gaps);
      gapsSeen = null;
      if (!isPast) setTimeout(() => months.delete(key), 60_000);
      redraw();
    }
  }
  note.textContent = "";
  redraw();
  listGaps();
  performance.mark("gaps drawn");
}

let gapsSeen = null; // found once for each view, and anew when a month has come

function gapsInView() {
  gapsSeen ??= findGaps();
  return gapsSeen;
}

/** Gaps of the nodes that are seen; pieces of one that months have cut are one again. */
function findGaps() {
  if (view.sensors.length === 0) return [];
  const nodes = new Set(view.sensors.map((each) => Number(each.split("-")[0])));
  const all = monthsInView()
    .flatMap(([from]) => months.get(iso(from)) ?? [])
    .filter((gap) => nodes.has(gap.node) && gap.until > view.from && gap.from < view.until)
    .sort((a, b) => a.node - b.node || a.from - b.from);
  const joined = [];
  for (const gap of all) {
    const last = joined.at(-1);
    if (last && last.node === gap.node && last.cause === gap.cause && gap.from <= last.until) {
      joined[joined.length - 1] = {...last, until: gap.until, rows: last.rows + gap.rows};
    } else {
      joined.push(gap);
    }
  }
  return joined;
}

/** Whether that sensor said nothing all the while; others of its node may have. */
function isSilent(sensor, gap) {
  if (sensor.node !== gap.node) return false;
  const margin = sensor.thinned ? (view.until - view.from) / Math.max(1, sensor.x.length) + 1 : 1;
  let low = 0;
  let high = sensor.x.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sensor.x[middle] <= gap.from + margin) low = middle + 1;
    else high = middle;
  }
  for (let i = low; i < sensor.x.length && sensor.x[i] < gap.until - margin; i++) {
    if (sensor.y[i] !== null) return false;
  }
  return true;
}

function listGaps() {
  const gaps = gapsInView();
  const key = document.getElementById("causes");
  key.replaceChildren();
  for (const cause of new Set(gaps.map((gap) => gap.cause))) {
    const item = element("li");
    const image = tile(cause);
    image.className = "tile";
    image.setAttribute("aria-hidden", "true");
    item.append(image, wordsOf(cause));
    key.append(item);
  }
  const list = document.getElementById("gaps");
  list.hidden = gaps.length === 0;
  const rows = list.querySelector("tbody");
  rows.replaceChildren();
  const longest = [...gaps].sort((a, b) => b.until - b.from - (a.until - a.from)).slice(0, 50);
  longest.sort((a, b) => a.from - b.from);
  for (const gap of longest) {
    const row = element("tr");
    const cells = [
      ["From", words(gap.from), "t"], ["For", length(gap.until - gap.from), "n"],
      ["Node", String(gap.node), "n"], ["Readings", count.format(gap.rows), "n"],
      ["Cause", wordsOf(gap.cause), ""], ["How it is told", gap.evidence, ""],
    ];
    for (const [label, text, kind] of cells) {
      const cell = element("td", kind, text);
      cell.dataset.label = label;
      row.append(cell);
    }
    rows.append(row);
  }
  list.querySelector("summary").textContent =
    gaps.length === 1
      ? "1 gap in view"
      : count.format(gaps.length) + " gaps in view" + (gaps.length > 50 ? ", the longest 50" : "");
}

// ---- drawing --------------------------------------------------------------------------------

function element(name, kind, text) {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  if (text !== undefined) made.textContent = text;
  return made;
}

function clear() {
  for (const plot of plots) plot.chart.destroy();
  plots = [];
  shown = null;
  patterns.clear();
  root.replaceChildren();
  listGaps();
}

/** One plot for each unit, in the order in which the sensors were chosen. */
function draw() {
  for (const plot of plots) plot.chart.destroy();
  plots = [];
  patterns.clear();
  root.replaceChildren();
  const units = new Map();
  shown.sensors.forEach((sensor, index) => {
    const key = sensor.unit === "" ? sensor.name : sensor.unit.toLowerCase();
    if (!units.has(key)) units.set(key, []);
    units.get(key).push({...sensor, index});
  });
  for (const sensors of units.values()) plots.push(plotOf(sensors));
  summary();
}

function redraw() {
  for (const plot of plots) plot.chart.redraw(false, false);
}

function labelOf(sensor) {
  for (const box of boxes()) if (box.value === sensor.sensor) return box.dataset.label;
  return `${sensor.name} · node ${sensor.node}`;
}

function summary() {
  const readings = shown.sensors.reduce((sum, each) => sum + each.readings, 0);
  const thinned = shown.sensors.some((each) => each.thinned);
  const one = (view.until - view.from) / Math.max(1, ...shown.sensors.map((s) => s.x.length));
  document.getElementById("seen").textContent =
    `${words(view.from)} to ${words(view.until)} · ${count.format(readings)} readings, ` +
    (thinned
      ? `thinned to stretches of ${length(one)}: the line is their mean, the band goes from the least to the greatest`
      : "every one drawn");
}

/** Columns for uPlot: of each sensor its values, and where it is thinned the band around them. */
function columns(sensors) {
  const tables = sensors.map((each) =>
    each.thinned ? [each.x, each.y, each.min, each.max] : [each.x, each.y]);
  const keep = tables.map((table) => table.map((column, i) => (i === 0 ? 0 : 2)));
  return tables.length === 1 ? tables[0] : uPlot.join(tables, keep);
}

function plotOf(sensors) {
  const figure = element("figure", "plot");
  const unit = sensors[0].sign;
  const names = [...new Set(sensors.map((each) => each.name))].join(", ");
  const title = element("figcaption");
  title.append(element("strong", "", names), unit === "" ? "" : " in " + unit);
  const place = element("div");
  const legend = legendOf(sensors);
  figure.append(title, place, legend.list);
  root.append(figure);

  const series = [{}];
  const bands = [];
  for (const sensor of sensors) {
    const stroke = lineColour(sensor.index);
    const dash = sensor.index >= 6 ? [6, 3] : undefined;
    series.push({stroke, dash, width: 1.6, spanGaps: false, points: {size: 4}});
    sensor.at = series.length - 1;
    if (sensor.thinned) {
      const edge = {stroke: "transparent", width: 0, points: {show: false}};
      series.push(edge, edge);
      bands.push({series: [sensor.at + 2, sensor.at + 1], fill: stroke + "38"});
    }
  }
  const ink = colour("--pico-muted-color");
  const grid = {stroke: colour("--pico-muted-border-color"), width: 1};
  const plot = {sensors};
  plot.chart = new uPlot(
    {
      width: place.clientWidth,
      height: PLOT_HEIGHT,
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), view.zone),
      legend: {show: false},
      series,
      bands,
      scales: {
        x: {range: () => [view.from, view.until]},
        y: {range: range(lanesOf(sensors).length)},
      },
      axes: [
        {stroke: ink, grid, ticks: grid, values: TIMES, font: "12px system-ui, sans-serif"},
        {stroke: ink, grid, ticks: grid, size: AXIS_WIDTH, font: "12px system-ui, sans-serif"},
      ],
      cursor: {
        sync: {key: "house"},
        y: false,
        drag: {x: true, y: false, setScale: false},
        points: {size: 7},
        dataIdx: nearest,
        bind: {dblclick: () => () => reset()},
      },
      hooks: {
        drawClear: [(u) => drawGaps(u, sensors)],
        draw: [(u) => drawMarks(u, sensors)],
        setCursor: [(u) => legend.at(u)],
        setSelect: [select],
      },
    },
    columns(sensors),
    place,
  );
  legend.at(plot.chart);
  return plot;
}

/** Templates of uPlot: step of the ticks, then what is added where a year, month, day … begins. */
const TIMES = [
  [365 * DAY, "{YYYY}", null, null, null, null, null, null, 1],
  [28 * DAY, "{MMM}", "\n{YYYY}", null, null, null, null, null, 1],
  [DAY, "{D} {MMM}", "\n{YYYY}", null, null, null, null, null, 1],
  [60, "{HH}:{mm}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
  [1, "{HH}:{mm}:{ss}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
  [0.001, ":{ss}.{fff}", "\n{D} {MMM} {HH}:{mm}", null, null, null, "\n{HH}:{mm}", null, 1],
];

/** Sensors are not read at the same moments: of each the reading that is next to the cursor. */
function nearest(u, series, index) {
  const values = u.data[series];
  if (values[index] != null) return index;
  const at = u.posToVal(u.cursor.left, "x");
  let left = index;
  let right = index;
  const last = values.length - 1;
  const reach = Math.min(values.length, 4000);
  while (left > 0 && index - left < reach && values[left] == null) left--;
  while (right < last && right - index < reach && values[right] == null) right++;
  if (values[left] == null) return right;
  if (values[right] == null) return left;
  return at - u.data[0][left] < u.data[0][right] - at ? left : right;
}

let selecting = false;

/** A stretch that was drawn with the pointer; plots with a common cursor all tell of it. */
function select(u) {
  const {left, width} = u.select;
  if (width < 3 || selecting) return;
  selecting = true;
  const from = u.posToVal(left, "x");
  const until = u.posToVal(left + width, "x");
  setTimeout(() => {
    selecting = false;
    spanTo(from, until);
  });
}

/** What each sensor has at the cursor, or the last of it. */
function legendOf(sensors) {
  const list = element("ul", "legend");
  const cells = sensors.map((sensor) => {
    const item = element("li");
    const swatch = element("canvas", "swatch");
    swatch.width = swatch.height = 12;
    const ink = swatch.getContext("2d");
    ink.strokeStyle = lineColour(sensor.index);
    ink.lineWidth = 3;
    if (sensor.index >= 6) ink.setLineDash([4, 3]);
    ink.moveTo(0, 6);
    ink.lineTo(12, 6);
    ink.stroke();
    const value = element("output");
    item.append(swatch, element("bdi", "", labelOf(sensor)), value);
    list.append(item);
    return value;
  });
  const time = element("li", "at");
  list.prepend(time);
  return {
    list,
    at(u) {
      const isOver = u.cursor.left >= 0 && u.cursor.idx != null;
      const at = isOver ? u.posToVal(u.cursor.left, "x") : null;
      time.textContent = isOver ? words(at) : "Last values of the span";
      const gaps = isOver ? gapsInView().filter((gap) => gap.from < at && at < gap.until) : [];
      sensors.forEach((sensor, i) => {
        const gap = gaps.find((each) => isSilent(sensor, each));
        cells[i].textContent = gap
          ? `${wordsOf(gap.cause)}: ${count.format(gap.rows)} readings`
          : valueAt(u, sensor, at);
      });
    },
  };
}

function valueAt(u, sensor, at) {
  let index;
  if (at === null) {
    index = u.data[0].length - 1;
    while (index >= 0 && u.data[sensor.at][index] == null) index--;
  } else {
    index = nearest(u, sensor.at, u.cursor.idx);
  }
  const value = u.data[sensor.at]?.[index];
  if (value == null) return "–";
  const digits = (number) => Number(number.toPrecision(6)).toString();
  const correction = sensor.corrections.find((each) =>
    Math.abs(Date.parse(each.time) / 1000 - u.data[0][index]) < 0.001);
  const was = correction ? `, was ${correction.before ?? "nothing"}` : "";
  const isStretch =
    sensor.thinned && u.data[sensor.at + 1][index] !== u.data[sensor.at + 2][index];
  return isStretch
    ? `${digits(value)} (${digits(u.data[sensor.at + 1][index])} to ${digits(u.data[sensor.at + 2][index])}) ${sensor.sign}`
    : `${digits(value)} ${sensor.sign}${was}`;
}

// ---- what is drawn behind and over the lines ---------------------------------------------------

function within(u, paint) {
  u.ctx.save();
  u.ctx.beginPath();
  u.ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
  u.ctx.clip();
  paint(u.ctx, u.bbox, (seconds) => u.valToPos(seconds, "x", true));
  u.ctx.restore();
}

/**
 * Gaps are shaded in full height where all nodes of a plot have them for the same cause; otherwise
 * each node has a lane at the foot of the plot, with the colour of its line.
 */
function drawGaps(u, sensors) {
  within(u, (ctx, box, x) => {
    const ratio = devicePixelRatio || 1;
    const lanes = lanesOf(sensors);
    const shade = (gap, top, height) => {
      const from = Math.max(box.left, x(gap.from));
      const until = Math.min(box.left + box.width, x(gap.until));
      ctx.fillStyle = pattern(gap.cause, ctx);
      ctx.fillRect(from, top, Math.max(1, until - from), height);
    };
    if (lanes.length === 1) {
      for (const gap of gapsOf(lanes[0], lanes)) shade(gap, box.top, box.height);
      return;
    }
    lanes.forEach((lane, i) => {
      const height = LANE * ratio;
      const top = box.top + box.height - (lanes.length - i) * height;
      ctx.fillStyle = lineColour(lane[0].index);
      ctx.fillRect(box.left, top + ratio, 3 * ratio, height - 2 * ratio);
      for (const gap of gapsOf(lane, lanes)) {
        if (!gap.isCommon) shade(gap, top + ratio, height - 2 * ratio);
        else if (i === 0) shade(gap, box.top, box.height);
      }
    });
  });
}

const LANE = 11;

/** The sensors of a plot by their node. */
function lanesOf(sensors) {
  const nodes = new Map();
  for (const sensor of sensors) {
    if (!nodes.has(sensor.node)) nodes.set(sensor.node, []);
    nodes.get(sensor.node).push(sensor);
  }
  return [...nodes.values()];
}

function gapsOf(lane, lanes) {
  const all = gapsInView();
  return all
    .filter((gap) => lane.some((sensor) => isSilent(sensor, gap)))
    .map((gap) => ({...gap, isCommon: lanes.every((other) => hasIt(all, other[0].node, gap))}));
}

/** Whether a node has that gap as well, save for a tenth of it. */
function hasIt(all, node, gap) {
  return all.some((its) =>
    its.node === node && its.cause === gap.cause &&
    Math.min(its.until, gap.until) - Math.max(its.from, gap.from) > 0.9 * (gap.until - gap.from));
}

/** The range of values, with room for the lanes below it. */
function range(lanes) {
  return (u, least, greatest) => {
    if (least === null) return [null, null];
    const [low, high] = uPlot.rangeNum(least, greatest, 0.1, true);
    const part = lanes > 1 ? (lanes * LANE) / (PLOT_HEIGHT - 60) : 0;
    return [low - ((high - low) * part) / (1 - part), high];
  };
}

function drawMarks(u, sensors) {
  within(u, (ctx, box, x) => {
    const ratio = devicePixelRatio || 1;
    ctx.font = `${11 * ratio}px system-ui, sans-serif`;
    ctx.textAlign = "left";
    ctx.textBaseline = "alphabetic";
    drawTransitions(ctx, box, x, ratio);
    const nodes = new Set(sensors.map((each) => each.node));
    shown.moves.filter((move) => nodes.has(move.node)).forEach((move, i) => {
      const at = x(Date.parse(move.time) / 1000);
      const text = `node ${move.node}: ${move.from} → ${move.to}`;
      ctx.strokeStyle = ctx.fillStyle = colour("--pico-color");
      ctx.lineWidth = ratio;
      ctx.setLineDash([5 * ratio, 4 * ratio]);
      ctx.beginPath();
      ctx.moveTo(at, box.top);
      ctx.lineTo(at, box.top + box.height);
      ctx.stroke();
      ctx.setLineDash([]);
      label(ctx, box, text, at, box.top + (13 + (i % 4) * 15) * ratio, ratio);
    });
    for (const sensor of sensors) {
      ctx.strokeStyle = lineColour(sensor.index);
      ctx.lineWidth = 1.6 * ratio;
      for (const edit of sensor.corrections) {
        const at = x(Date.parse(edit.time) / 1000);
        const y = u.valToPos(edit.before ?? 0, "y", true);
        const inside = Math.min(box.top + box.height - 6 * ratio, Math.max(box.top + 6 * ratio, y));
        mark(ctx, edit.kind, at, inside, 4.5 * ratio);
      }
    }
  });
}

/** An edited reading: a diamond where it was before; a deleted one: a cross. */
function mark(ctx, kind, x, y, size) {
  ctx.beginPath();
  if (kind === "DELETED") {
    ctx.moveTo(x - size, y - size);
    ctx.lineTo(x + size, y + size);
    ctx.moveTo(x + size, y - size);
    ctx.lineTo(x - size, y + size);
  } else {
    ctx.moveTo(x, y - size);
    ctx.lineTo(x + size, y);
    ctx.lineTo(x, y + size);
    ctx.lineTo(x - size, y);
    ctx.closePath();
  }
  ctx.stroke();
}

function label(ctx, box, text, x, y, ratio) {
  const width = ctx.measureText(text).width;
  const left = x + 5 * ratio + width < box.left + box.width ? x + 5 * ratio : x - 5 * ratio - width;
  ctx.save();
  ctx.fillStyle = colour("--panel");
  ctx.globalAlpha = 0.85;
  ctx.fillRect(left - 2 * ratio, y - 10 * ratio, width + 4 * ratio, 14 * ratio);
  ctx.restore();
  ctx.fillText(text, left, y);
}

/** The hour that comes twice when clocks go back, and the moment when one is left out. */
function drawTransitions(ctx, box, x, ratio) {
  for (const change of shown.transitions) {
    const at = Date.parse(change.time) / 1000;
    const twice = change.seconds < 0;
    const size = Math.abs(change.seconds);
    const from = x(twice ? at - size : at);
    const until = x(twice ? at + size : at);
    const bottom = box.top + box.height;
    ctx.fillStyle = colour("--verified");
    ctx.fillRect(from - ratio, bottom - 5 * ratio, Math.max(3 * ratio, until - from), 5 * ratio);
    if (twice) ctx.fillRect(x(at) - ratio, bottom - 11 * ratio, 2 * ratio, 11 * ratio);
    if (view.until - view.from < 10 * DAY && until > box.left && from < box.left + box.width) {
      const hour = (seconds) => format({hour: "2-digit", minute: "2-digit"}).format(seconds * 1000);
      const text = twice
        ? `${hour(at)}–${hour(at + size)} comes twice`
        : `clocks go from ${hour(at - 60)} to ${hour(at)}`;
      ctx.fillStyle = colour("--pico-color");
      label(ctx, box, text, until, bottom - 9 * ratio, ratio);
    }
  }
}

// ---- what people do ----------------------------------------------------------------------------

form.addEventListener("submit", (event) => {
  event.preventDefault();
  readForm();
});
for (const name of ["from", "to", "zone"]) form.elements[name].addEventListener("change", readForm);

function readForm() {
  const zone = form.elements.zone.value.trim() || "UTC";
  try {
    Intl.DateTimeFormat("en-GB", {timeZone: zone});
  } catch {
    tell(`There is no time zone ${zone}; say one such as Europe/London`);
    return;
  }
  if (zone !== view.zone) {
    show({zone});
    return;
  }
  const from = moment(form.elements.from.value);
  const until = moment(form.elements.to.value);
  if (!(from < until)) {
    tell("The end should be later than the beginning");
    return;
  }
  // A field shows minutes; one that was not touched keeps its seconds.
  const same = (moment, seconds) => local(seconds) === local(moment);
  show({
    from: same(from, view.from) ? view.from : from,
    until: same(until, view.until) ? view.until : until,
  });
}

document.addEventListener("change", (event) => {
  if (event.target.name !== "sensor") return;
  const boxed = [...boxes()].map((box) => box.value);
  const kept = view.sensors.filter((each) => !boxed.includes(each));
  const chosen = [...boxes()].filter((box) => box.checked).map((box) => box.value);
  const before = view.sensors.filter((each) => chosen.includes(each));
  show({sensors: [...kept, ...before, ...chosen.filter((each) => !before.includes(each))]});
});

const ACTS = {
  earlier: () => pan(-0.5),
  later: () => pan(0.5),
  nearer: () => zoom(0.5),
  farther: () => zoom(2),
  reset,
  day: () => spanTo(view.until - DAY, view.until),
  week: () => spanTo(view.until - 7 * DAY, view.until),
  month: () => spanTo(view.until - 30 * DAY, view.until),
  year: () => spanTo(view.until - 365 * DAY, view.until),
};
const KEYS = {
  ArrowLeft: "earlier", ArrowRight: "later", "+": "nearer", "=": "nearer", "-": "farther",
  0: "reset", Escape: "reset",
};

document.addEventListener("click", (event) => {
  const act = event.target.closest("[data-act]")?.dataset.act;
  if (act) ACTS[act]();
});
root.addEventListener("keydown", (event) => {
  const act = KEYS[event.key];
  if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  ACTS[act]();
});

new ResizeObserver(() => {
  for (const {chart} of plots) {
    const width = chart.root.parentElement.clientWidth;
    if (width > 0 && width !== chart.width) chart.setSize({width, height: PLOT_HEIGHT});
  }
}).observe(root);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  if (shown) {
    draw();
    listGaps();
  }
});

for (const zone of Intl.supportedValuesOf?.("timeZone") ?? []) {
  const option = element("option");
  option.value = zone;
  document.getElementById("zones").append(option);
}
document.getElementById("plot-buttons").hidden = false;
history.replaceState({home}, "", location.href);
repeat();
load();
