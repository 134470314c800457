package org.tributary.edge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Stands still until it is moved, and goes wrong when told. Not thread-safe. */
final class SettableClock extends Clock {

  private final Clock truth;
  private Duration moved = Duration.ZERO;

  private SettableClock(Clock truth) {
    this.truth = truth;
  }

  static SettableClock at(Instant start) {
    return new SettableClock(Clock.fixed(start, ZoneOffset.UTC));
  }

  /** Another machine's clock, which goes with this one until it is wrong. */
  SettableClock another() {
    return new SettableClock(this);
  }

  void advance(Duration duration) {
    moved = moved.plus(duration);
  }

  /** So far ahead of the truth from now on, or behind it if negative. */
  void wrongBy(Duration error) {
    moved = error;
  }

  void setRight() {
    moved = Duration.ZERO;
  }

  @Override
  public Instant instant() {
    return truth.instant().plus(moved);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
