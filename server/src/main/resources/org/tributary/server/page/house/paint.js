// Colours, which the style sheet decides, and the pattern of each cause of a gap.

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
