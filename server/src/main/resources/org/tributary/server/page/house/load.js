// Asks central for what is seen; the newest question counts.

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
      const none = document.querySelector(".cards input[type=checkbox]") === null;
      root.append(
        element(
          "p",
          "empty",
          none
            ? "There is nothing to draw yet."
            : "Choose sensors in the list below to see them here."));
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
