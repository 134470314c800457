package org.tributary.store.plot;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is drawn of one sensor over a span: its readings, or, where they are more than can be seen,
 * what they are within equal stretches of time. Columns of equal length, by time. Where the line
 * breaks, because readings are missing by the sensor's rhythm or were taken elsewhere, stands a
 * time whose values are not finite.
 *
 * @param readings how many of the house there are within the span
 * @param isThinned whether a point stands for several readings
 * @param times in seconds since 1970 UTC; of a stretch its middle
 * @param values the reading's, or the mean of the stretch
 * @param least of the stretch; empty unless thinned
 * @param greatest of the stretch; empty unless thinned
 * @param counts how many readings the stretch has; empty unless thinned
 * @param last the value of the last reading within the span; empty if none has a value
 * @param moves where the node was taken elsewhere or came from there, by time
 */
public record Line(
    SensorId sensor,
    SensorKind kind,
    long readings,
    boolean isThinned,
    List<Double> times,
    List<Double> values,
    List<Double> least,
    List<Double> greatest,
    List<Long> counts,
    Optional<Double> last,
    List<Move> moves) {

  public Line {
    requireNonNull(sensor);
    requireNonNull(kind);
    times = List.copyOf(times);
    values = List.copyOf(values);
    least = List.copyOf(least);
    greatest = List.copyOf(greatest);
    counts = List.copyOf(counts);
    requireNonNull(last);
    moves = List.copyOf(moves);
  }

  /**
   * A node measured at another place than before.
   *
   * @param time of its first reading there
   * @param from and {@code to}: a room of the house, or what is known of any other place; empty
   *     where it had none
   */
  public record Move(long node, Instant time, Optional<String> from, Optional<String> to) {
    public Move {
      requireNonNull(time);
      requireNonNull(from);
      requireNonNull(to);
    }
  }
}
