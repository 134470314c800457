package org.tributary.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.tributary.wire.Window;

/**
 * Walks through the past of a series, newest day first, at such a pace that all of it is seen
 * within a given time, and then again. Where it has come to outlives the process; without that it
 * begins anywhere. Not thread-safe.
 */
final class Sweep {

  private final Duration turn;
  private final RandomGenerator random;
  private Optional<Place> place;
  private Optional<Place> next = Optional.empty();

  /**
   * Where a sweep has come to.
   *
   * @param hour the first hour of the day that comes next
   * @param due days that should have been seen by then, and have not
   * @param asOf when that was so
   */
  record Place(long hour, double due, Instant asOf) {

    /** As {@link #parse} reads it. */
    String written() {
      return hour + " " + due + " " + asOf;
    }

    /**
     * What {@link #written} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     * @throws java.time.format.DateTimeParseException if its time is none
     */
    static Place parse(String text) {
      String[] parts = text.strip().split(" ", -1);
      if (parts.length != 3) {
        throw new IllegalArgumentException("No place of a sweep: " + text);
      }
      double due = Double.parseDouble(parts[1]);
      if (!(due >= 0)) {
        throw new IllegalArgumentException("No number of days: " + text);
      }
      return new Place(Long.parseLong(parts[0]), due, Instant.parse(parts[2]));
    }
  }

  /**
   * A sweep.
   *
   * @param turn within which all is to be seen
   * @param place where an earlier process has come to, if that is known
   */
  Sweep(Duration turn, RandomGenerator random, Optional<Place> place) {
    this.turn = turn;
    this.random = random;
    this.place = place;
  }

  /**
   * The stretch that is due now, if one is; the same again until it is {@linkplain #seen}.
   *
   * @param oldest when the series begins
   * @param newest the day at which each turn begins
   * @param pause from one call to the next, as long as nothing is known of the call before
   */
  Optional<Window> next(Instant oldest, Window newest, Instant now, Duration pause) {
    long first = Window.dayOf(oldest).hour();
    long days = (newest.endHour() - first) / Window.DAY;
    if (days < 1) {
      return Optional.empty();
    }
    Place from = place.orElseGet(() -> anywhere(newest, days, now.minus(pause)));
    place = Optional.of(from);
    double passed = Duration.between(from.asOf(), now).toMillis();
    double share = Math.max(0.0, passed / turn.toMillis()); // clocks jump
    double due = Math.min((double) days, from.due() + days * share);
    long hour = from.hour() < first || from.hour() > newest.hour() ? newest.hour() : from.hour();
    long count = Math.min((long) due, (hour - first) / Window.DAY + 1);
    next = Optional.of(new Place(hour - count * Window.DAY, due - count, now));
    return count == 0
        ? Optional.empty()
        : Optional.of(new Window(null, hour - (count - 1) * Window.DAY, (int) count * Window.DAY));
  }

  private Place anywhere(Window newest, long days, Instant asOf) {
    return new Place(newest.hour() - Window.DAY * random.nextLong(days), random.nextDouble(), asOf);
  }

  /** What was due last has been compared; where the sweep is now, if it has begun. */
  Optional<Place> seen() {
    if (next.isPresent()) {
      place = next;
      next = Optional.empty();
    }
    return place;
  }
}
