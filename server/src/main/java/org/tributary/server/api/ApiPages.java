package org.tributary.server.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import org.tributary.server.http.Endpoint;

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
    String library = library();
    return List.of(
        Asset.of("/openapi.yaml", "application/yaml; charset=utf-8", OURS + "openapi.yaml"),
        Asset.of("/api", HTML, OURS + "api.html"),
        Asset.of("/api/api.js", SCRIPT, OURS + "api.js"),
        Asset.of("/api/api.css", STYLE, OURS + "api.css"),
        Asset.of("/api/swagger-ui.css", STYLE, library + "swagger-ui.css"),
        Asset.of("/api/swagger-ui-bundle.js", SCRIPT, library + "swagger-ui-bundle.js"));
  }

  /** Where the library's files stand: their path has its version, which the build decides. */
  private static String library() {
    Properties properties = new Properties();
    String place = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
    try (InputStream in = ApiPages.class.getResourceAsStream(place)) {
      if (in == null) {
        throw new IllegalStateException("The program lacks its library swagger-ui");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(place, e);
    }
    return "/META-INF/resources/webjars/swagger-ui/" + properties.getProperty("version") + "/";
  }
}
