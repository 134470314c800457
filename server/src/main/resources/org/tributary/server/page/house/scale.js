// The range of values. A few that are far off, such as 1e38 of a sensor that broke, would make one
// line of all others: then the range is that of the others, a note says so, and a button shows all.

/** Of 200 values one may be far off. */
const MOST = 0.995;

/** Far off is what lies so many times farther from the middle than all others. */
const FAR = 100;

/** Steps between figures at the axis, for numbers of any size. */
const STEPS = Array.from({length: 330}, (_, i) => [1, 2, 2.5, 5].map((step) => step * 10 ** (i - 20))).flat();

function valuesOf(sensor) {
  const drawn = sensor.thinned ? [sensor.min, sensor.max] : [sensor.y];
  return drawn.flat().filter((value) => value !== null);
}

/** The range of all values but those that are far off; null where none is. */
function closeRange(sensors) {
  const values = Float64Array.from(sensors.flatMap(valuesOf)).sort();
  if (values.length < 3) return null;
  const middle = values[values.length >> 1];
  const distances = values.map((value) => Math.abs(value - middle)).sort();
  const most = distances[Math.min(distances.length - 2, Math.floor(distances.length * MOST))];
  if (most === 0 || !(distances.at(-1) > FAR * most)) return null;
  const close = values.filter((value) => Math.abs(value - middle) <= 10 * most);
  return {least: close[0], greatest: close.at(-1)};
}

/** The range that is drawn, with room for the lanes below it. */
function range(lanes, close) {
  return (u, least, greatest) => {
    if (least === null) return [null, null];
    const [low, high] = close
      ? uPlot.rangeNum(close.least, close.greatest, 0.1, true)
      : uPlot.rangeNum(least, greatest, 0.1, true);
    const part = lanes > 1 ? (lanes * LANE) / (PLOT_HEIGHT - 60) : 0;
    return [low - ((high - low) * part) / (1 - part), high];
  };
}

/** What is not in the picture, and the way to see it; or the way back. */
function scaleNote(sensors, close) {
  const note = element("p", "quiet scale");
  const button = element("button", "small secondary outline", close ? "Show all" : "Leave out what is far off");
  button.type = "button";
  button.addEventListener("click", () => show({scale: close ? "all" : ""}));
  if (close) {
    const off = (value) => value !== null && (value < close.least || value > close.greatest);
    const far = sensors.flatMap((sensor) =>
      [...sensor.x.keys()]
        .filter((i) => (sensor.thinned ? off(sensor.min[i]) || off(sensor.max[i]) : off(sensor.y[i])))
        .map((i) => {
          const ends = sensor.thinned ? [sensor.min[i], sensor.max[i]] : [sensor.y[i]];
          return {at: sensor.x[i], value: ends.find(off)};
        }));
    const one = far[0];
    note.append(
      far.length === 1
        ? `One value is far off and not in the picture: ${one.value} (${words(one.at)}). `
        : `${count.format(far.length)} values are far off and not in the picture, the first: ${one.value} (${words(one.at)}). `);
  }
  note.append(button);
  return note;
}
