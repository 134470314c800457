"use strict";

// Shows the document of this very central; nothing is asked of any other host.
SwaggerUIBundle({
  url: "/openapi.yaml",
  dom_id: "#interfaces",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  docExpansion: "list",
  validatorUrl: null,
});
