package org.tributary.server.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.time.Clock;
import java.util.Map;
import org.tributary.server.http.Caller;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;

/**
 * Draws pages from templates, which the build has compiled: the only class that knows the library.
 * Whatever a template puts in is escaped for the place where it stands. Thread-safe.
 */
public final class Templates {

  private static final String HTML = "text/html; charset=utf-8";

  /** Pages have no script and no style in themselves, and nothing from elsewhere. */
  private static final String POLICY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; form-action 'self';"
          + " frame-ancestors 'none'; base-uri 'none'";

  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, null, "org.tributary.server.template");
  private final Assets assets;
  private final String version;
  private final Clock clock;

  /**
   * Templates for one central.
   *
   * @param version of the program, shown at the foot of each page
   */
  public Templates(Assets assets, String version, Clock clock) {
    this.assets = assets;
    this.version = version;
    this.clock = clock;
  }

  /** Draws a page for nobody: Java is quicker at what it has done before. */
  public void rehearse(View view) {
    draw(new Frame(view, Caller.STRANGER, false, "", version, clock.instant(), assets));
  }

  /** A page, for whoever asked. */
  public Response page(Request request, View view) {
    Frame frame =
        new Frame(
            view,
            request.caller(),
            request.method().equals("POST"),
            request.origin(),
            version,
            clock.instant(),
            assets);
    Utf8ByteOutput drawn = draw(frame);
    return Response.stream(view.status(), HTML, out -> drawn.writeTo(out))
        .with("Content-Security-Policy", POLICY);
  }

  private Utf8ByteOutput draw(Frame frame) {
    Utf8ByteOutput drawn = new Utf8ByteOutput();
    View view = frame.view();
    engine.render(view.template(), Map.of("frame", frame, "page", view), drawn);
    return drawn;
  }
}
