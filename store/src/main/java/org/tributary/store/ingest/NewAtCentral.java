package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.wire.Identity;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Rows of central that a gateway does not have and that concern it: words that all share, places in
 * its houses, nodes there that are nobody else's, their sensors. For one look; not thread-safe.
 */
final class NewAtCentral {

  private final Engine engine;
  private final Connection connection;
  private final Gateway gateway;
  private final Map<String, Map<Long, Long>> locals;
  private final Map<Table, Map<Long, Map<String, @Nullable Object>>> chosen = new HashMap<>();

  /**
   * @param locals by table, the gateway's id of each row of central that it has
   */
  NewAtCentral(
      Engine engine, Connection connection, Gateway gateway, Map<String, Map<Long, Long>> locals) {
    this.engine = engine;
    this.connection = connection;
    this.gateway = gateway;
    this.locals = locals;
  }

  /** Rows of a table that the gateway lacks, by central's id. */
  Map<Long, Map<String, @Nullable Object>> of(Table table) throws SQLException {
    Map<Long, Map<String, @Nullable Object>> rows =
        new CentralTable(engine, connection, table).rows(scope(table));
    Map<List<@Nullable Object>, Integer> keys = new HashMap<>();
    if (table.identity() == Identity.NATURAL_KEY) {
      rows.values().forEach(row -> keys.merge(keyOf(table, row), 1, Integer::sum));
    }
    Set<Long> others =
        table.equals(Tables.NODE)
            ? SharedNodes.ofOthers(connection, gateway, rows.keySet())
            : Set.of();
    Map<Long, Map<String, @Nullable Object>> lacking = new LinkedHashMap<>();
    for (Map.Entry<Long, Map<String, @Nullable Object>> row : rows.entrySet()) {
      if (!mapped(table).containsKey(row.getKey())
          && !others.contains(row.getKey())
          && !isNameless(table, row.getValue())
          // Of two that are called the same nobody could say which one the gateway has.
          && keys.getOrDefault(keyOf(table, row.getValue()), 1) == 1) {
        lacking.put(row.getKey(), row.getValue());
      }
    }
    return lacking;
  }

  /** Chooses a row to be added at the gateway. */
  void add(Table table, long central, Map<String, @Nullable Object> row) {
    chosen.computeIfAbsent(table, any -> new LinkedHashMap<>()).put(central, row);
  }

  /** Whether a row is among those that were chosen. */
  boolean has(Table table, long central) {
    return chosen(table).containsKey(central);
  }

  /** The rows of a table that were chosen. */
  Map<Long, Map<String, @Nullable Object>> chosen(Table table) {
    return chosen.getOrDefault(table, Map.of());
  }

  private Map<Long, Long> mapped(Table table) {
    return Objects.requireNonNull(locals.get(table.name()));
  }

  private static List<@Nullable Object> keyOf(Table table, Map<String, @Nullable Object> row) {
    List<@Nullable Object> key = new ArrayList<>();
    table.key().forEach(column -> key.add(row.get(column)));
    return key;
  }

  private static boolean isNameless(Table table, Map<String, @Nullable Object> row) {
    return table.identity() == Identity.NATURAL_KEY && keyOf(table, row).contains(null);
  }

  /** The rows of a table that concern the gateway, whether it has them or not. */
  private List<Long> scope(Table table) throws SQLException {
    if (table.equals(Tables.DEPLOYMENT) || table.equals(Tables.HOUSE)) {
      return List.of(); // whose they are shows by what is in them
    }
    if (table.equals(Tables.LOCATION)) {
      return ids(table, "houseId", mapped(Tables.HOUSE).keySet());
    }
    if (table.equals(Tables.NODE)) {
      List<Long> places = ids(Tables.LOCATION, "houseId", mapped(Tables.HOUSE).keySet());
      return ids(table, "locationId", places);
    }
    if (table.equals(Tables.SENSOR)) {
      Set<Long> nodes = new HashSet<>(mapped(Tables.NODE).keySet());
      nodes.addAll(chosen(Tables.NODE).keySet());
      return ids(table, "nodeId", nodes);
    }
    return read("", table, List.of());
  }

  private List<Long> ids(Table table, String column, Collection<Long> values) throws SQLException {
    if (values.isEmpty()) {
      return List.of();
    }
    String condition =
        " WHERE %s IN (%s)"
            .formatted(
                engine.quote(column), String.join(", ", Collections.nCopies(values.size(), "?")));
    return read(condition, table, values);
  }

  private List<Long> read(String condition, Table table, Collection<Long> values)
      throws SQLException {
    String sql =
        "SELECT %s FROM %s%s ORDER BY %s"
            .formatted(
                engine.quote(Table.ID),
                engine.quote(table.name()),
                condition,
                engine.quote(Table.ID));
    List<Long> ids = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int index = 1;
      for (long value : values) {
        select.setLong(index++, value);
      }
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          ids.add(found.getLong(1));
        }
      }
    }
    return ids;
  }
}
