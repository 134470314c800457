// What is drawn behind and over the lines: gaps, moves, edits, hours that come twice.

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
    if (!haveStrips(lanes)) {
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

/** Whether some node of a plot has a gap that the others don't have. */
function haveStrips(lanes) {
  return (
    lanes.length > 1 && lanes.some((lane) => gapsOf(lane, lanes).some((gap) => !gap.isCommon)));
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

/** Above a plot, for the numbers of its moves. */
const NUMBERS_HEIGHT = 20;

function movesOf(sensors) {
  const nodes = new Set(sensors.map((each) => each.node));
  return shown.moves.filter((move) => nodes.has(move.node));
}

function drawMarks(u, sensors) {
  const ratio = devicePixelRatio || 1;
  within(u, (ctx, box, x) => {
    drawTransitions(ctx, box, x, ratio);
    for (const move of movesOf(sensors)) {
      const at = x(Date.parse(move.time) / 1000);
      ctx.strokeStyle = colour("--pico-color");
      ctx.lineWidth = ratio;
      ctx.setLineDash([5 * ratio, 4 * ratio]);
      ctx.beginPath();
      ctx.moveTo(at, box.top);
      ctx.lineTo(at, box.top + box.height);
      ctx.stroke();
      ctx.setLineDash([]);
    }
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
  drawNumbers(u, movesOf(sensors), ratio);
}

/** Moves have numbers where there are several; what they mean stands beneath, so no line is hidden. */
function drawNumbers(u, moves, ratio) {
  if (moves.length < 2) return;
  const {ctx, bbox} = u;
  ctx.save();
  ctx.font = `${11 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = "center";
  ctx.textBaseline = "alphabetic";
  ctx.fillStyle = colour("--pico-color");
  let free = bbox.left;
  moves.forEach((move, i) => {
    const at = u.valToPos(Date.parse(move.time) / 1000, "x", true);
    const half = ctx.measureText(String(i + 1)).width / 2;
    if (i >= MOVES_TOLD || at - half < free || at > bbox.left + bbox.width) return;
    ctx.fillText(String(i + 1), at, bbox.top - 5 * ratio);
    free = at + half + 2 * ratio;
  });
  ctx.restore();
}

function wordsOfMove({node, from, to}) {
  if (from === null) return `node ${node} was placed in ${to}`;
  if (to === null) return `node ${node} was taken out of ${from}`;
  return `node ${node} was carried from ${from} to ${to}`;
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
  }
}

/** What happens to the hours of a day on which clocks are changed. */
function wordsOfTransition(change) {
  const at = Date.parse(change.time) / 1000;
  const hour = (seconds) => format({hour: "2-digit", minute: "2-digit"}).format(seconds * 1000);
  const day = format({day: "numeric", month: "short", year: "numeric"}).format(at * 1000);
  return change.seconds < 0
    ? `${day}: ${hour(at)}–${hour(at - change.seconds)} comes twice`
    : `${day}: clocks go from ${hour(at - 60)} to ${hour(at)}`;
}

const MOVES_TOLD = 6;

/** What the marks of a plot mean: only of those that are there. */
function marksOf(sensors) {
  const items = [];
  const item = (text, draw) => {
    const made = element("li");
    const swatch = element("canvas", "swatch");
    swatch.width = swatch.height = 12;
    const ink = swatch.getContext("2d");
    ink.strokeStyle = ink.fillStyle = colour("--pico-color");
    ink.lineWidth = 1.6;
    draw(ink);
    made.append(swatch, text);
    items.push(made);
  };
  const lanes = lanesOf(sensors);
  if (haveStrips(lanes)) {
    items.push(element("li", "", "Strips at the foot, gaps of one node each, from above:"));
    for (const lane of lanes) {
      item("node " + lane[0].node, (ink) => {
        ink.fillStyle = lineColour(lane[0].index);
        ink.fillRect(0, 1, 4, 10);
      });
    }
  }
  const kinds = new Set(sensors.flatMap((each) => each.corrections.map((its) => its.kind)));
  if (kinds.has("EDITED")) item("edited; it was here before", (ink) => mark(ink, "EDITED", 6, 6, 4.5));
  if (kinds.has("DELETED")) item("deleted; it was here", (ink) => mark(ink, "DELETED", 6, 6, 4.5));
  const moves = movesOf(sensors);
  moves.slice(0, MOVES_TOLD).forEach((move, i) => {
    const number = moves.length > 1 ? `${i + 1}. ` : "";
    item(number + plain(`${words(Date.parse(move.time) / 1000)}: ${wordsOfMove(move)}`), (ink) => {
      ink.setLineDash([3, 2]);
      ink.beginPath();
      ink.moveTo(6, 0);
      ink.lineTo(6, 12);
      ink.stroke();
    });
  });
  if (moves.length > MOVES_TOLD) {
    items.push(element("li", "", `and ${moves.length - MOVES_TOLD} more moves`));
  }
  if (shown.transitions.length > 0) {
    const isFew = shown.transitions.length <= 2;
    item(isFew ? shown.transitions.map(wordsOfTransition).join("; ") : "clocks are changed", (ink) => {
      ink.fillStyle = colour("--verified");
      ink.fillRect(0, 7, 12, 5);
    });
  }
  return items;
}
