package org.tributary.store.report;

import java.time.Instant;
import java.util.Map;

/** Makes energy out of what one meter reads, in order of time. Not thread-safe. */
interface Meter {

  void read(Instant time, double value);

  /** Kilowatt hours by the beginning of their hour or day. */
  Map<Instant, Double> end();
}
