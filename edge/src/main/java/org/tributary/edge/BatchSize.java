package org.tributary.edge;

import java.time.Duration;
import java.time.Instant;
import org.tributary.wire.Ack;

/**
 * How many rows to put into the next batch: more while answers come quickly, fewer after a failure,
 * so that a bad link still makes progress. Not thread-safe.
 */
final class BatchSize {

  static final int FIRST = 500;
  static final int MIN = 10;

  private static final Duration QUICK = Duration.ofSeconds(2);
  private static final Duration SLOW = Duration.ofSeconds(10);

  private int most;
  private int max;
  private int rows;

  /**
   * @param configured most rows that the configuration allows
   */
  BatchSize(int configured) {
    this.most = configured;
    this.max = configured;
    this.rows = Math.min(FIRST, configured);
  }

  int rows() {
    return rows;
  }

  /** Central says how many rows it takes at most. */
  void limitTo(int centralMax) {
    max = Math.min(most, centralMax);
    rows = Math.min(rows, max);
  }

  /**
   * How long an answer took, without what was waited for one's turn: smaller batches are no remedy
   * for a crowd, they make it larger.
   */
  static Duration elapsed(Instant begun, Instant answered, Ack ack) {
    return Duration.between(begun, answered).minus(ack.pause());
  }

  void answeredAfter(Duration elapsed) {
    if (elapsed.compareTo(QUICK) < 0) {
      rows = Math.min(max, rows * 2);
    } else if (elapsed.compareTo(SLOW) > 0) {
      shrink();
    }
  }

  /** So many rows are too large at once, and will be tomorrow. */
  void tooLarge() {
    rows = Math.max(1, rows / 2);
    most = rows;
    max = rows;
  }

  /** A batch was lost. */
  void shrink() {
    rows = Math.max(Math.min(MIN, max), rows / 2);
  }

  boolean isOneRow() {
    return rows == 1;
  }
}
