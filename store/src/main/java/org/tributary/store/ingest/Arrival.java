package org.tributary.store.ingest;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.tributary.wire.Batch;

/**
 * A batch that has come in.
 *
 * @param bytes as it travelled; empty where nobody counted
 * @param at when it was unpacked
 */
record Arrival(Batch batch, Optional<Long> bytes, Instant at) {

  Arrival {
    requireNonNull(batch);
    requireNonNull(bytes);
    requireNonNull(at);
  }
}
