package org.tributary.server.page.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tributary.server.page.Section;
import org.tributary.server.page.View;
import org.tributary.store.fleet.FleetGateway;
import org.tributary.store.fleet.history.GatewayHistory;
import org.tributary.store.fleet.history.HistoryEvent;
import org.tributary.store.fleet.history.HistoryReceipt;
import org.tributary.store.report.GatewaySeries;
import org.tributary.wire.Position;
import org.tributary.wire.Tables;

/**
 * One gateway: how it is, and what was.
 *
 * @param series how far each has come
 * @param days how long a past is shown
 */
public record GatewayView(
    FleetGateway gateway,
    List<GatewaySeries.Series> series,
    GatewayHistory.History history,
    Timeline timeline,
    int days)
    implements View {

  public GatewayView {
    series = List.copyOf(series);
  }

  /** What it was told to change in its own database, the newest first. */
  public List<HistoryEvent> told() {
    return events(true);
  }

  /** What else happened to it, the newest first. */
  public List<HistoryEvent> events() {
    return events(false);
  }

  private List<HistoryEvent> events(boolean isTold) {
    return history.events().stream()
        .filter(event -> (event.kind() == HistoryEvent.Kind.TOLD) == isTold)
        .toList();
  }

  /** What the rows of a series are called, with a capital. */
  public static String name(GatewaySeries.Series series) {
    return series.table().equals(Tables.READING) ? "Readings" : "Node states";
  }

  /** How far a lane of a series has come; empty for a table that goes whole. */
  public static Optional<Instant> position(HistoryReceipt receipt) {
    return receipt.position().flatMap(Position::time);
  }

  @Override
  public String title() {
    return "Gateway " + gateway.name();
  }

  @Override
  public Section section() {
    return Section.FLEET;
  }

  @Override
  public String template() {
    return "fleet/gateway.jte";
  }
}
