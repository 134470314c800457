package org.tributary.cli.terminal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Progress as a line now and then: for logs and pipes. */
final class TellingProgress implements Progress {

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Screen screen;
  private final Clock clock;
  private final String unit;
  private final long total;
  private final Instant begun;
  private Instant told;
  private long done;

  TellingProgress(Screen screen, Clock clock, String unit, long total) {
    this.screen = screen;
    this.clock = clock;
    this.unit = unit;
    this.total = total;
    this.begun = clock.instant();
    this.told = begun;
  }

  @Override
  public synchronized void advance(long count) {
    done += count;
    Instant now = clock.instant();
    if (Duration.between(told, now).compareTo(PAUSE) >= 0) {
      told = now;
      screen.say("  " + Progress.words(unit, done, total, Duration.between(begun, now)));
    }
  }

  @Override
  public void close() {
    // What was told stays.
  }
}
