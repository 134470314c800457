package org.tributary.store.fleet;

import java.time.Duration;

/** Lengths of time as people say them: one figure, cut rather than rounded. */
final class DurationWords {

  private static final long MINUTES_A_DAY = 1_440;

  private DurationWords() {}

  /** For example "40 seconds", "12 minutes", "5 hours", "3 days". */
  static String of(Duration length) {
    Duration some = length.abs();
    long minutes = some.toMinutes();
    if (minutes < 2) {
      return count(some.toSeconds(), "second");
    }
    if (minutes < 120) {
      return count(minutes, "minute");
    }
    return minutes < 2 * MINUTES_A_DAY
        ? count(some.toHours(), "hour")
        : count(some.toDays(), "day");
  }

  /** For example "1 row", "3,412 rows". */
  static String count(long number, String what) {
    return "%,d %s%s".formatted(number, what, number == 1 ? "" : "s");
  }
}
