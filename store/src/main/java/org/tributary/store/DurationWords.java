package org.tributary.store;

import java.time.Duration;

/**
 * Lengths of time as people say them: one figure of at least two, cut rather than rounded, whatever
 * the sign.
 */
public final class DurationWords {

  private static final long SECONDS_A_MINUTE = 60;
  private static final long SECONDS_AN_HOUR = 3_600;
  private static final long SECONDS_A_DAY = 86_400;

  private DurationWords() {}

  /** For sentences: "40 seconds", "12 minutes", "5 hours", "3 days". */
  public static String of(Duration length) {
    long seconds = length.abs().toSeconds();
    if (seconds < 2 * SECONDS_A_MINUTE) {
      return Counted.of(seconds, "second");
    }
    if (seconds < 2 * SECONDS_AN_HOUR) {
      return Counted.of(seconds / SECONDS_A_MINUTE, "minute");
    }
    return seconds < 2 * SECONDS_A_DAY
        ? Counted.of(seconds / SECONDS_AN_HOUR, "hour")
        : Counted.of(seconds / SECONDS_A_DAY, "day");
  }

  /** For figures: "40 s", "12 min", "5 h", "3 days". */
  public static String brief(Duration length) {
    long seconds = length.abs().toSeconds();
    if (seconds < 2 * SECONDS_A_MINUTE) {
      return seconds + " s";
    }
    if (seconds < 2 * SECONDS_AN_HOUR) {
      return seconds / SECONDS_A_MINUTE + " min";
    }
    return seconds < 2 * SECONDS_A_DAY
        ? seconds / SECONDS_AN_HOUR + " h"
        : Counted.of(seconds / SECONDS_A_DAY, "day");
  }
}
