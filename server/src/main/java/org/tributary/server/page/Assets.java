package org.tributary.server.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tributary.server.http.Endpoint;

/** The files that pages refer to: ours, and those of libraries. Nothing comes from another host. */
public final class Assets {

  private static final String OURS = "/org/tributary/server/page/";
  private static final String API = "/org/tributary/server/api/";
  private static final String FOLDER = "/assets/";
  private static final String STYLE = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String PICTURE = "image/svg+xml";

  /** Browsers ask for it beside whatever they show, the sign-in page as well. */
  private static final String ICON = OURS + "tributary.svg";

  /** The parts of one module, in its order. */
  private static final String[] PLOT =
      Stream.of("view", "zone", "paint", "load", "gaps", "lines", "scale", "marks", "acts")
          .map(part -> OURS + "house/" + part + ".js")
          .toArray(String[]::new);

  private final List<Endpoint> endpoints = new ArrayList<>();
  private final Map<String, String> addresses = new HashMap<>();

  /** Reads all of them. */
  public Assets() {
    WebJar pico = new WebJar("org.webjars.npm", "picocss__pico");
    WebJar htmx = new WebJar("org.webjars.npm", "htmx.org");
    add("pico.css", STYLE, pico.resource("css/pico.min.css"));
    add("htmx.js", SCRIPT, htmx.resource("dist/htmx.min.js"));
    WebJar uplot = new WebJar("org.webjars.npm", "uplot");
    add("uplot.js", SCRIPT, uplot.resource("dist/uPlot.iife.min.js"));
    add("uplot.css", STYLE, uplot.resource("dist/uPlot.min.css"));
    WebJar swagger = new WebJar("org.webjars", "swagger-ui");
    add("swagger-ui.js", SCRIPT, swagger.resource("swagger-ui-bundle.js"));
    add("swagger-ui.css", STYLE, swagger.resource("swagger-ui.css"));
    add("api.js", SCRIPT, API + "api.js");
    add("api.css", STYLE, API + "api.css");
    add("plot.js", SCRIPT, PLOT);
    add("plot.css", STYLE, OURS + "house/plot.css");
    add("tributary.css", STYLE, OURS + "tributary.css");
    add("tributary.js", SCRIPT, OURS + "tributary.js");
    add("tributary.svg", PICTURE, ICON);
    endpoints.add(Asset.of("/favicon.ico", PICTURE, ICON).forAnyone());
  }

  private void add(String name, String type, String... resources) {
    Asset asset = Asset.of(FOLDER + name, type, resources);
    endpoints.add(asset);
    addresses.put(name, asset.address());
  }

  /** Answers with each of them. */
  public List<Endpoint> endpoints() {
    return List.copyOf(endpoints);
  }

  /** Where a page finds one. */
  String address(String name) {
    String address = addresses.get(name);
    if (address == null) {
      throw new IllegalArgumentException("No file of ours: " + name);
    }
    return address;
  }
}
