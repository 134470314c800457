package org.tributary.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** Where a time stands among others in a database that sorts it as it is spelled. Stateless. */
final class SortedDay {

  private static final long LAST = LocalDate.of(9999, 12, 31).toEpochDay();
  private static final long SECONDS = 86_400;
  private static final String AFTER_DIGITS = ":";

  private SortedDay() {}

  /**
   * A time that is not behind any of the days into which a part of a cursor is sorted, nor before
   * another; empty if it is sorted before that or behind all days.
   */
  static Optional<Instant> of(Object time, Instant from) {
    if (time instanceof Instant readable) {
      return Optional.of(readable);
    }
    long low = Math.floorDiv(from.getEpochSecond(), SECONDS);
    Object standing = KeyCell.bound(time);
    String text = standing instanceof byte[] ? "" : standing.toString();
    if (text.compareTo(spelled(low)) < 0 || text.compareTo(AFTER_DIGITS) >= 0) {
      return Optional.empty();
    }
    long high = LAST;
    while (low < high) {
      long middle = Math.floorDiv(low + high + 1, 2L);
      if (spelled(middle).compareTo(text) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    Instant before = Instant.ofEpochSecond((low - 1) * SECONDS); // whatever its zone
    return Optional.of(before.isBefore(from) ? from : before);
  }

  private static String spelled(long day) {
    return LocalDate.ofEpochDay(day).toString();
  }
}
