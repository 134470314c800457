package org.tributary.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.tributary.wire.Window;

/**
 * Walks through the past of a series, newest day first: once as soon as it can, so that central
 * knows of every day what the gateway has of it, and from then on at such a pace that all of it is
 * seen within a given time, again and again. Where it has come to outlives the process; without
 * that it begins anew. Not thread-safe.
 */
final class Sweep {

  private final Duration turn;
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
  Sweep(Duration turn, Optional<Place> place) {
    this.turn = turn;
    this.place = place;
  }

  /**
   * The days that are due now, newest first, {@value Portions#OF_ROWS} at most; the same again
   * until they are {@linkplain #seen}.
   *
   * @param oldest when the series begins
   * @param newest the day at which each turn begins
   */
  List<Window> next(Instant oldest, Window newest, Instant now) {
    long first = Window.dayOf(oldest).hour();
    long days = (newest.endHour() - first) / Window.DAY;
    if (days < 1) {
      return List.of();
    }
    Place from = place.orElseGet(() -> new Place(newest.hour(), days, now));
    place = Optional.of(from);
    double passed = Duration.between(from.asOf(), now).toMillis();
    double share = Math.max(0.0, passed / turn.toMillis()); // clocks jump
    double due = Math.min((double) days, from.due() + days * share);
    long hour = from.hour() < first || from.hour() > newest.hour() ? newest.hour() : from.hour();
    long left = (hour - first) / Window.DAY + 1;
    int count = (int) Math.min(Math.min((long) due, left), Portions.OF_ROWS);
    next = Optional.of(new Place(hour - (long) count * Window.DAY, due - count, now));
    return LongStream.range(0, count)
        .mapToObj(back -> new Window(null, hour - back * Window.DAY, Window.DAY))
        .toList();
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
