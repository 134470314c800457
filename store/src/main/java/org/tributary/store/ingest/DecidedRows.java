package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;
import org.tributary.wire.Table;

/**
 * Rows that are not set aside any more because a person decided about them: who, when, and what the
 * row was. Nothing is ever taken out of these books. Stateless: they stand in {@code
 * tributary_decided}.
 */
final class DecidedRows {

  private static final int MAX_NAME = 255;

  private final SqlTimes times;
  private final Clock clock;

  DecidedRows(Engine engine, Clock clock) {
    this.times = new SqlTimes(engine);
    this.clock = clock;
  }

  /** A row's own key and time where it was stored under others. */
  record StoredUnder(String key, Instant time) {}

  /** Enters a row that is set aside into these books. */
  void decide(
      Connection connection, long id, Decision decision, Optional<StoredUnder> under, String by)
      throws SQLException {
    String insert =
        """
        INSERT INTO tributary_decided
          (gateway_id, table_name, row_key, rule, reason, since, content, row_time, node_id, row_hash,
           decision, decided_by, decided, stored_key, stored_time)
        SELECT gateway_id, table_name, row_key, rule, reason, since, content, row_time, node_id,
          row_hash, ?, ?, ?, ?, ?
        FROM tributary_setaside
        WHERE id = ?
        """;
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      statement.setString(1, decision.name());
      statement.setString(2, by.substring(0, Math.min(by.length(), MAX_NAME)));
      times.set(statement, 3, clock.instant().truncatedTo(ChronoUnit.MICROS));
      if (under.isPresent()) {
        statement.setString(4, SetAsideRows.shortKey(under.get().key()));
        times.set(statement, 5, under.get().time());
      } else {
        statement.setNull(4, Types.VARCHAR);
        statement.setNull(5, Types.TIMESTAMP);
      }
      statement.setLong(6, id);
      statement.executeUpdate();
    }
  }

  /** Enters a row that nobody wants. */
  void drop(Connection connection, long id, String by) throws SQLException {
    decide(connection, id, Decision.DROPPED, Optional.empty(), by);
  }

  /** What was decided about rows of a series stamped within a span, or stored there. */
  Decisions within(Connection connection, Gateway gateway, Table table, Instant from, Instant to)
      throws SQLException {
    String sql =
        """
        SELECT decision, row_key, content, row_key
        FROM tributary_decided
        WHERE gateway_id = ? AND table_name = ? AND row_time BETWEEN ? AND ?
        UNION ALL
        SELECT 'TAKEN', stored_key, '', row_key
        FROM tributary_decided
        WHERE gateway_id = ? AND table_name = ? AND stored_time BETWEEN ? AND ?
        """;
    Map<String, Set<String>> settled = new HashMap<>();
    Set<String> believed = new HashSet<>();
    Map<String, String> taken = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int index : new int[] {1, 5}) {
        select.setInt(index, gateway.key());
        select.setString(index + 1, table.name());
        times.set(select, index + 2, from);
        times.set(select, index + 3, to);
      }
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          String key = found.getString(2);
          switch (found.getString(1)) {
            case "TAKEN" -> taken.put(key, found.getString(4));
            case "BELIEVED" -> believed.add(key);
            default -> settled.computeIfAbsent(key, any -> new HashSet<>()).add(found.getString(3));
          }
        }
      }
    }
    return new Decisions(settled, believed, taken);
  }

  /**
   * Those of some rows on their way into {@code tributary_setaside} that have not been dropped as
   * they are now.
   */
  List<Apart> withoutDropped(Connection connection, Gateway gateway, List<Apart> apart)
      throws SQLException {
    if (apart.isEmpty() || !hasDropped(connection, gateway)) {
      return apart;
    }
    String sql =
        """
        SELECT content
        FROM tributary_decided
        WHERE gateway_id = ? AND table_name = ? AND row_key = ? AND decision = 'DROPPED'
        """;
    List<Apart> left = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      for (Apart row : apart) {
        select.setString(2, row.table().name());
        select.setString(3, SetAsideRows.shortKey(row.key()));
        boolean dropped = false;
        try (ResultSet found = select.executeQuery()) {
          while (found.next()) {
            dropped |= found.getString(1).equals(SetAsideRows.storable(row.content()));
          }
        }
        if (!dropped) {
          left.add(row);
        }
      }
    }
    return left;
  }

  private static boolean hasDropped(Connection connection, Gateway gateway) throws SQLException {
    String sql =
        """
        SELECT 1
        FROM tributary_decided
        WHERE gateway_id = ? AND decision = 'DROPPED'
        LIMIT 1
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      try (ResultSet found = select.executeQuery()) {
        return found.next();
      }
    }
  }
}
