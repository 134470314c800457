package org.tributary.store.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How fast what gateways left behind is getting less, as it was seen from one look to the next.
 * Nothing of it is kept from one start to the next. Thread-safe.
 */
final class Progress {

  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final Duration APART = Duration.ofMinutes(1);

  /** Two of them give a speed, but no range. */
  private static final int ENOUGH_LOOKS = 3;

  private record Look(Instant at, double left) {}

  private final Map<Long, Deque<Look>> looks = new ConcurrentHashMap<>();

  /**
   * Notes how much is left, and says how long that will take.
   *
   * @param left in any unit, the same from look to look; 0 if nothing is
   * @return empty if too little was seen, or what is left did not get less
   */
  Optional<TimeLeft> noted(long gateway, double left, Instant now) {
    if (left <= 0) {
      looks.remove(gateway);
      return Optional.empty();
    }
    Deque<Look> its = looks.computeIfAbsent(gateway, key -> new ArrayDeque<>());
    synchronized (its) {
      // What is left has grown: another stretch was left behind, and another count begins.
      if (!its.isEmpty() && its.getLast().left() < left) {
        its.clear();
      }
      while (!its.isEmpty() && its.getFirst().at().isBefore(now.minus(REMEMBERED))) {
        its.removeFirst();
      }
      if (its.isEmpty() || !its.getLast().at().plus(APART).isAfter(now)) {
        its.addLast(new Look(now, left));
      }
      return timeLeft(its, left);
    }
  }

  private static Optional<TimeLeft> timeLeft(Deque<Look> looks, double left) {
    if (looks.size() < ENOUGH_LOOKS) {
      return Optional.empty();
    }
    double slowest = Double.MAX_VALUE;
    double fastest = 0;
    Look before = looks.getFirst();
    for (Look look : looks) {
      if (look.left() < before.left()) {
        double perSecond =
            (before.left() - look.left()) / Duration.between(before.at(), look.at()).toSeconds();
        slowest = Math.min(slowest, perSecond);
        fastest = Math.max(fastest, perSecond);
        before = look;
      }
    }
    if (fastest == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new TimeLeft(
            Duration.ofSeconds((long) (left / fastest)),
            Duration.ofSeconds((long) Math.ceil(left / slowest))));
  }
}
