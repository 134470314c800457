package org.tributary.store.ingest;

/** What a person can decide about a row of a gateway. */
public enum Verdict {
  /** It is a certain row of central. */
  SAME("the same"),
  /** It is none of those at central, and gets one of its own. */
  DIFFERENT("another thing"),
  /** A node that another gateway has was carried to this one's house. */
  MOVED("carried here");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** The verdict in plain words. */
  public String words() {
    return words;
  }
}
