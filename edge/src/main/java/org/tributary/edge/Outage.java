package org.tributary.edge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.store.DurationWords;

/** Says once that a remote is down and once that it is back, however often it was tried. */
final class Outage {

  private final String remote;
  private final Clock clock;
  private final Logger log;
  private @Nullable Instant since;
  private int failures;

  Outage(String remote, Clock clock) {
    this(remote, clock, LoggerFactory.getLogger(Outage.class));
  }

  Outage(String remote, Clock clock, Logger log) {
    this.remote = remote;
    this.clock = clock;
    this.log = log;
  }

  void failed(Exception failure) {
    failures++;
    if (since == null) {
      since = clock.instant();
      log.warn(
          "{}: {}. Nothing is lost; trying again with growing pauses.",
          remote,
          failure.getMessage());
    } else {
      log.debug("{}: still failing ({} times): {}", remote, failures, failure.getMessage());
    }
  }

  void succeeded() {
    Instant begun = since;
    if (begun != null) {
      log.info(
          "{}: back after {} and {} failed {}.",
          remote,
          DurationWords.brief(Duration.between(begun, clock.instant())),
          failures,
          failures == 1 ? "try" : "tries");
      since = null;
      failures = 0;
    }
  }

  /** Failures since the last success. */
  int failures() {
    return failures;
  }
}
