package org.tributary.store.fleet;

import java.time.Duration;
import org.tributary.store.Counted;

/** Lengths of time as people say them: one figure, cut rather than rounded. */
final class DurationWords {

  private static final long MINUTES_A_DAY = 1_440;

  private DurationWords() {}

  /** For example "40 seconds", "12 minutes", "5 hours", "3 days". */
  static String of(Duration length) {
    Duration some = length.abs();
    long minutes = some.toMinutes();
    if (minutes < 2) {
      return Counted.of(some.toSeconds(), "second");
    }
    if (minutes < 120) {
      return Counted.of(minutes, "minute");
    }
    return minutes < 2 * MINUTES_A_DAY
        ? Counted.of(some.toHours(), "hour")
        : Counted.of(some.toDays(), "day");
  }
}
