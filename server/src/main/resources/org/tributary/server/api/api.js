"use strict";

// The library has a dark look of its own; it follows the browser as all other pages do.
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

// Shows the document of this very central; nothing is asked of any other host.
SwaggerUIBundle({
  url: "/openapi.yaml",
  dom_id: "#interfaces",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  docExpansion: "list",
  validatorUrl: null,
});
