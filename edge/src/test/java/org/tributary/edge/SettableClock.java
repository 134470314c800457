package org.tributary.edge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Stands still until it is told the time. Thread-safe. */
final class SettableClock extends Clock {

  static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  private volatile Instant now = NOON;

  synchronized void advance(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("Time is UTC here");
  }
}
