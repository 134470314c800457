// What people do, and the beginning of it all.

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

// On a phone the plots come first; the form is one touch away.
const narrow = matchMedia("(max-width: 46rem)");
const foldForm = () => (document.getElementById("asked").open = !narrow.matches);
narrow.addEventListener("change", foldForm);
foldForm();

for (const zone of Intl.supportedValuesOf?.("timeZone") ?? []) {
  const option = element("option");
  option.value = zone;
  document.getElementById("zones").append(option);
}
document.getElementById("plot-buttons").hidden = false;
history.replaceState({home}, "", location.href);
repeat();
load();
