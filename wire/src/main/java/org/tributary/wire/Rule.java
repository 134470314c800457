package org.tributary.wire;

import java.time.Duration;
import java.time.Instant;

/** Why a row was set aside: a closed list, so that people can count and sort by it. */
public enum Rule {
  /** Stamped in the future or before 2000: the gateway's clock was wrong. */
  CLOCK_UNTRUSTED("clock untrusted"),
  /** Waits for the row that it refers to; stored by itself once that one is there. */
  PARENT_MISSING("parent missing"),
  /** A column of its key is null, so it can't be told from others. */
  KEY_MISSING("key missing"),
  /** A value that central's database can't hold: NaN, infinity, text too long. */
  VALUE_NOT_HELD("value not held"),
  /** A cell that is not what its column says, text in a number for example. */
  UNREADABLE("unreadable"),
  /** More than one row could be meant. */
  AMBIGUOUS("ambiguous"),
  /** One id stands for different things on the two sides. */
  MEANING_DIFFERS("meaning differs"),
  /** Belongs to another gateway's house. */
  CLAIMED("claimed by another gateway"),
  /** Central's database refused it, for the reason given. */
  DATABASE("refused by the database");

  /** Nothing of this trade was measured before: an older stamp is a clock that had not been set. */
  public static final Instant EARLIEST_TRUSTED = Instant.parse("2000-01-01T00:00:00Z");

  /** How far a stamp may lie ahead of central's clock. */
  public static final Duration AHEAD_TRUSTED = Duration.ofHours(1);

  private final String words;

  Rule(String words) {
    this.words = words;
  }

  /** The rule in plain words. */
  public String words() {
    return words;
  }
}
