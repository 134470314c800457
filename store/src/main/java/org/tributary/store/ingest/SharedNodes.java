package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tributary.wire.Tables;

/** Nodes that several gateways have. Stateless; runs in its caller's transaction. */
record SharedNodes(MappingJournal journal) {

  private static final int IDS_AT_ONCE = 500;

  /**
   * Where other gateways have rows of nodes that this one has too: the places of each of them, by
   * node, in central's ids. Empty where no node is shared.
   */
  Map<Long, Set<Long>> places(Connection connection, Gateway gateway, Set<Long> nodes)
      throws SQLException {
    Map<Integer, Set<Long>> shared = byGateway(connection, gateway, nodes);
    Map<Long, Set<Long>> places = new HashMap<>();
    for (Map.Entry<Integer, Set<Long>> each : shared.entrySet()) {
      Gateway other = new Gateway(each.getKey(), gateway.id(), false);
      Set<Long> its = Set.copyOf(journal.ids(connection, other, Tables.LOCATION.name()).values());
      each.getValue()
          .forEach(node -> places.computeIfAbsent(node, any -> new HashSet<>()).addAll(its));
    }
    return places;
  }

  /** Those of some nodes of central that other gateways have. */
  static Set<Long> ofOthers(Connection connection, Gateway gateway, Set<Long> nodes)
      throws SQLException {
    Set<Long> all = new HashSet<>();
    byGateway(connection, gateway, nodes).values().forEach(all::addAll);
    return all;
  }

  /** Which of some nodes of central other gateways have, by the number of the gateway. */
  private static Map<Integer, Set<Long>> byGateway(
      Connection connection, Gateway gateway, Set<Long> rows) throws SQLException {
    Map<Integer, Set<Long>> shared = new HashMap<>();
    List<Long> all = List.copyOf(rows);
    for (int from = 0; from < all.size(); from += IDS_AT_ONCE) {
      List<Long> some = all.subList(from, Math.min(all.size(), from + IDS_AT_ONCE));
      String sql =
          """
          SELECT gateway_id, central_id
          FROM tributary_mapping
          WHERE table_name = ? AND central_id IN (%s) AND gateway_id <> ? AND in_force
          """
              .formatted(String.join(", ", Collections.nCopies(some.size(), "?")));
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setString(1, Tables.NODE.name());
        int index = 2;
        for (long id : some) {
          select.setLong(index++, id);
        }
        select.setInt(index, gateway.key());
        try (ResultSet found = select.executeQuery()) {
          while (found.next()) {
            shared.computeIfAbsent(found.getInt(1), any -> new HashSet<>()).add(found.getLong(2));
          }
        }
      }
    }
    return shared;
  }
}
