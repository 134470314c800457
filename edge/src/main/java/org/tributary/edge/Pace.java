package org.tributary.edge;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next push. A fleet must not arrive on the minute, and must not storm
 * a central that comes back, so every pause has a random part.
 */
final class Pace {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  // A slip in a proxy's settings must not silence a house for days.
  private static final Duration LONGEST_ASKED = Duration.ofHours(1);
  private static final double SPREAD = 0.1;

  private final Duration syncTime;
  private final RandomGenerator random;

  Pace(Duration syncTime, RandomGenerator random) {
    this.syncTime = syncTime;
    this.random = random;
  }

  /** The configured time, give or take a tenth. */
  Duration afterSuccess() {
    return scaled(syncTime, 1 - SPREAD + 2 * SPREAD * random.nextDouble());
  }

  /**
   * A pause that doubles with each failure up to the configured time, of which at least half is
   * waited.
   *
   * @param failures in a row, from 1
   * @param asked for by central, if it asked; an hour of it is granted
   */
  Duration afterFailure(int failures, Optional<Duration> asked) {
    int doublings = Math.min(failures - 1, 20);
    Duration longest = FIRST_PAUSE.multipliedBy(1L << doublings);
    Duration bounded = longest.compareTo(syncTime) < 0 ? longest : syncTime;
    Duration pause = scaled(bounded, 0.5 + 0.5 * random.nextDouble());
    return asked
        .map(least -> least.compareTo(LONGEST_ASKED) < 0 ? least : LONGEST_ASKED)
        .filter(least -> least.compareTo(pause) > 0)
        .map(least -> least.plus(scaled(least, SPREAD * random.nextDouble())))
        .orElse(pause);
  }

  private static Duration scaled(Duration duration, double factor) {
    return Duration.ofMillis((long) (duration.toMillis() * factor));
  }
}
