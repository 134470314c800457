package org.tributary.store.ingest;

import static java.util.Objects.requireNonNull;

import org.tributary.wire.CentralId;
import org.tributary.wire.LocalId;

/**
 * An entry of the mapping journal: one row at a gateway is one row at central.
 *
 * @param evidence why, in words
 * @param base the gateway's row when both sides last agreed, as JSON
 */
record Mapping(LocalId local, CentralId central, String evidence, String base) {
  Mapping {
    requireNonNull(local);
    requireNonNull(central);
    requireNonNull(evidence);
    requireNonNull(base);
  }
}
