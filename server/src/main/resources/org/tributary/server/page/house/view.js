// Plots of a house's sensors. What is seen stands in the page's address (sensors, span, zone), so
// that a copied or reloaded address shows the same. Lines come first, causes of gaps when they are
// found. Drawing is uPlot's; what is drawn into it (gaps, moves, edits, doubled hours) is ours.
//
// The files of this folder are sent as one module, in the order in which Assets names them, so that
// a browser never mixes those of two versions. This one: what is seen, and how that changes.
/* global uPlot */

const root = document.getElementById("plots");
const form = document.getElementById("view");
const base = root.dataset.base;
const DAY = 86_400;
const MAX_MONTHS = 15;
const PLOT_HEIGHT = 260;
const AXIS_WIDTH = 58;

const asked = new URLSearchParams(location.search);
const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
const view = {
  sensors: root.dataset.sensors.split(" ").filter((each) => each !== ""),
  from: Date.parse(root.dataset.from) / 1000,
  until: Date.parse(root.dataset.until) / 1000,
  zone: asked.get("zone") || browserZone,
  scale: asked.get("scale") ?? "", // "all" where values that are far off are to be seen
};
const home = history.state?.home ?? {from: view.from, until: view.until};

function iso(seconds) {
  return new Date(Math.round(seconds * 1000)).toISOString().replace(".000Z", "Z");
}

function query() {
  const parts = view.sensors.map((each) => ["sensor", each]);
  if (parts.length === 0) parts.push(["sensor", ""]);
  parts.push(["from", iso(view.from)], ["to", iso(view.until)], ["zone", view.zone]);
  if (view.scale !== "") parts.push(["scale", view.scale]);
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
  const csv = document.getElementById("csv");
  csv.href = base + "/readings.csv?" + query();
  csv.hidden = view.sensors.length === 0;
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
