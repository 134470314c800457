package org.tributary.edge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How fast the last pushes were, each in rows a second, oldest first: by what they differed, so
 * will the next. Immutable.
 */
public record Rates(List<Double> rowsPerSecond) {

  static final Rates NONE = new Rates(List.of());

  /** Fewer rows say more of the way to central than of how much goes through it. */
  private static final long ENOUGH = 500;

  private static final int REMEMBERED = 5;

  /** How far the next push may be from the only one that is known. */
  private static final double UNSURE = 2;

  /** Rates, oldest first. */
  public Rates {
    rowsPerSecond = List.copyOf(rowsPerSecond);
  }

  /**
   * Between which times something will probably be done.
   *
   * @param longest no shorter than the other
   */
  public record Range(Duration shortest, Duration longest) {}

  /** With one more push, if it says enough. */
  Rates and(long rows, Duration took) {
    if (rows < ENOUGH) {
      return this;
    }
    List<Double> all = new ArrayList<>(rowsPerSecond);
    all.add(rows * 1e3 / Math.max(1, took.toMillis()));
    return new Rates(all.subList(Math.max(0, all.size() - REMEMBERED), all.size()));
  }

  /** How long so many rows will take; empty if no push has told. */
  Optional<Range> timeFor(long rows) {
    if (rowsPerSecond.isEmpty()) {
      return Optional.empty();
    }
    double slowest = rowsPerSecond.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    double fastest = rowsPerSecond.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    double unsure = rowsPerSecond.size() == 1 ? UNSURE : 1;
    return Optional.of(new Range(time(rows, fastest * unsure), time(rows, slowest / unsure)));
  }

  private static Duration time(long rows, double rate) {
    return Duration.ofSeconds((long) Math.ceil(rows / rate));
  }

  /** As {@link #parse} reads it. */
  String written() {
    return rowsPerSecond.stream()
        .map(rate -> String.valueOf(Math.max(1, Math.round(rate))))
        .collect(Collectors.joining(" "));
  }

  /**
   * What {@link #written} wrote.
   *
   * @throws NumberFormatException if it is something else
   */
  static Rates parse(String text) {
    return text.isBlank()
        ? NONE
        : new Rates(Arrays.stream(text.strip().split(" ")).map(Rates::rate).toList());
  }

  private static double rate(String text) {
    long rate = Long.parseLong(text);
    if (rate < 1) {
      throw new NumberFormatException("A rate of " + rate);
    }
    return rate;
  }
}
