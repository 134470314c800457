// What makes pages handier; every one of them can be read without it.
"use strict";

// A button with data-copy copies the text of the element that it names.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  const text = source.textContent.trim();
  const words = button.dataset.words ?? (button.dataset.words = button.textContent);
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    const range = document.createRange();
    range.selectNodeContents(source);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    button.textContent = "Press Ctrl+C";
  }
  setTimeout(() => (button.textContent = words), 2000);
});

// What came of a form stands under the address of its page: loading anew sends nothing again.
if (document.body.dataset.address) {
  history.replaceState(null, "", document.body.dataset.address);
}

// A form, or the button that sends it, with data-confirm asks first.
document.addEventListener("submit", (event) => {
  const words = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (words && !confirm(words)) event.preventDefault();
});

// On a phone the navigation is wider than the window: where one is comes into sight.
document.querySelector(".top [aria-current]")?.scrollIntoView({block: "nearest", inline: "center"});

// What is newest stands at the end of what is too wide.
for (const wide of document.querySelectorAll(".newest")) wide.scrollLeft = wide.scrollWidth;

// A page that comes anew by itself must not look fresh when it no longer does.
let freshAt = new Date();
function stale() {
  if (document.getElementById("stale")) return;
  const words = document.createElement("p");
  words.id = "stale";
  words.setAttribute("role", "alert");
  words.textContent =
    "Central does not answer. What stands here is of " + freshAt.toLocaleTimeString() + ".";
  document.querySelector("main").prepend(words);
}
document.addEventListener("htmx:sendError", stale);
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status === 401) location.reload();
  else stale();
});
document.addEventListener("htmx:afterSwap", () => {
  freshAt = new Date();
  document.getElementById("stale")?.remove();
});

// A field with data-filter hides the rows of the table that it names in which its words are not.
function filter(field) {
  const table = document.getElementById(field.dataset.filter ?? "");
  if (!table) return;
  const wanted = field.value.trim().toLowerCase();
  for (const row of table.tBodies[0].rows) {
    row.hidden = !row.textContent.toLowerCase().includes(wanted);
  }
  sayWhetherAnyIsLeft(field, table);
}

// Where a filter leaves nothing, it says so, with the way back.
function sayWhetherAnyIsLeft(field, table) {
  const none = [...table.tBodies[0].rows].every((row) => row.hidden);
  table.hidden = none;
  document.getElementById("nothing-left")?.remove();
  if (!none) return;
  const words = document.createElement("p");
  words.id = "nothing-left";
  words.className = "empty";
  words.setAttribute("role", "status");
  const back = document.createElement("button");
  back.type = "button";
  back.className = "small";
  back.textContent = "Show all";
  back.addEventListener("click", () => {
    field.value = "";
    filter(field);
    field.focus();
  });
  words.append(`Nothing here has “${field.value.trim()}” in it. `, back);
  table.parentElement.after(words);
}
document.addEventListener("input", (event) => filter(event.target));
document.addEventListener("htmx:afterSettle", () =>
  document.querySelectorAll("[data-filter]").forEach(filter));

// "/" goes to the field that filters or finds, as elsewhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.closest("input, textarea, select")) return;
  const field = document.querySelector("input[type=search]");
  if (field) {
    event.preventDefault();
    field.focus();
  }
});
