package org.tributary.store.ingest;

import static java.util.Objects.requireNonNull;

import org.tributary.wire.GatewayId;

/**
 * A gateway that has greeted.
 *
 * @param key its number in our own tables
 */
record Gateway(int key, GatewayId id) {
  Gateway {
    requireNonNull(id);
  }
}
