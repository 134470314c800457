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
      const text = wordsOfMove(move);
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

function label(ctx, box, words, x, y, ratio) {
  const text = plain(words);
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
  const nodes = new Set(sensors.map((each) => each.node));
  const moves = shown.moves.filter((move) => nodes.has(move.node));
  for (const move of moves.slice(0, MOVES_TOLD)) {
    item(plain(`${words(Date.parse(move.time) / 1000)}: ${wordsOfMove(move)}`), (ink) => {
      ink.setLineDash([3, 2]);
      ink.beginPath();
      ink.moveTo(6, 0);
      ink.lineTo(6, 12);
      ink.stroke();
    });
  }
  if (moves.length > MOVES_TOLD) {
    items.push(element("li", "", `and ${moves.length - MOVES_TOLD} more moves`));
  }
  if (shown.transitions.length > 0) {
    item("clocks are changed", (ink) => {
      ink.fillStyle = colour("--verified");
      ink.fillRect(0, 7, 12, 5);
    });
  }
  return items;
}
