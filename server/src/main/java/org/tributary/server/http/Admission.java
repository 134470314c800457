package org.tributary.server.http;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Lets no more gateways in at once than central can serve. A few others wait for a place; the rest
 * are told when to come again, spread over the time that serving them takes, instead of all waiting
 * until they give up. Those that are let in are told how long to pause while it is crowded.
 * Thread-safe.
 */
public final class Admission {

  private static final int LONGEST_SECONDS = 60;
  private static final double LONGEST_PAUSE_MILLIS = 5_000;

  /** How much one more request says of how long they take. */
  private static final double WEIGHT = 0.05;

  /** Whoever was sent away is back after about that long. */
  private static final double AWAY_MILLIS = 10_000;

  private final int atOnce;
  private final int maxBytes;
  private final Room room;
  private final Duration patience;
  private final Semaphore places;
  private final Semaphore waitingPlaces;
  private final Clock clock;
  private final RandomGenerator random;
  private int inside;
  private double meanMillis = 10;
  private double away;
  private long awayAsOf;

  /**
   * With nobody inside.
   *
   * @param atOnce how many requests are worked on at a time; twice as many may wait
   * @param maxBytes most that a body may have; it is here before its sender has a place
   * @param room for all bodies that are received and answered at a time
   * @param patience how long one waits for a place
   */
  public Admission(
      int atOnce, int maxBytes, Room room, Duration patience, Clock clock, RandomGenerator random) {
    this.atOnce = atOnce;
    this.maxBytes = maxBytes;
    this.room = room;
    this.patience = patience;
    this.places = new Semaphore(atOnce, true);
    this.waitingPlaces = new Semaphore(2 * atOnce);
    this.clock = clock;
    this.random = random;
  }

  /** The same endpoint, behind this door. */
  public Endpoint guarding(Endpoint endpoint) {
    return new Admitted(endpoint);
  }

  /** How long whoever is served now should wait before it sends more; nothing in quiet times. */
  public synchronized Duration pause() {
    if (inside * 2 <= atOnce) {
      return Duration.ZERO;
    }
    double share = (double) inside / atOnce;
    return Duration.ofMillis((long) Math.min(LONGEST_PAUSE_MILLIS, meanMillis * share));
  }

  /** Whether even those who would wait have no place. */
  private boolean isHopeless() {
    return places.availablePermits() == 0 && waitingPlaces.availablePermits() == 0;
  }

  /** Whether a place was had, at once or within one's patience. */
  private boolean isAdmitted() {
    if (places.tryAcquire()) {
      return true;
    }
    if (!waitingPlaces.tryAcquire()) {
      return false;
    }
    try {
      return places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // central stops
      return false;
    } finally {
      waitingPlaces.release();
    }
  }

  private synchronized void enter() {
    inside++;
  }

  /** After how many seconds one that is sent away is to come again. */
  private synchronized int comeAgain() {
    long now = clock.millis();
    double passed = Math.max(0, now - awayAsOf); // clocks jump
    away = away * Math.exp(-passed / AWAY_MILLIS) + 1;
    awayAsOf = now;
    double served = away * meanMillis / atOnce / 1_000;
    return 1 + (int) Math.min(LONGEST_SECONDS, random.nextDouble() * 2 * served);
  }

  private synchronized void leave(long millis) {
    inside--;
    meanMillis += WEIGHT * (Math.max(0, millis) - meanMillis);
  }

  private final class Admitted extends Guarded {
    Admitted(Endpoint endpoint) {
      super(endpoint);
    }

    @Override
    public Response answer(Request request) throws IOException {
      try (Room.Share share = room.share()) {
        return isHopeless() || !share.take(length(request))
            ? sentAway() // before its body is waited for
            : answerOf(request);
      }
    }

    /** As much as it says that it has, which the HTTP library holds it to; or all that it may. */
    private long length(Request request) {
      try {
        return request
            .header("Content-Length")
            .map(length -> Math.min(Long.parseLong(length.strip()), maxBytes))
            .orElse(request.header("Transfer-Encoding").isPresent() ? (long) maxBytes : 0L);
      } catch (NumberFormatException e) {
        return maxBytes;
      }
    }

    private Response answerOf(Request request) throws IOException {
      Request whole = request.whole(maxBytes); // slow senders have a thread, and no place
      if (!isAdmitted()) {
        return sentAway();
      }
      enter();
      long begun = clock.millis();
      try {
        return endpoint().answer(whole);
      } finally {
        leave(clock.millis() - begun);
        places.release();
      }
    }

    private Response sentAway() {
      return Response.later(
          crowdedStatus(),
          "Busy",
          "Central serves as many gateways as it can at once; this one has its turn later",
          comeAgain());
    }
  }
}
