package org.tributary.edge.words;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.tributary.store.DurationWords;

/** A time as it is told to people: in UTC, and how long ago it was. */
public final class TimeWords {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private TimeWords() {}

  public static String of(Instant time) {
    return TIME.format(time);
  }

  /** {@code 5 min ago}, {@code 3 h from now}. */
  public static String ago(Instant time, Instant now) {
    Duration age = Duration.between(time, now);
    return "%s %s".formatted(DurationWords.brief(age), age.isNegative() ? "from now" : "ago");
  }

  /** Both. */
  public static String age(Instant time, Instant now) {
    return of(time) + ", " + ago(time, now);
  }
}
