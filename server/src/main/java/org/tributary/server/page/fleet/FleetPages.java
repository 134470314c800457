package org.tributary.server.page.fleet;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.page.Missing;
import org.tributary.server.page.Page;
import org.tributary.server.page.Section;
import org.tributary.server.page.Templates;
import org.tributary.server.page.View;
import org.tributary.store.Database;
import org.tributary.store.fleet.Attention;
import org.tributary.store.fleet.Fleet;
import org.tributary.store.fleet.FleetGateway;

/** The pages about gateways. Thread-safe. */
public final class FleetPages {

  private final Fleet fleet;
  private final Attention attention;

  private FleetPages(Fleet fleet, Attention attention) {
    this.fleet = fleet;
    this.attention = attention;
  }

  /** All of them. */
  public static List<Endpoint> all(
      Database database, Templates templates, String version, Clock clock) {
    Fleet fleet = new Fleet(database, clock);
    FleetPages pages = new FleetPages(fleet, new Attention(database, fleet, clock, version));
    return List.of(
        new Page(Section.FLEET.path(), Audience.READERS, pages::fleet, templates),
        new Page(Section.ATTENTION.path(), Audience.READERS, pages::attention, templates),
        new Page("/gateways/{name}", Audience.READERS, pages::gateway, templates));
  }

  private View fleet(Request request) throws IOException {
    return new FleetView(fleet.gateways());
  }

  private View attention(Request request) throws IOException {
    return new AttentionView(attention.problems());
  }

  private View gateway(Request request) throws IOException {
    String name = request.pathParameter("name");
    for (FleetGateway gateway : fleet.gateways()) {
      if (gateway.name().equals(name)) {
        return new GatewayView(gateway);
      }
    }
    return new Missing(
        "No gateway of that name",
        "None that is called so has been heard. The fleet has all that were.",
        Section.FLEET);
  }
}
