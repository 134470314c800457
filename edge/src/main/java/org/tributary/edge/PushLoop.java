package org.tributary.edge;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.edge.http.LaterException;

/**
 * Decides when to push to one remote: again after the configured time, sooner after a failure, and
 * with growing pauses while it lasts. A dead remote delays no other: each has a loop of its own.
 */
final class PushLoop implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(PushLoop.class);
  private static final int TRIES_WITHOUT_PROGRESS = 3;

  private final String remote;
  private final Pusher pusher;
  private final Pace pace;
  private final Outage outage;
  private final PushRecord record;
  private final StopSignal stop;

  PushLoop(
      String remote, Pusher pusher, Pace pace, Outage outage, PushRecord record, StopSignal stop) {
    this.remote = remote;
    this.pusher = pusher;
    this.pace = pace;
    this.outage = outage;
    this.record = record;
    this.stop = stop;
  }

  /** Pushes until it is told to stop. */
  @Override
  public void run() {
    while (!stop.getAsBoolean()) {
      PushOutcome outcome = once();
      if (!goesOnAtOnce(outcome)) {
        rest(outcome);
      }
    }
  }

  /**
   * Pushes until all is delivered, trying again after failures as long as something gets through.
   *
   * @return the last outcome; a failure only if several tries in a row got nothing through
   */
  PushOutcome untilDelivered() {
    long start = record.rowsSent();
    int fruitless = 0;
    while (true) {
      long before = record.rowsSent();
      PushOutcome outcome = once().after(before - start);
      boolean more = goesOnAtOnce(outcome) && record.rowsSent() > before;
      if (stop.getAsBoolean() || (outcome instanceof PushOutcome.Done && !more)) {
        return outcome;
      }
      if (more) {
        continue;
      }
      fruitless = record.rowsSent() > before ? 0 : fruitless + 1;
      if (fruitless == TRIES_WITHOUT_PROGRESS) {
        return outcome.after(record.rowsSent() - start);
      }
      rest(outcome);
    }
  }

  private void rest(PushOutcome outcome) {
    Duration pause = pauseAfter(outcome);
    record.rests(pause);
    stop.pause(pause);
  }

  /** While older rows are left, new ones only have their turn in between. */
  private static boolean goesOnAtOnce(PushOutcome outcome) {
    return outcome instanceof PushOutcome.Done done && done.result().healed().backlog();
  }

  private Duration pauseAfter(PushOutcome outcome) {
    return outcome instanceof PushOutcome.Failed failed
        ? pace.afterFailure(outage.failures(), failed.retryAfter())
        : pace.afterSuccess();
  }

  private PushOutcome once() {
    try {
      PushResult result = pusher.pushAll(stop);
      outage.succeeded();
      record.pushed(result);
      log.info("{}: {}", remote, PushWords.of(result));
      return new PushOutcome.Done(result);
    } catch (IOException | RefusedException e) {
      outage.failed(e);
      record.failed(e);
      Optional<Duration> retryAfter =
          e instanceof LaterException later ? later.retryAfter() : Optional.empty();
      return new PushOutcome.Failed(e, retryAfter);
    } catch (RuntimeException | Error e) {
      // A defect of ours: the loop must outlive it, and its trace must reach the log.
      log.error("{}: an unexpected failure; the next push tries again", remote, e);
      IllegalStateException failure = new IllegalStateException("An unexpected failure: " + e, e);
      outage.failed(failure);
      record.failed(failure);
      return new PushOutcome.Failed(failure, Optional.empty());
    }
  }
}
