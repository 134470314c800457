package org.tributary.server.page;

/**
 * Says that what a page is about isn't there.
 *
 * @param title of what is missing
 * @param words what may be the reason, and where to go on
 */
public record Missing(String title, String words, Section section) implements View {

  @Override
  public String template() {
    return "part/missing.jte";
  }

  @Override
  public int status() {
    return 404;
  }
}
