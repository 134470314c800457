package org.tributary.cli.datagen;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits by the clock, and ends the waiting when it is switched. Thread-safe. */
public final class StopSwitch implements Pause {

  private final Clock clock;
  private final CountDownLatch stopped = new CountDownLatch(1);

  public StopSwitch(Clock clock) {
    this.clock = clock;
  }

  /** Ends this wait and all later ones. */
  public void stop() {
    stopped.countDown();
  }

  @Override
  public boolean until(Instant time) throws InterruptedException {
    long millis = Math.max(0, Duration.between(clock.instant(), time).toMillis());
    return !stopped.await(millis, TimeUnit.MILLISECONDS);
  }
}
