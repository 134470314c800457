package org.tributary.server.http;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bodies that are on their way, in or out. Each keeps a thread until it is through, so there
 * are only so many: when one more comes, whoever has most of them loses the one that was waited for
 * longest, and where there is none such, those who have two already come again. So slow senders
 * with many keys don't keep the rest waiting, and a slow link that is nobody's flood goes on as
 * long as it likes. Thread-safe.
 */
final class Transfers {

  /** So many before anybody has to give way. */
  static final int MOST = 32;

  /** So many and not one more: no number of keys takes the threads of those at work. */
  static final int AT_ALL = 2 * MOST;

  /** What every caller may have while there is room at all: gateways of ours have two. */
  static final int ALWAYS_TAKEN = 2;

  /** Whoever is waited for less is not slow. */
  static final long SLOW_MILLIS = 5_000;

  /** The same while there are as many as there can be. */
  static final long SLOW_MILLIS_WHEN_FULL = 1_000;

  private final Clock clock;
  private final List<Transfer> running = new ArrayList<>();

  Transfers(Clock clock) {
    this.clock = clock;
  }

  /**
   * One more body that comes.
   *
   * @param who sends it
   * @param end breaks it off, from another thread
   * @throws CrowdedException if there are as many as may be, and this is not one of the sender's
   *     first
   */
  Transfer in(String who, Runnable end) throws CrowdedException {
    Transfer transfer = new Transfer(who, end);
    Optional<Transfer> givesWay = Optional.empty();
    synchronized (this) {
      long now = count();
      if (now >= MOST) {
        givesWay = slowest(who, now < AT_ALL ? SLOW_MILLIS : SLOW_MILLIS_WHEN_FULL);
        if (givesWay.isEmpty() && (now >= AT_ALL || of(who) >= ALWAYS_TAKEN)) {
          throw new CrowdedException(
              "Central waits for as many bodies as it can; this one has its turn later");
        }
      }
      givesWay.ifPresent(running::remove);
      running.add(transfer);
    }
    givesWay.ifPresent(Transfer::giveUp);
    return transfer;
  }

  /** One more answer that goes: it is let go always, and counts once its receiver is slow. */
  synchronized Transfer out(String who, Runnable end) {
    Transfer transfer = new Transfer(who, end);
    transfer.countsWhenSlow = true;
    running.add(transfer);
    return transfer;
  }

  private long count() {
    return running.stream().filter(this::counts).count();
  }

  private boolean counts(Transfer each) {
    return !each.countsWhenSlow || each.waitedMillis() >= SLOW_MILLIS;
  }

  private long of(String who) {
    return running.stream().filter(each -> each.who.equals(who)).filter(this::counts).count();
  }

  /** The sender's own count, and those of who has more; nobody gives way to who has as much. */
  private Optional<Transfer> slowest(String sender, long leastMillis) {
    long own = of(sender);
    return running.stream()
        .filter(each -> each.waitedMillis() >= leastMillis)
        .filter(each -> each.who.equals(sender) || of(each.who) > own)
        .max(
            Comparator.comparingLong((Transfer each) -> of(each.who))
                .thenComparingLong(Transfer::waitedMillis));
  }

  /** One body on its way. Whoever moves it tells when he waits; others may ask and end it. */
  final class Transfer implements AutoCloseable {
    private static final long NOT_NOW = Long.MIN_VALUE;

    private final String who;
    private final Runnable end;
    private boolean countsWhenSlow;
    private final AtomicLong waited = new AtomicLong();
    private volatile long since = NOT_NOW;
    private volatile boolean isGivenUp;

    private Transfer(String who, Runnable end) {
      this.who = who;
      this.end = end;
    }

    /** From now on the other end is waited for. */
    void waits() {
      since = clock.millis();
    }

    /**
     * The other end has sent or taken something.
     *
     * @param millis how long it was waited for
     */
    void moves(long millis) {
      waited.addAndGet(millis);
      since = NOT_NOW;
    }

    /** Whether others needed its thread. */
    boolean isGivenUp() {
      return isGivenUp;
    }

    private long waitedMillis() {
      long from = since;
      return waited.get() + (from == NOT_NOW ? 0 : Math.max(0, clock.millis() - from));
    }

    private void giveUp() {
      isGivenUp = true;
      end.run();
    }

    @Override
    public void close() {
      synchronized (Transfers.this) {
        running.remove(this);
      }
    }
  }
}
