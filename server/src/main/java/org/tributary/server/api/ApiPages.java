package org.tributary.server.api;

import java.util.List;
import org.tributary.server.http.Endpoint;
import org.tributary.server.page.Asset;
import org.tributary.server.page.Page;
import org.tributary.server.page.Section;
import org.tributary.server.page.Templates;

/**
 * The interfaces in words that programs read, {@code /openapi.yaml}, and as a page for people,
 * {@code /api}. Nothing is fetched from any other host.
 */
public final class ApiPages {

  private ApiPages() {}

  /** Both. */
  public static List<Endpoint> all(Templates templates) {
    return List.of(
        Asset.of(
            "/openapi.yaml",
            "application/yaml; charset=utf-8",
            "/org/tributary/server/api/openapi.yaml"),
        new Page(Section.API.path(), Section.API.audience(), request -> new ApiView(), templates));
  }
}
