package org.tributary.server.api;

import org.tributary.server.page.Section;
import org.tributary.server.page.View;

/** The interfaces for programs, as people read them. */
public record ApiView() implements View {

  @Override
  public String title() {
    return "Interfaces";
  }

  @Override
  public Section section() {
    return Section.API;
  }

  @Override
  public String template() {
    return "api/api.jte";
  }
}
