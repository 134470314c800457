package org.tributary.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.tributary.wire.Window;

/**
 * Walks through the past of a series, newest day first, at such a pace that all of it is seen
 * within a given time, and then again. It begins anywhere, so that pushes that are started one by
 * one come everywhere as well. Not thread-safe.
 */
final class Sweep {

  private final Duration turn;
  private final RandomGenerator random;
  private double due;
  private long nextDay = Long.MIN_VALUE;
  private Optional<Instant> last = Optional.empty();

  /**
   * @param turn within which all is to be seen
   */
  Sweep(Duration turn, RandomGenerator random) {
    this.turn = turn;
    this.random = random;
    this.due = random.nextDouble(); // pushes started one by one never wait for a whole day
  }

  /**
   * The stretch that is due now, if one is.
   *
   * @param oldest when the series begins
   * @param newest the day at which each turn begins: the last days are compared in each cycle, but
   *     with what central has noted of them
   */
  Optional<Window> next(Instant oldest, Window newest, Instant now, Duration pause) {
    long first = Window.dayOf(oldest).hour();
    long days = (newest.endHour() - first) / Window.DAY;
    if (days < 1) {
      return Optional.empty();
    }
    if (nextDay == Long.MIN_VALUE) {
      nextDay = newest.hour() - Window.DAY * random.nextLong(days);
    }
    Duration elapsed = last.map(then -> Duration.between(then, now)).orElse(pause);
    last = Optional.of(now);
    double share = Math.max(0.0, (double) elapsed.toMillis() / turn.toMillis()); // clocks jump
    due = Math.min((double) days, due + (double) days * share);
    if (due < 1) {
      return Optional.empty();
    }
    if (nextDay < first || nextDay > newest.hour()) {
      nextDay = newest.hour();
    }
    long count = Math.min((long) due, (nextDay - first) / Window.DAY + 1);
    due -= count;
    Window window = new Window(null, nextDay - (count - 1) * Window.DAY, (int) count * Window.DAY);
    nextDay -= count * Window.DAY;
    return Optional.of(window);
  }
}
