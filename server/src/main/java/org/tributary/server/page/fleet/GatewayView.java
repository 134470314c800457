package org.tributary.server.page.fleet;

import org.tributary.server.page.Section;
import org.tributary.server.page.View;
import org.tributary.store.fleet.FleetGateway;

/** One gateway. */
public record GatewayView(FleetGateway gateway) implements View {

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
