package org.tributary.server.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes whoever guesses wait: after a few failures in a row twice as long with each. Remembers the
 * last ten thousand who failed. Thread-safe.
 */
final class Throttle {

  private static final int REMEMBERED = 10_000;
  private static final int LONGEST_SECONDS = 900;

  private final Clock clock;
  private final int free;
  private final Map<String, Failures> failures =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Failures(int count, Instant until) {}

  /**
   * @param free how many failures cost nothing
   */
  Throttle(Clock clock, int free) {
    this.clock = clock;
    this.free = free;
  }

  /** How long somebody has to wait before he may try again; zero if he need not. */
  synchronized Duration wait(String who) {
    Failures its = failures.get(who);
    Instant now = clock.instant();
    return its == null || !its.until().isAfter(now)
        ? Duration.ZERO
        : Duration.between(now, its.until()).plusSeconds(1);
  }

  /** Somebody failed. */
  synchronized void failed(String who) {
    Failures before = failures.get(who);
    int count = before == null ? 1 : before.count() + 1;
    long seconds = count < free ? 0 : Math.min(LONGEST_SECONDS, 1L << Math.min(20, count - free));
    failures.put(who, new Failures(count, clock.instant().plusSeconds(seconds)));
  }

  /** Somebody succeeded. */
  synchronized void succeeded(String who) {
    failures.remove(who);
  }
}
