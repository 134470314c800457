package org.tributary.store.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * Energy from readings in watts: the mean of every five minutes counts for them, and where there is
 * no reading, the mean before goes on for a day at most.
 */
final class PowerMeter implements Meter {

  private static final long STEP_SECONDS = 300;
  private static final long MOST_CARRIED = 288;

  private final ChronoUnit unit;
  private final Map<Instant, Double> used = new TreeMap<>();
  private long step;
  private double sum;
  private int readings;

  PowerMeter(ChronoUnit unit) {
    this.unit = unit;
  }

  @Override
  public void read(Instant time, double watts) {
    long now = Math.floorDiv(time.getEpochSecond(), STEP_SECONDS);
    if (readings > 0 && now != step) {
      double mean = sum / readings;
      for (long each = step; each < now && each <= step + MOST_CARRIED; each++) {
        add(each, mean);
      }
      sum = 0;
      readings = 0;
    }
    step = now;
    sum += watts;
    readings++;
  }

  @Override
  public Map<Instant, Double> end() {
    if (readings > 0) {
      add(step, sum / readings);
      readings = 0;
    }
    return used;
  }

  private void add(long at, double watts) {
    Instant begin = Span.beginOf(Instant.ofEpochSecond(at * STEP_SECONDS), unit);
    used.merge(begin, watts / 1_000 * STEP_SECONDS / 3_600, Double::sum);
  }
}
