package org.tributary.cli.datagen;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.tributary.store.StoreException;

/** Adds a sample every so often, on time however long the last one took. */
public final class LiveFeed {

  /** What is done each time. */
  @FunctionalInterface
  public interface Beat {
    void at(Instant time) throws StoreException;
  }

  private final Clock clock;
  private final Pause pause;
  private final Duration gap;

  public LiveFeed(Clock clock, Pause pause, Duration gap) {
    this.clock = clock;
    this.pause = pause;
    this.gap = gap;
  }

  /** Goes on until so many beats were made, or the pause says that it is over. */
  public void run(long beats, Beat beat) throws StoreException, InterruptedException {
    Instant due = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    for (long made = 0; made < beats; made++) {
      if (!pause.until(due)) {
        return;
      }
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      beat.at(now);
      due = due.plus(gap);
      if (due.isBefore(now)) { // the machine slept; it must not catch up at a gallop
        due = now.plus(gap);
      }
    }
  }
}
