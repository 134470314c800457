package org.tributary.server.page.fleet;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.page.Page;
import org.tributary.server.page.Parameters;
import org.tributary.server.page.Section;
import org.tributary.server.page.Templates;
import org.tributary.server.page.Trouble;
import org.tributary.server.page.View;
import org.tributary.store.Database;
import org.tributary.store.fleet.Attention;
import org.tributary.store.fleet.Fleet;
import org.tributary.store.fleet.FleetGateway;
import org.tributary.store.fleet.history.GatewayHistory;
import org.tributary.store.report.GatewaySeries;

/** The pages about gateways. Thread-safe. */
public final class FleetPages {

  private static final int USUAL_DAYS = 7;
  private static final int MOST_DAYS = 366;

  /** Contacts, batches and events, of each the newest. */
  private static final int MOST = 100;

  private final Fleet fleet;
  private final Attention attention;
  private final GatewayHistory history;
  private final GatewaySeries series;
  private final Clock clock;

  private FleetPages(
      Fleet fleet, Attention attention, GatewayHistory history, GatewaySeries series, Clock clock) {
    this.fleet = fleet;
    this.attention = attention;
    this.history = history;
    this.series = series;
    this.clock = clock;
  }

  /** All of them. */
  public static List<Endpoint> all(
      Database database, Fleet fleet, Templates templates, String version, Clock clock) {
    FleetPages pages =
        new FleetPages(
            fleet,
            new Attention(database, fleet, clock, version),
            new GatewayHistory(database),
            new GatewaySeries(database),
            clock);
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
        int days = Parameters.number(request, "days", 1, MOST_DAYS).orElse(USUAL_DAYS);
        Instant until = clock.instant();
        Instant from = until.minus(Duration.ofDays(days));
        GatewayHistory.History past =
            history
                .of(name, from, until, MOST)
                .orElse(new GatewayHistory.History(List.of(), List.of(), List.of(), List.of()));
        return new GatewayView(
            gateway, series.of(name), past, Timeline.of(past, from, until), days);
      }
    }
    return Trouble.missing(
        "No gateway of that name",
        "None that is called so has been heard. The fleet has all that were.",
        Section.FLEET);
  }
}
