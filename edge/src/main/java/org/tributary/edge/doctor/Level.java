package org.tributary.edge.doctor;

/** How a check turned out. */
public enum Level {
  OK("ok"),
  /** Works, but somebody should know. */
  WARNING("warning"),
  /** Keeps rows from getting to central. */
  PROBLEM("problem"),
  /** Could not be looked at, because of a problem that stands above. */
  NOT_CHECKED("not checked");

  private final String words;

  Level(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
