package org.tributary.edge;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;

/**
 * Keeps a few batches on their way at once: while central stores one, the next is read, encoded and
 * sent. Answers are taken in the order of sending. Not thread-safe.
 */
final class Pipeline {

  static final int DEPTH = 2;

  /** What to do with an answer. */
  interface Answered {
    void accept(Batch batch, Ack ack, Duration elapsed) throws IOException;
  }

  private record Reply(Ack ack, Duration elapsed) {}

  private record InFlight(Batch batch, Future<Reply> reply) {}

  private final Transport transport;
  private final ExecutorService senders;
  private final Clock clock;
  private final Answered answered;
  private final Deque<InFlight> inFlight = new ArrayDeque<>();

  Pipeline(Transport transport, ExecutorService senders, Clock clock, Answered answered) {
    this.transport = transport;
    this.senders = senders;
    this.clock = clock;
    this.answered = answered;
  }

  /** Sends a batch; waits for the oldest answer first if as many are on their way as may be. */
  void send(Batch batch) throws IOException, RefusedException {
    if (inFlight.size() == transport.inFlight()) {
      settleOldest();
    }
    inFlight.add(new InFlight(batch, senders.submit(() -> sendAndTime(batch))));
  }

  /** Waits for all answers. */
  void drain() throws IOException, RefusedException {
    while (!inFlight.isEmpty()) {
      settleOldest();
    }
  }

  /** After a failure: lets what is on its way come to its end, whatever that is. */
  void abandon() {
    while (!inFlight.isEmpty()) {
      try {
        inFlight.remove().reply().get();
      } catch (ExecutionException e) {
        // The first failure is already being told; central has the rows or will get them again.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        inFlight.clear();
      }
    }
  }

  private Reply sendAndTime(Batch batch) throws IOException, RefusedException {
    Instant begun = clock.instant();
    Ack ack = transport.send(batch);
    return new Reply(ack, BatchSize.elapsed(begun, clock.instant(), ack));
  }

  private void settleOldest() throws IOException, RefusedException {
    InFlight oldest = inFlight.remove();
    Reply reply = await(oldest);
    answered.accept(oldest.batch(), reply.ack(), reply.elapsed());
  }

  private static Reply await(InFlight sent) throws IOException, RefusedException {
    try {
      return sent.reply().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for an answer", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof RefusedException refusal) {
        throw refusal;
      }
      throw new IllegalStateException("Sending failed", e.getCause());
    }
  }
}
