package org.tributary.store.ingest;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tributary.store.Engine;
import org.tributary.store.TableWriter;
import org.tributary.wire.CentralId;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Houses that several gateways have, with nodes of the same numbers in them. By address and numbers
 * they are one house, which nobody has said: it may be two that look alike. Stateless; runs in its
 * caller's transaction.
 */
record SharedHouses(Engine engine) {

  /**
   * One that a gateway shares with another.
   *
   * @param shown what the house is known by
   * @param nodes the gateway's ids of the nodes that the other has too
   * @param mixed whether rows of series stand under these already
   */
  record Shared(
      GatewayId gateway,
      long local,
      long central,
      String shown,
      GatewayId other,
      List<Long> nodes,
      boolean mixed) {
    Shared {
      requireNonNull(gateway);
      requireNonNull(shown);
      requireNonNull(other);
      nodes = List.copyOf(nodes);
    }

    /** On what evidence it may be asked about, and what it is too late for. */
    String said() {
      return mixed ? evidence() + "; " + TOO_LATE : evidence();
    }

    /** On what evidence it may be asked about. */
    String evidence() {
      return "House %d (%s) is House %d at central, and it and its %s %s are also gateway %s's"
          .formatted(
              local,
              shown,
              central,
              nodes.size() == 1 ? "node" : "nodes",
              nodes.stream().map(String::valueOf).collect(Collectors.joining(", ")),
              other);
    }

    /**
     * What says that it is one house, and what, in this order, that it is two; not the latter where
     * it is too late for that.
     */
    List<Choice> choices() {
      List<Choice> choices = new ArrayList<>();
      choices.add(Choice.same(gateway, "House", String.valueOf(local), central));
      if (!mixed) {
        nodes.forEach(node -> choices.add(Choice.different(gateway, "Node", String.valueOf(node))));
        choices.add(Choice.different(gateway, "House", String.valueOf(local)));
      }
      return choices;
    }
  }

  /** Those of a gateway that another had before, as far as nobody has decided about them. */
  List<Shared> of(Connection connection, Gateway gateway) throws SQLException {
    String sql =
        ("""
        SELECT mine.local_id, mine.central_id, g.name, node.local_id
        FROM tributary_mapping mine
        JOIN tributary_mapping theirs
          ON theirs.table_name = mine.table_name AND theirs.central_id = mine.central_id
            AND theirs.gateway_id <> mine.gateway_id AND theirs.in_force
        JOIN tributary_gateway g ON g.id = theirs.gateway_id
        """
            + nodesOf("mine.gateway_id", "mine.central_id", "theirs.gateway_id")
            + """
                WHERE mine.gateway_id = ? AND mine.table_name = 'House' AND mine.in_force
                  AND (theirs.since < mine.since
                    OR (theirs.since = mine.since AND theirs.gateway_id < mine.gateway_id))
                  AND NOT EXISTS (
                    SELECT 1
                    FROM tributary_decision d
                    WHERE d.gateway_id = mine.gateway_id AND d.undone IS NULL
                      AND ((d.table_name = 'House' AND d.local_id = mine.local_id)
                        OR (d.table_name = 'Node' AND d.local_id = node.local_id)))
                ORDER BY mine.local_id, g.name, node.local_id
                """);
    Map<List<Object>, List<Long>> found = new LinkedHashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found
              .computeIfAbsent(
                  List.of(rows.getLong(1), rows.getLong(2), rows.getString(3)),
                  any -> new ArrayList<>())
              .add(rows.getLong(4));
        }
      }
    }
    List<Shared> all = new ArrayList<>();
    for (Map.Entry<List<Object>, List<Long>> each : found.entrySet()) {
      long central = (Long) each.getKey().get(1);
      all.add(
          new Shared(
              gateway.id(),
              (Long) each.getKey().get(0),
              central,
              Intake.shown(
                  new TableWriter(engine, Tables.HOUSE).byId(connection, central),
                  List.of("address")),
              new GatewayId((String) each.getKey().get(2)),
              each.getValue(),
              isMixed(connection, gateway, each.getValue())));
    }
    return all;
  }

  /** A gateway's nodes in a house of central that others have as well, and one who does. */
  Map<Long, GatewayId> nodesIn(Connection connection, Gateway gateway, CentralId house)
      throws SQLException {
    String sql =
        """
        SELECT node.local_id, g.name
        FROM tributary_gateway mine
        JOIN tributary_gateway g ON g.id <> mine.id
        """
            + nodesOf("mine.id", "?", "g.id")
            + """
            WHERE mine.id = ? AND NOT EXISTS (
              SELECT 1
              FROM tributary_decision d
              WHERE d.table_name = 'Node' AND d.verdict = 'MOVED' AND d.undone IS NULL
                AND d.central_id = node.central_id)
            """;
    Map<Long, GatewayId> nodes = new TreeMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, house.value());
      select.setInt(2, gateway.key());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          nodes.put(rows.getLong(1), new GatewayId(rows.getString(2)));
        }
      }
    }
    return nodes;
  }

  /**
   * Whether readings or node states stand under nodes that are two gateways': of these nobody at
   * central knows whose they are.
   */
  boolean isMixed(Connection connection, Gateway gateway, Collection<Long> nodes)
      throws SQLException {
    for (Table series : List.of(Tables.NODE_STATE, Tables.READING)) {
      String sql =
          """
          SELECT 1
          FROM %s
          WHERE %s IN (
            SELECT central_id
            FROM tributary_mapping
            WHERE gateway_id = ? AND table_name = 'Node' AND local_id IN (%s))
          LIMIT 1
          """
              .formatted(
                  engine.quote(series.name()),
                  engine.quote("nodeId"),
                  nodes.stream().map(String::valueOf).collect(Collectors.joining(", ")));
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setInt(1, gateway.key());
        try (ResultSet rows = select.executeQuery()) {
          if (rows.next()) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** What can be done where it is too late to tell nodes apart at central. */
  static final String TOO_LATE =
      "readings and node states stand under them already, and central can't tell any more whose"
          + " these are. If these are two houses, give this one another address and its nodes other"
          + " numbers at the gateway: it sends all its rows anew under those; what came before stays"
          + " where it is";

  /** Joins nodes that stand in a house and are two gateways'. */
  private String nodesOf(String gateway, String house, String other) {
    return """
        JOIN %s l ON l.%s = %s
        JOIN %s n ON n.%s = l.%s
        JOIN tributary_mapping node
          ON node.table_name = 'Node' AND node.central_id = n.%s AND node.gateway_id = %s
            AND node.in_force
        JOIN tributary_mapping its
          ON its.table_name = 'Node' AND its.central_id = n.%s AND its.gateway_id = %s
            AND its.in_force
        """
        .formatted(
            engine.quote(Tables.LOCATION.name()),
            engine.quote("houseId"),
            house,
            engine.quote(Tables.NODE.name()),
            engine.quote("locationId"),
            engine.quote("id"),
            engine.quote("id"),
            gateway,
            engine.quote("id"),
            other);
  }
}
