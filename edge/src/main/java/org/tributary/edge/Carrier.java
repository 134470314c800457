package org.tributary.edge;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import org.tributary.edge.http.LaterException;
import org.tributary.store.Counted;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;

/**
 * Carries batches to central: while it stores one, the next is read, encoded and sent. How many
 * rows a batch has follows what the way and central bear. Not thread-safe.
 */
final class Carrier implements Carrying {

  /** What to do with an answer. */
  interface Answered {
    void accept(Batch batch, Ack ack) throws IOException;
  }

  private final Transport transport;
  private final ExecutorService senders;
  private final Clock clock;
  private final BatchSize batchSize;
  private final Answered answered;

  Carrier(
      Transport transport,
      ExecutorService senders,
      Clock clock,
      BatchSize batchSize,
      Answered answered) {
    this.transport = transport;
    this.senders = senders;
    this.clock = clock;
    this.batchSize = batchSize;
    this.answered = answered;
  }

  @Override
  public Ack send(Batch batch) throws IOException, RefusedException {
    Instant begun = clock.instant();
    Ack ack = transport.send(batch);
    batchSize.answeredAfter(BatchSize.elapsed(begun, clock.instant(), ack));
    answered.accept(batch, ack);
    return ack;
  }

  @Override
  public void carry(Batches batches, BooleanSupplier stop) throws IOException, RefusedException {
    Pipeline pipeline =
        new Pipeline(
            transport,
            senders,
            clock,
            (batch, ack, elapsed) -> {
              batchSize.answeredAfter(elapsed);
              answered.accept(batch, ack);
              batches.answered(batch, ack);
            });
    try {
      while (!stop.getAsBoolean()) {
        Optional<Batch> batch = batches.next(batchSize.rows());
        if (batch.isEmpty()) {
          break;
        }
        if (!batch.get().isEmpty()) {
          pipeline.send(batch.get());
        }
      }
      pipeline.drain();
    } catch (OutOfMemoryError e) {
      int rows = batchSize.rows();
      batchSize.tooLarge();
      throw new IOException(
          "There is not enough memory for %s of %s at once; the next try takes fewer"
              .formatted(Counted.rows(rows), batches.table()),
          e);
    } catch (BatchTooLargeException e) {
      if (batchSize.isOneRow()) {
        throw e;
      }
      batchSize.tooLarge();
      throw new IOException("Central takes fewer rows at once; the next try sends fewer", e);
    } catch (LaterException e) {
      if (e.retryAfter().isEmpty()) {
        batchSize.shrink();
      } // else central is busy, whatever the size
      throw e;
    } catch (IOException | RefusedException e) {
      batchSize.shrink();
      throw e;
    } finally {
      pipeline.abandon(); // after a failure something may still be on its way
    }
  }
}
