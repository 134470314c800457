package org.tributary.store.ingest;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.tributary.wire.SetAsideRow;

/**
 * What became of a row that was tried again.
 *
 * @param stays why it is still set aside; empty if it has been stored
 */
public record Retried(SetAsideRow row, Optional<String> stays) {
  public Retried {
    requireNonNull(row);
    requireNonNull(stays);
  }
}
