package org.tributary.store.fleet;

/** What became of a gateway's readings of one UTC day. */
public enum CoverageState {
  /** All that the gateway has of it is here: both ends were the same when they were compared. */
  VERIFIED("verified"),
  /** Readings are here; the day was not compared by itself. */
  PRESENT("present"),
  /** All that the gateway has of it came, and some of it is kept apart. */
  APART("partly kept apart"),
  /** The gateway has readings of it that are not here, or is still sending what it left behind. */
  WAITING("waiting"),
  /** All that the gateway has is here, and that is fewer than nine tenths of the usual. */
  SHORT("fewer than usual"),
  /** There is nothing of it, neither here nor, by its own word, at the gateway. */
  NOTHING("nothing"),
  /** The gateway has not been in touch since the day ended: there may be more. */
  NOT_HEARD("not heard since"),
  /** The gateway was not known yet, and nothing of it was counted. */
  NOT_EXPECTED("not known then, not counted");

  private final String words;

  CoverageState(String words) {
    this.words = words;
  }

  /** The state in plain words. */
  public String words() {
    return words;
  }
}
