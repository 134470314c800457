package org.tributary.server.page;

/**
 * Says what is wrong, or that what a page is about isn't there.
 *
 * @param title in a few words
 * @param words what may be the reason, and where to go on
 */
public record Trouble(int status, String title, String words, Section section) implements View {

  /** What is asked about isn't there. */
  public static Trouble missing(String title, String words, Section section) {
    return new Trouble(404, title, words, section);
  }

  @Override
  public String template() {
    return "part/trouble.jte";
  }
}
