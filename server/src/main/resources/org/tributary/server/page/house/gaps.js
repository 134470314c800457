// Gaps, month by month: each is read once, and remembered while the page is open.

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

/** Why a span has no readings at all, where the gaps that are known of say so. */
function tellWhyNothing(gaps) {
  const place = document.getElementById("why-nothing");
  if (!place || !monthsInView().some(([from]) => months.has(iso(from)))) return;
  const causes = [...new Set(gaps.map((gap) => wordsOf(gap.cause)))];
  place.textContent =
    causes.length === 0
      ? "Nothing is known to be missing either: nobody heard of them then."
      : `Readings are missing: ${causes.join("; ")}.`;
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
  tellWhyNothing(gaps);
  const list = document.getElementById("gaps");
  list.hidden = gaps.length === 0;
  const rows = list.querySelector("tbody");
  rows.replaceChildren();
  const longest = [...gaps].sort((a, b) => b.until - b.from - (a.until - a.from)).slice(0, 50);
  longest.sort((a, b) => a.from - b.from);
  for (const gap of longest) {
    const row = element("tr");
    const cells = [
      ["From", when(gap.from), "t"], ["For", length(gap.until - gap.from), "n"],
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
    (gaps.length === 1
      ? "1 gap in view"
      : count.format(gaps.length) + " gaps in view" + (gaps.length > 50 ? ", the longest 50" : "")) +
    `, in times of ${zoneName()}`;
}
