package org.tributary.edge;

/** How a gateway stands with one remote, in the word that comes first. */
public enum Standing {
  /**
   * Central answered, keeps nothing apart, had all of before when both ends were compared last, and
   * has everything behind its positions, but perhaps for what was logged since a push that is at
   * work has last left nothing.
   */
  ALL_SENT("ALL SENT"),
  /** Central answered, a push is at work, and there is something that it has still to bring. */
  SENDING("SENDING"),
  /**
   * A push is at work that central has not answered yet: what central has is only known of an
   * earlier one.
   */
  ASKING("ASKING CENTRAL"),
  /** Central answered and there is something for it, but no push is at work. */
  WAITING("WAITING"),
  /** Central does not answer now. */
  WAITING_FOR_NETWORK("WAITING FOR NETWORK"),
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
