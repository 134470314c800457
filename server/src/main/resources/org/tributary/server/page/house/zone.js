// Times as they are called in the chosen zone, and lengths of time.

const formats = new Map();

function format(options) {
  const key = view.zone + JSON.stringify(options);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat("en-GB", {...options, timeZone: view.zone}));
  }
  return formats.get(key);
}

/** A moment, where it is plain of which zone. */
function when(seconds) {
  const second = view.until - view.from < 2 * 3600 ? "2-digit" : undefined;
  return format({
    weekday: "short", day: "numeric", month: "short", year: "numeric",
    hour: "2-digit", minute: "2-digit", second,
  }).format(seconds * 1000);
}

/** A moment with its zone, and in an hour that comes twice with which of the two it is. */
function words(seconds) {
  const isTwice = [-3600, 3600].some((by) => local(seconds + by) === local(seconds));
  return `${when(seconds)} ${zoneName()}${isTwice ? ` (${shortZone(seconds)})` : ""}`;
}

function spanWords(from, until) {
  return `${when(from)} to ${words(until)}`;
}

/** The zone as it was typed, as in all of the page. */
function zoneName() {
  return ["Z", "Etc/UTC"].includes(view.zone) ? "UTC" : view.zone;
}

function shortZone(seconds) {
  const its = format({hour: "2-digit", timeZoneName: "short"}).formatToParts(seconds * 1000);
  return its.find((part) => part.type === "timeZoneName").value;
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
