package org.tributary.server.page.fleet;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tributary.server.page.Section;
import org.tributary.server.page.View;
import org.tributary.store.fleet.FleetGateway;
import org.tributary.store.fleet.FleetState;

/** All gateways, worst first. */
public record FleetView(List<FleetGateway> gateways) implements View {

  public FleetView {
    gateways = List.copyOf(gateways);
  }

  /** How many there are of each state, the worst first. */
  public Map<FleetState, Long> counts() {
    Map<FleetState, Long> counts = new EnumMap<>(FleetState.class);
    for (FleetGateway gateway : gateways) {
      counts.merge(gateway.state(), 1L, Long::sum);
    }
    return counts;
  }

  @Override
  public String title() {
    return "Fleet";
  }

  @Override
  public Section section() {
    return Section.FLEET;
  }

  @Override
  public String template() {
    return "fleet/fleet.jte";
  }
}
