package org.tributary.server.page.fleet;

import java.time.Instant;
import org.tributary.server.page.Section;
import org.tributary.server.page.View;
import org.tributary.store.fleet.FleetGateway;
import org.tributary.store.fleet.history.GatewayHistory;
import org.tributary.store.fleet.history.HistoryReceipt;
import org.tributary.wire.Position;

/**
 * One gateway: how it is, and what was.
 *
 * @param days how long a past is shown
 */
public record GatewayView(
    FleetGateway gateway, GatewayHistory.History history, Timeline timeline, int days)
    implements View {

  /** How far a lane of a series has come; a table that goes whole has no place in it. */
  public static String position(HistoryReceipt receipt) {
    return receipt
        .position()
        .filter(position -> position.key().get(0) instanceof Instant)
        .map(Position::toString)
        .orElse("");
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
