package org.tributary.store.ingest;

import static java.util.Objects.requireNonNull;

import org.tributary.wire.GatewayId;

/**
 * A gateway that has greeted.
 *
 * @param key its number in our own tables
 * @param isStopped whether nothing of its is taken until a person decides
 */
record Gateway(int key, GatewayId id, boolean isStopped) {
  Gateway {
    requireNonNull(id);
  }
}
