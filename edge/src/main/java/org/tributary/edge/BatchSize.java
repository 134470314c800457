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

  private static final int SLOW = 5; // times as long as what is quick

  /**
   * What suits a way.
   *
   * @param first how many rows to begin with
   * @param quick an answer within that time makes the next batch larger; one that takes five times
   *     as long makes it smaller
   */
  record Tempo(int first, Duration quick) {
    static final Tempo USUAL = new Tempo(FIRST, Duration.ofSeconds(2));
  }

  private final Duration quick;
  private int most;
  private int max;
  private int rows;

  /**
   * @param configured most rows that the configuration allows
   */
  BatchSize(int configured, Tempo tempo) {
    this.quick = tempo.quick();
    this.most = configured;
    this.max = configured;
    this.rows = Math.min(tempo.first(), configured);
  }

  /** For a way on which a batch is a request and an answer. */
  BatchSize(int configured) {
    this(configured, Tempo.USUAL);
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
    if (elapsed.compareTo(quick) < 0) {
      rows = Math.min(max, rows * 2);
    } else if (elapsed.compareTo(quick.multipliedBy(SLOW)) > 0) {
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
