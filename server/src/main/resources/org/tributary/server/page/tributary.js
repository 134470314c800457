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

// A form with data-confirm asks before it is sent.
document.addEventListener("submit", (event) => {
  const words = event.target.dataset.confirm;
  if (words && !confirm(words)) event.preventDefault();
});

// A field with data-filter hides the rows of the table that it names in which its words are not.
function filter(field) {
  const table = document.getElementById(field.dataset.filter ?? "");
  if (!table) return;
  const wanted = field.value.trim().toLowerCase();
  for (const row of table.tBodies[0].rows) {
    row.hidden = !row.textContent.toLowerCase().includes(wanted);
  }
}
document.addEventListener("input", (event) => filter(event.target));
document.addEventListener("htmx:afterSettle", () =>
  document.querySelectorAll("[data-filter]").forEach(filter));

// "/" goes to the page's filter, as elsewhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.closest("input, textarea, select")) return;
  const filter = document.querySelector("[data-filter]");
  if (filter) {
    event.preventDefault();
    filter.focus();
  }
});
