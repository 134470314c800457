package org.tributary.edge;

/** How a gateway stands with one remote, in the word that comes first. */
public enum Standing {
  /**
   * Central answered, has everything behind its positions, keeps nothing apart, and had all of
   * before when both ends were compared last.
   */
  ALL_SENT("ALL SENT"),
  /** Central answered, and the next push has something for it. */
  WAITING("WAITING"),
  /** Central does not answer now. */
  NO_CONTACT("NO CONTACT"),
  /** A person has to look: no push will mend it by itself. */
  ACTION_NEEDED("ACTION NEEDED");

  private final String words;

  Standing(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
