package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.RowHash;
import org.tributary.wire.Tables;

/**
 * How central's rows look from one gateway: which nodes are its own, and what its locations are
 * called there. A location that it does not have is equal to none of its.
 */
final class GatewayView implements ToLongFunction<Long> {

  private final Set<Long> nodes;
  private final Map<Long, Long> localPlaces = new HashMap<>();

  private GatewayView(Set<Long> nodes, Map<Long, Long> places) {
    this.nodes = nodes;
    places.forEach((local, central) -> localPlaces.put(central, local));
  }

  static GatewayView of(Connection connection, Gateway gateway, MappingJournal journal)
      throws SQLException {
    return new GatewayView(
        new HashSet<>(journal.ids(connection, gateway, Tables.NODE.name()).values()),
        journal.ids(connection, gateway, Tables.LOCATION.name()));
  }

  /** The gateway's nodes; their ids are the same on both sides. */
  Set<Long> nodes() {
    return nodes;
  }

  /** What a place of central is called there; null if the gateway does not have it. */
  @Nullable Long localPlace(long central) {
    return localPlaces.get(central);
  }

  /** What a place of central makes of a sum of hashes, as this gateway tells it. */
  @Override
  public long applyAsLong(Long place) {
    Long local = localPlaces.get(place);
    return local == null ? RowHash.foreignFactor(place) : RowHash.factor(local);
  }
}
