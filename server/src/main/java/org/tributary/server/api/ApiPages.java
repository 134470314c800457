package org.tributary.server.api;

import java.util.List;
import org.tributary.server.http.Endpoint;
import org.tributary.server.page.Asset;
import org.tributary.server.page.WebJar;

/**
 * The interfaces in words that programs read, {@code /openapi.yaml}, and as a page for people,
 * {@code /api}. Nothing is fetched from any other host.
 */
public final class ApiPages {

  private static final String OURS = "/org/tributary/server/api/";
  private static final String HTML = "text/html; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private ApiPages() {}

  /** All of them, in memory: two megabytes, read once. */
  public static List<Endpoint> endpoints() {
    WebJar library = new WebJar("org.webjars", "swagger-ui");
    return List.of(
        Asset.of("/openapi.yaml", "application/yaml; charset=utf-8", OURS + "openapi.yaml"),
        Asset.of("/api", HTML, OURS + "api.html"),
        Asset.of("/api/api.js", SCRIPT, OURS + "api.js"),
        Asset.of("/api/api.css", STYLE, OURS + "api.css"),
        Asset.of("/api/swagger-ui.css", STYLE, library.resource("swagger-ui.css")),
        Asset.of("/api/swagger-ui-bundle.js", SCRIPT, library.resource("swagger-ui-bundle.js")));
  }
}
