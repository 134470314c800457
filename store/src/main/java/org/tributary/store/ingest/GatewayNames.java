package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tributary.wire.GatewayId;
import org.tributary.wire.GatewayStatus;

/** The names by which gateways are known at central. Stateless; for its caller's transaction. */
record GatewayNames(Gateways gateways) {

  private static final String NOBODY =
      "no gateway has ever pushed to this database: it is a gateway's own, or a central's that is"
          + " new; --db names central's";

  /** All that have ever greeted. */
  List<GatewayId> all(Connection connection) throws SQLException {
    return gateways.all(connection, Instant.EPOCH).stream().map(GatewayStatus::gateway).toList();
  }

  /**
   * The gateway of a name.
   *
   * @throws Stop if none ever greeted by it, with those that did
   */
  Gateway require(Connection connection, GatewayId id) throws SQLException {
    Optional<Gateway> gateway = gateways.find(connection, id);
    if (gateway.isEmpty()) {
      throw new Stop(unknown(id, all(connection)));
    }
    return gateway.get();
  }

  /**
   * Looks whether any gateway is known.
   *
   * @throws Stop if none is: then it may be another database than was meant
   */
  void requireAny(Connection connection) throws SQLException {
    if (all(connection).isEmpty()) {
      throw new Stop(NOBODY);
    }
  }

  private static String unknown(GatewayId id, List<GatewayId> known) {
    return known.isEmpty()
        ? NOBODY
        : "central knows no gateway %s; it knows: %s"
            .formatted(id, known.stream().map(GatewayId::value).collect(Collectors.joining(", ")));
  }
}
