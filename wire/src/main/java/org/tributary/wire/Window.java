package org.tributary.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a series: so many whole hours of one node, or of all nodes of a gateway. Days are
 * those of UTC.
 *
 * @param node the id of the node; null for all that the gateway has
 * @param hour when it begins, in hours since 1970 UTC
 * @param hours how long it is
 */
public record Window(@Nullable Long node, long hour, int hours) implements Comparable<Window> {

  public static final int DAY = 24;

  /** Hours from 1970 within which windows are taken from others: some 11,000 years. */
  static final long FARTHEST = 100_000_000L;

  private static final long MICROS_PER_HOUR = 3_600_000_000L;
  private static final Comparator<Window> ORDER =
      Comparator.comparingLong(Window::hour)
          .thenComparingInt(Window::hours)
          .thenComparing(Window::node, Comparator.nullsFirst(Comparator.naturalOrder()));

  public Window {
    if (hours < 1) {
      throw new IllegalArgumentException("A window of " + hours + " hours");
    }
  }

  /** All nodes' rows of the day that a time falls into. */
  public static Window dayOf(Instant time) {
    return new Window(null, dayOfHour(hourOf(time)), DAY);
  }

  /** The first hour of the day that an hour is of. */
  public static long dayOfHour(long hour) {
    return hour - Math.floorMod(hour, DAY);
  }

  /** All nodes' rows of so many days. */
  public static Window days(Instant from, int count) {
    return new Window(null, dayOf(from).hour(), count * DAY);
  }

  /** Its days, newest first, if it consists of whole ones. */
  public List<Window> days() {
    return IntStream.range(0, hours / DAY)
        .mapToObj(back -> new Window(node, endHour() - (back + 1L) * DAY, DAY))
        .toList();
  }

  /** Whether a day begins with that hour, and one that may come from others. */
  static boolean isFirstOfADay(long hour) {
    return hour % DAY == 0 && hour >= -FARTHEST && hour <= FARTHEST;
  }

  public static long hourOf(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), 3_600L);
  }

  public static long hourOfMicros(long micros) {
    return Math.floorDiv(micros, MICROS_PER_HOUR);
  }

  public Window of(long oneNode) {
    return new Window(oneNode, hour, hours);
  }

  /** Its first microsecond. */
  public long fromMicros() {
    return hour * MICROS_PER_HOUR;
  }

  /** The first microsecond behind it. */
  public long toMicros() {
    return endHour() * MICROS_PER_HOUR;
  }

  public long endHour() {
    return hour + hours;
  }

  public Instant from() {
    return Instant.EPOCH.plus(Duration.ofHours(hour));
  }

  public Instant to() {
    return Instant.EPOCH.plus(Duration.ofHours(endHour()));
  }

  @Override
  public int compareTo(Window other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return from() + " to " + to() + (node == null ? "" : " of node " + node);
  }
}
