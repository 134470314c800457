package org.tributary.store.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * Energy from the pulses that a gas meter has counted: what was added in an hour or day since the
 * last count before it. A count that is lower than before began anew at 0.
 */
final class GasMeter implements Meter {

  /** A pulse is a hundredth of 2.83 cubic metres, corrected for temperature and pressure. */
  static final double KILOWATT_HOURS_A_PULSE = 2.83 / 100 * 1.02264 * 39.3 / 3.6;

  private final ChronoUnit unit;
  private final Map<Instant, Double> used = new TreeMap<>();
  private double last = Double.NaN;

  GasMeter(ChronoUnit unit) {
    this.unit = unit;
  }

  @Override
  public void read(Instant time, double count) {
    double pulses = 0;
    if (!Double.isNaN(last)) {
      pulses = count >= last ? count - last : count;
    }
    last = count;
    used.merge(Span.beginOf(time, unit), pulses * KILOWATT_HOURS_A_PULSE, Double::sum);
  }

  @Override
  public Map<Instant, Double> end() {
    return used;
  }
}
