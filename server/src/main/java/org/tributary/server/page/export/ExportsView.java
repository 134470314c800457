package org.tributary.server.page.export;

import java.time.LocalDate;
import java.util.List;
import org.tributary.server.page.Frame;
import org.tributary.server.page.Section;
import org.tributary.server.page.View;
import org.tributary.store.completeness.HouseCompleteness.House;

/**
 * What can be taken along of which houses.
 *
 * @param chosen the house that is offered first; 0 for none
 * @param first and {@code last}: the days that are offered first
 */
public record ExportsView(List<House> houses, long chosen, LocalDate first, LocalDate last)
    implements View {

  public ExportsView {
    houses = List.copyOf(houses);
  }

  /** What a house is called. */
  public static String name(House house) {
    String name = Frame.house(house.id(), house.address());
    return house.deployment().map(deployment -> name + " · " + deployment).orElse(name);
  }

  @Override
  public String title() {
    return "Exports";
  }

  @Override
  public Section section() {
    return Section.EXPORTS;
  }

  @Override
  public String template() {
    return "export/exports.jte";
  }
}
