package org.tributary.cli.datagen;

import java.time.Instant;

/** Waits for a time to come. */
@FunctionalInterface
public interface Pause {

  /** Waits; false if there is nothing to wait for any more, because the work is to end. */
  boolean until(Instant time) throws InterruptedException;
}
