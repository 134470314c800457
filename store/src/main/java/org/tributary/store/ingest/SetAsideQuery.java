package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.SetAsideCount;
import org.tributary.wire.SetAsideRow;

/** Looks up rows that are set aside, or that were until somebody dropped them. Stateless. */
final class SetAsideQuery {

  private final SqlTimes times;

  SetAsideQuery(Engine engine) {
    this.times = new SqlTimes(engine);
  }

  /** How many there are, by gateway, table and rule. */
  List<SetAsideCount> counts(Connection connection, SetAsideFilter filter, long upToId)
      throws SQLException {
    String sql =
        """
        SELECT g.name, s.table_name, s.rule, COUNT(*)
        FROM tributary_setaside s
        JOIN tributary_gateway g ON g.id = s.gateway_id
        WHERE %s AND s.id <= ?
        GROUP BY g.name, s.table_name, s.rule
        ORDER BY g.name, s.table_name, s.rule
        """
            .formatted(filter.condition());
    List<SetAsideCount> counts = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(filter.bind(select, 1, times), upToId);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          counts.add(
              new SetAsideCount(
                  new GatewayId(found.getString(1)),
                  found.getString(2),
                  Rule.valueOf(found.getString(3)),
                  found.getLong(4)));
        }
      }
    }
    return counts;
  }

  /** How many rows of each table of a gateway there are. */
  Map<String, Long> byTable(Connection connection, Gateway gateway) throws SQLException {
    String sql =
        """
        SELECT table_name, COUNT(*)
        FROM tributary_setaside
        WHERE gateway_id = ?
        GROUP BY table_name
        """;
    Map<String, Long> counts = new TreeMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          counts.put(found.getString(1), found.getLong(2));
        }
      }
    }
    return counts;
  }

  /** How many rows of a gateway there are by each rule. */
  Map<Rule, Long> byRule(Connection connection, Gateway gateway) throws SQLException {
    String sql =
        """
        SELECT rule, COUNT(*)
        FROM tributary_setaside
        WHERE gateway_id = ?
        GROUP BY rule
        """;
    Map<Rule, Long> counts = new EnumMap<>(Rule.class);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          counts.put(Rule.valueOf(found.getString(1)), found.getLong(2));
        }
      }
    }
    return counts;
  }

  /** The number of the newest row that is set aside; 0 if there is none. */
  long newestId(Connection connection) throws SQLException {
    String sql = "SELECT COALESCE(MAX(id), 0) FROM tributary_setaside";
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet found = select.executeQuery()) {
      found.next();
      return found.getLong(1);
    }
  }

  /** Rows set aside with numbers after one and up to another, in the order of arrival. */
  List<SetAsideRow> page(
      Connection connection, SetAsideFilter filter, long afterId, long upToId, int max)
      throws SQLException {
    String sql =
        """
        SELECT s.id, g.name, s.table_name, s.row_key, s.rule, s.reason, s.row_time, s.since,
          s.content
        FROM tributary_setaside s
        JOIN tributary_gateway g ON g.id = s.gateway_id
        WHERE %s AND s.id > ? AND s.id <= ?
        ORDER BY s.id
        LIMIT %d
        """
            .formatted(filter.condition(), max);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int index = filter.bind(select, 1, times);
      select.setLong(index, afterId);
      select.setLong(index + 1, upToId);
      return rows(select, false);
    }
  }

  /** Rows that somebody dropped, in the order in which that was done. */
  List<SetAsideRow> dropped(Connection connection, SetAsideFilter filter, long afterId, int max)
      throws SQLException {
    String sql =
        """
        SELECT s.id, g.name, s.table_name, s.row_key, s.rule, s.reason, s.row_time, s.since,
          s.content, s.decided_by, s.decided
        FROM tributary_decided s
        JOIN tributary_gateway g ON g.id = s.gateway_id
        WHERE %s AND s.decision = 'DROPPED' AND s.id > ?
        ORDER BY s.id
        LIMIT %d
        """
            .formatted(filter.condition(), max);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(filter.bind(select, 1, times), afterId);
      return rows(select, true);
    }
  }

  private List<SetAsideRow> rows(PreparedStatement select, boolean decided) throws SQLException {
    List<SetAsideRow> rows = new ArrayList<>();
    try (ResultSet found = select.executeQuery()) {
      while (found.next()) {
        Optional<Instant> time = times.optional(found, 7);
        rows.add(
            new SetAsideRow(
                found.getLong(1),
                new GatewayId(found.getString(2)),
                new SetAside(
                    found.getString(3),
                    found.getString(4),
                    Rule.valueOf(found.getString(5)),
                    found.getString(6)),
                time,
                times.get(found, 8),
                found.getString(9),
                decided
                    ? Optional.of(
                        new SetAsideRow.Decided(found.getString(10), times.get(found, 11)))
                    : Optional.empty()));
      }
    }
    return rows;
  }
}
