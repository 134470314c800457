package org.tributary.edge;

import java.time.Duration;

/**
 * How many rows to put into the next batch: more while answers come quickly, fewer after a failure,
 * so that a bad link still makes progress. Not thread-safe.
 */
final class BatchSize {

  static final int FIRST = 500;
  static final int MIN = 10;

  private static final Duration QUICK = Duration.ofSeconds(2);
  private static final Duration SLOW = Duration.ofSeconds(10);

  private final int configured;
  private int max;
  private int rows;

  /**
   * @param configured most rows that the configuration allows
   */
  BatchSize(int configured) {
    this.configured = configured;
    this.max = configured;
    this.rows = Math.min(FIRST, configured);
  }

  int rows() {
    return rows;
  }

  /** Central says how many rows it takes at most. */
  void limitTo(int centralMax) {
    max = Math.min(configured, centralMax);
    rows = Math.min(rows, max);
  }

  void answeredAfter(Duration elapsed) {
    if (elapsed.compareTo(QUICK) < 0) {
      rows = Math.min(max, rows * 2);
    } else if (elapsed.compareTo(SLOW) > 0) {
      shrink();
    }
  }

  /** A batch was lost or was too large. */
  void shrink() {
    rows = Math.max(Math.min(MIN, max), rows / 2);
  }

  boolean canShrink() {
    return rows > Math.min(MIN, max);
  }
}
