package org.tributary.server.page.export;

import java.util.List;
import org.tributary.server.page.Frame;
import org.tributary.server.page.Section;
import org.tributary.server.page.Typed;
import org.tributary.server.page.View;
import org.tributary.store.completeness.HouseCompleteness.House;

/**
 * What can be taken along of which houses.
 *
 * @param chosen the number of the house that is offered first; empty for none
 * @param first and {@code last}: the days that are offered first
 * @param typed into the form if it was refused
 */
public record ExportsView(List<House> houses, String chosen, String first, String last, Typed typed)
    implements View {

  /** What the form is called where it is refused; each of its buttons has an address. */
  public static final String FORM = "/exports";

  public ExportsView {
    houses = List.copyOf(houses);
  }

  /** What a house is called. */
  public static String name(House house) {
    String name = Frame.house(house.id(), house.address());
    return house.deployment().map(deployment -> name + " · " + deployment).orElse(name);
  }

  /** What stands in a field of days: what was typed, or else what is offered. */
  public String text(String field) {
    return typed.textOr(FORM, field, field.equals("from") ? first : last);
  }

  @Override
  public int status() {
    return typed.isRefused() ? 400 : 200;
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
