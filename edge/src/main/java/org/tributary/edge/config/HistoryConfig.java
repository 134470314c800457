package org.tributary.edge.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How what was sent is looked after.
 *
 * @param sweep within which time all of the past is compared once
 * @param deletes what becomes of rows at central that this gateway has no longer
 * @param newestFirst how many rows of a series may wait that are older than a day, and still go in
 *     order; if there are more, the newest days go first
 */
public record HistoryConfig(Duration sweep, Deletes deletes, int newestFirst) {

  public static final HistoryConfig DEFAULT =
      new HistoryConfig(Duration.ofDays(7), Deletes.KEEP, 100_000);

  /** What becomes of rows at central that the gateway has no longer. */
  public enum Deletes {
    /** They stay: a gateway may tidy up. */
    KEEP,
    /** They are deleted there too, and central notes what they were. */
    MIRROR
  }

  public HistoryConfig {
    requireNonNull(sweep);
    requireNonNull(deletes);
    if (newestFirst < 0) {
      throw new IllegalArgumentException("Fewer rows than none: " + newestFirst);
    }
  }
}
