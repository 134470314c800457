package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;
import org.tributary.store.TableWriter;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** Reads how a gateway's rows are matched. Stateless; runs in its caller's transaction. */
record MatchingStates(Engine engine) {

  /** All but central's rows; parents first. */
  MatchingState of(Connection connection, Gateway gateway) throws SQLException {
    Map<RowAt, MatchingState.Entry> journal = new LinkedHashMap<>();
    Map<Table, Map<RowAt, MatchingState.Entry>> entries = entries(connection, gateway);
    for (Table table : Tables.ALL) {
      journal.putAll(entries.getOrDefault(table, Map.of()));
    }
    return new MatchingState(
        journal, Map.of(), apart(connection, gateway), waiting(connection, gateway));
  }

  private Map<Table, Map<RowAt, MatchingState.Entry>> entries(
      Connection connection, Gateway gateway) throws SQLException {
    String sql =
        """
        SELECT table_name, local_id, central_id, evidence, base, central_base, since, in_force
        FROM tributary_mapping
        WHERE gateway_id = ?
        ORDER BY local_id
        """;
    SqlTimes times = new SqlTimes(engine);
    Map<Table, Map<RowAt, MatchingState.Entry>> all = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          Optional<Table> table = Tables.named(found.getString(1));
          if (table.isPresent()) {
            all.computeIfAbsent(table.get(), each -> new LinkedHashMap<>())
                .put(
                    new RowAt(table.get(), found.getLong(2)),
                    new MatchingState.Entry(
                        found.getLong(3),
                        found.getString(4),
                        found.getString(5),
                        found.getString(6),
                        times.get(found, 7),
                        found.getBoolean(8)));
          }
        }
      }
    }
    return all;
  }

  private Map<MatchingState.Key, MatchingState.Aside> apart(Connection connection, Gateway gateway)
      throws SQLException {
    String sql =
        """
        SELECT table_name, row_key, rule, reason, content, since
        FROM tributary_setaside
        WHERE gateway_id = ? AND table_name NOT IN ('%s', '%s')
        ORDER BY id
        """
            .formatted(Tables.READING, Tables.NODE_STATE);
    SqlTimes times = new SqlTimes(engine);
    Map<MatchingState.Key, MatchingState.Aside> apart = new LinkedHashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          Optional<Table> table = Tables.named(found.getString(1));
          if (table.isPresent()) {
            apart.put(
                new MatchingState.Key(table.get(), found.getString(2)),
                new MatchingState.Aside(
                    Rule.valueOf(found.getString(3)),
                    found.getString(4),
                    found.getString(5),
                    times.get(found, 6)));
          }
        }
      }
    }
    return apart;
  }

  private static long waiting(Connection connection, Gateway gateway) throws SQLException {
    String sql =
        """
        SELECT COUNT(*)
        FROM tributary_setaside
        WHERE gateway_id = ? AND rule = ? AND table_name IN ('%s', '%s')
        """
            .formatted(Tables.READING, Tables.NODE_STATE);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      select.setString(2, Rule.PARENT_MISSING.name());
      try (ResultSet found = select.executeQuery()) {
        found.next();
        return found.getLong(1);
      }
    }
  }

  /** Rows of central, by where they are. */
  Map<RowAt, Map<String, @Nullable Object>> rows(Connection connection, Set<RowAt> those)
      throws SQLException {
    Map<Table, List<Long>> ids = new LinkedHashMap<>();
    for (RowAt each : those) {
      ids.computeIfAbsent(each.table(), table -> new ArrayList<>()).add(each.id());
    }
    Map<RowAt, Map<String, @Nullable Object>> rows = new LinkedHashMap<>();
    for (Map.Entry<Table, List<Long>> each : ids.entrySet()) {
      new TableWriter(engine, each.getKey())
          .byIds(connection, each.getValue())
          .forEach((id, row) -> rows.put(new RowAt(each.getKey(), id), row));
    }
    return rows;
  }
}
