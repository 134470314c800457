package org.tributary.edge;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A wish to stop, given once: asked between batches, and it ends every pause. Thread-safe. */
class StopSignal implements BooleanSupplier {

  private final CountDownLatch given = new CountDownLatch(1);

  void give() {
    given.countDown();
  }

  @Override
  public boolean getAsBoolean() {
    return given.getCount() == 0;
  }

  /** Waits that long, or until the signal is given. */
  void pause(Duration duration) {
    try {
      // Given meanwhile or not: the caller asks anyway.
      boolean unused = given.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      give();
    }
  }
}
