package org.tributary.store.fleet;

/** What became of a house's readings of one UTC day. */
public enum DayState {
  /** All that the house's gateways have of it is here: both ends were the same when compared. */
  VERIFIED("verified"),
  /** Readings are here; the day was not compared by itself, or was changed here since. */
  PRESENT("present"),
  /** Some of what came of it is kept apart. */
  APART("partly kept apart"),
  /** A gateway has readings of it that are not here, or is still sending what it left behind. */
  WAITING("waiting"),
  /** Fewer than nine tenths of the usual were recorded, as far as is known. */
  LOST("lost"),
  /** No gateway of the house has been in touch since the day ended: there may be more. */
  NOT_HEARD("not heard since"),
  /** Nobody has looked at the day yet: nothing was compared, and central has not counted. */
  NOT_COUNTED("not counted"),
  /** Nothing was to be expected: the house had no nodes yet, or none any more. */
  NOT_EXPECTED("not expected");

  private final String words;

  DayState(String words) {
    this.words = words;
  }

  /** The state in plain words. */
  public String words() {
    return words;
  }
}
