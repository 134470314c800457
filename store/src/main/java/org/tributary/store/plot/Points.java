package org.tributary.store.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tributary.store.report.Span;
import org.tributary.wire.Micros;

/**
 * Gathers the readings of one sensor in the order of time: as they are while they are few, and at
 * the same time within equal stretches, so that any number of them takes the same memory. Not
 * thread-safe.
 */
final class Points {

  private static final double MICROS = 1e6;

  private final int max;
  private final long from;
  private final long until;
  private final long[] counts;
  private final double[] sums;
  private final double[] least;
  private final double[] greatest;
  private final boolean[] breaks;
  private final List<Double> rawTimes = new ArrayList<>();
  private final List<Double> rawValues = new ArrayList<>();
  private long readings;
  private int lastStretch = -1;
  private long lastTime = Long.MIN_VALUE;
  private boolean isBroken;
  private Optional<Double> last = Optional.empty();

  /**
   * @param max how many readings are given one by one, and into how many stretches more are put
   */
  Points(Span span, int max) {
    this.max = max;
    this.from = Micros.of(span.from());
    this.until = Micros.of(span.until());
    this.counts = new long[max];
    this.sums = new double[max];
    this.least = new double[max];
    this.greatest = new double[max];
    this.breaks = new boolean[max];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
  }

  /** The line breaks before the next reading. */
  void endPiece() {
    isBroken = true;
  }

  /**
   * A reading. One before or behind the span only leads the line to its edges.
   *
   * @param time in microseconds
   * @param value not finite for a reading that has none
   */
  void take(long time, double value) {
    boolean isWithin = time >= from && time < until;
    if (isWithin) {
      readings++;
    }
    if (rawTimes.size() <= 2 * max + 2) {
      takeAsItIs(time, value);
    }
    if (isWithin && Double.isFinite(value)) {
      last = Optional.of(value);
      takeIntoStretch(time, value);
    }
    lastTime = time;
    isBroken = !Double.isFinite(value);
  }

  private void takeAsItIs(long time, double value) {
    if (isBroken && lastTime != Long.MIN_VALUE) {
      rawTimes.add((lastTime + (time - lastTime) / 2) / MICROS);
      rawValues.add(Double.NaN);
    }
    rawTimes.add(time / MICROS);
    rawValues.add(value);
  }

  private void takeIntoStretch(long time, double value) {
    int stretch = (int) Math.min(max - 1L, (long) ((double) (time - from) / (until - from) * max));
    counts[stretch]++;
    sums[stretch] += value;
    least[stretch] = Math.min(least[stretch], value);
    greatest[stretch] = Math.max(greatest[stretch], value);
    breaks[stretch] |= isBroken && stretch > lastStretch && lastStretch >= 0;
    lastStretch = stretch;
  }

  long readings() {
    return readings;
  }

  /** Whether there are too many to give them one by one. */
  boolean isThinned() {
    return readings > max;
  }

  /** The line of them. */
  Line line(SensorId sensor, SensorKind kind, List<Line.Move> moves) {
    if (!isThinned()) {
      return new Line(
          sensor, kind, readings, false, rawTimes, rawValues, List.of(), List.of(), List.of(), last,
          moves);
    }
    Columns columns = new Columns();
    double width = (double) (until - from) / max;
    int before = -1;
    for (int i = 0; i < max; i++) {
      if (counts[i] > 0) {
        if (breaks[i]) {
          columns.addBreak((from + width * ((before + i) / 2.0 + 0.5)) / MICROS);
        }
        columns.add(
            (from + width * (i + 0.5)) / MICROS,
            Math.max(least[i], Math.min(greatest[i], sums[i] / counts[i])), // it is rounded
            least[i],
            greatest[i],
            counts[i]);
        before = i;
      }
    }
    return new Line(
        sensor,
        kind,
        readings,
        true,
        columns.times,
        columns.means,
        columns.least,
        columns.greatest,
        columns.counts,
        last,
        moves);
  }

  private static final class Columns {
    private final List<Double> times = new ArrayList<>();
    private final List<Double> means = new ArrayList<>();
    private final List<Double> least = new ArrayList<>();
    private final List<Double> greatest = new ArrayList<>();
    private final List<Long> counts = new ArrayList<>();

    void addBreak(double time) {
      add(time, Double.NaN, Double.NaN, Double.NaN, 0);
    }

    void add(double time, double mean, double low, double high, long count) {
      times.add(time);
      means.add(mean);
      least.add(low);
      greatest.add(high);
      counts.add(count);
    }
  }
}
