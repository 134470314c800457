package org.tributary.cli.datagen;

import java.time.Instant;

/**
 * An instant as a household counts.
 *
 * @param day since 1970; day 0 was a Thursday
 * @param hour of the day, with its fraction
 */
record Moment(long day, double hour) {

  private static final long SECONDS_A_DAY = 86_400;

  static Moment of(Instant time) {
    long second = time.getEpochSecond();
    return new Moment(
        Math.floorDiv(second, SECONDS_A_DAY), Math.floorMod(second, SECONDS_A_DAY) / 3_600.0);
  }

  boolean isWeekend() {
    return Math.floorMod(day + 3, 7) >= 5;
  }

  /** Whether it is that time of day; a span may go round midnight. */
  boolean isBetween(double from, double to) {
    return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
  }

  /** In days, with its fraction. */
  double days() {
    return day + hour / 24;
  }
}
