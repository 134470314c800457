// Lines: one plot for each unit, with a legend of the values at the cursor.

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
  if (shown.nearest) nothingHere(shown.nearest);
  else for (const sensors of units.values()) plots.push(plotOf(sensors));
  summary();
}

function redraw() {
  for (const plot of plots) {
    plot.chart.redraw(false, false);
    plot.marks.replaceChildren(...marksOf(plot.sensors));
  }
}

/** What stands instead of plots that would be empty, and where to go on. */
function nothingHere(nearest) {
  const note = element("div", "empty");
  note.append(element("p", "", "Nothing of these sensors is here of this span."));
  const why = element("p");
  why.id = "why-nothing";
  const ways = element("p", "ways");
  const width = view.until - view.from;
  const way = (text, from, until) => {
    const button = element("button", "small", text);
    button.type = "button";
    button.addEventListener("click", () => spanTo(from, until));
    ways.append(button);
  };
  if (nearest.before) {
    const at = Date.parse(nearest.before) / 1000 + 60;
    way(`To the last ones before it, up to ${words(at - 60)}`, at - width, at);
  }
  if (nearest.after) {
    const at = Date.parse(nearest.after) / 1000 - 60;
    way(`To the first ones after it, from ${words(at + 60)}`, at, at + width);
  }
  if (ways.children.length === 0) ways.textContent = "None of them has ever measured in this house.";
  note.append(why, ways);
  root.append(note);
}

function labelOf(sensor) {
  for (const box of boxes()) if (box.value === sensor.sensor) return plain(box.dataset.label);
  return plain(`${sensor.name} · node ${sensor.node}`);
}

// A name may turn the direction of what follows it, which isn't a name any more.
function plain(text) {
  return text.replace(/[\u202a-\u202e\u2066-\u2069]/g, "");
}

function summary() {
  const readings = shown.sensors.reduce((sum, each) => sum + each.readings, 0);
  const thinned = shown.sensors.some((each) => each.thinned);
  const one = (view.until - view.from) / Math.max(1, ...shown.sensors.map((s) => s.x.length));
  document.getElementById("seen").textContent =
    `${spanWords(view.from, view.until)} · ` +
    (readings === 0 ? "" : `${count.format(readings)} readings, `) +
    (readings === 0
      ? "no reading here"
      : thinned
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
  const marks = element("ul", "key marks");
  marks.append(...marksOf(sensors));
  const close = closeRange(sensors);
  const drawn = view.scale === "all" ? null : close;
  figure.append(title, ...(close ? [scaleNote(sensors, drawn)] : []), place, marks, legend.list);
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
      bands.push({series: [sensor.at + 2, sensor.at + 1], fill: stroke + "55"});
    }
  }
  const ink = colour("--pico-muted-color");
  const grid = {stroke: colour("--pico-muted-border-color"), width: 1};
  const plot = {sensors, marks};
  plot.chart = new uPlot(
    {
      width: place.clientWidth,
      height: PLOT_HEIGHT,
      padding: [movesOf(sensors).length > 1 ? NUMBERS_HEIGHT : null, null, null, null],
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), view.zone),
      legend: {show: false},
      series,
      bands,
      scales: {
        x: {range: () => [view.from, view.until]},
        y: {range: range(lanesOf(sensors).length, drawn)},
      },
      axes: [
        {stroke: ink, grid, ticks: grid, values: TIMES, font: "12px system-ui, sans-serif"},
        {stroke: ink, grid, ticks: grid, size: AXIS_WIDTH, incrs: STEPS, values: figures, font: "12px system-ui, sans-serif"},
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

/** What stands at the values' axis: a corrupted reading may be a number of 39 digits. */
function figures(u, splits) {
  const plainly = splits.every((each) => Math.abs(each) < 1e7);
  return splits.map((each) =>
    plainly || each === 0
      ? Number(each.toPrecision(9)).toLocaleString("en-GB", {maximumFractionDigits: 9})
      : each.toExponential(1).replace(".0e", "e").replace("e+", "e"));
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
      const values = sensors.map((sensor) => valueAt(u, sensor, at));
      const numbers = aligned(values.map((value) => value.number));
      sensors.forEach((sensor, i) => {
        const gap = gaps.find((each) => isSilent(sensor, each));
        cells[i].textContent = gap
          ? `${wordsOf(gap.cause)}: ${count.format(gap.rows)} readings`
          : numbers[i] + values[i].rest;
      });
    },
  };
}

/** What a sensor has at a moment, or its last reading of the span: the number, and what follows. */
function valueAt(u, sensor, at) {
  const digits = (number) => Number(number.toPrecision(6)).toString();
  const unit = " " + sensor.sign;
  if (at === null) {
    return sensor.last === null ? {number: "–", rest: ""} : {number: digits(sensor.last), rest: unit};
  }
  const index = nearest(u, sensor.at, u.cursor.idx);
  const value = u.data[sensor.at]?.[index];
  if (value == null) return {number: "–", rest: ""};
  const least = sensor.thinned ? u.data[sensor.at + 1][index] : value;
  const most = sensor.thinned ? u.data[sensor.at + 2][index] : value;
  if (least !== most) {
    return {number: "", rest: `mean ${digits(value)}, ${digits(least)} to ${digits(most)}${unit}`};
  }
  const correction = sensor.corrections.find((each) =>
    Math.abs(Date.parse(each.time) / 1000 - u.data[0][index]) < 0.001);
  const was = correction ? `, was ${correction.before ?? "nothing"}` : "";
  return {number: digits(value), rest: unit + was};
}

/** Numbers filled up with blanks as wide as digits and points, so that points are below each other. */
function aligned(numbers) {
  const places = (text) => (/^-?\d+\.\d+$/.test(text) ? text.length - text.indexOf(".") - 1 : 0);
  const most = Math.max(0, ...numbers.map(places));
  return numbers.map((text) => {
    if (!/\d$/.test(text)) return text;
    const its = places(text);
    return text + (its === 0 && most > 0 ? "\u2008" : "") + "\u2007".repeat(most - its);
  });
}
