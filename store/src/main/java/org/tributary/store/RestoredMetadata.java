package org.tributary.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Column;
import org.tributary.wire.Identity;
import org.tributary.wire.Outline;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** The tables that travel whole, in a gateway's new database. For one transaction. */
record RestoredMetadata(Connection connection, Engine engine) {

  /**
   * Brings them in where there is nothing yet; where they are there already, nothing is done.
   *
   * @param tables parents first
   * @return what else stands there, in words, if that is why nothing was brought in
   */
  Optional<String> fill(List<Rows> tables) throws SQLException {
    if (!isUntouched()) {
      return stranger(tables);
    }
    // What every new database begins with may have had other ids at this gateway.
    for (int i = tables.size() - 1; i >= 0; i--) {
      empty(tables.get(i).table());
    }
    for (Rows rows : tables) {
      insert(rows);
    }
    engine.resumeIds(
        connection,
        tables.stream()
            .map(Rows::table)
            .filter(table -> table.identity() == Identity.NATURAL_KEY)
            .map(Table::name)
            .toList());
    return Optional.empty();
  }

  /** The first row of an outline that is not there, if there is anything; words without cells. */
  Optional<String> stranger(Outline outline) throws SQLException {
    if (isUntouched()) {
      return Optional.empty();
    }
    for (Table table : Tables.ALL) {
      if (outline.of(table).isEmpty()) {
        continue;
      }
      Rows rows = all(table);
      Map<Long, Long> here = Outline.of(rows);
      Map<Object, Map<String, @Nullable Object>> cells = byId(rows);
      for (Map.Entry<Long, Long> each : new TreeMap<>(outline.of(table)).entrySet()) {
        Long its = here.get(each.getKey());
        if (its == null) {
          return Optional.of(
              "it has rows, but not this gateway's %s %s".formatted(table, each.getKey()));
        }
        if (!its.equals(each.getValue())) {
          return Optional.of(
              "its %s %s is %s, this gateway's is another"
                  .formatted(
                      table,
                      each.getKey(),
                      words(table, Objects.requireNonNull(cells.get(each.getKey())))));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether there is nothing but what every new database begins with. */
  private boolean isUntouched() throws SQLException {
    for (Table table : Tables.ALL) {
      if (table.isSeries()) {
        if (hasRows(table)) {
          return false;
        }
        continue;
      }
      Map<Object, Map<String, @Nullable Object>> seeds =
          Schema.isSeeded(table) ? byId(Schema.seeds(table)) : Map.of();
      for (Map.Entry<Object, Map<String, @Nullable Object>> each : byId(all(table)).entrySet()) {
        if (!each.getValue().equals(seeds.get(each.getKey()))) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean hasRows(Table table) throws SQLException {
    String sql = "SELECT 1 FROM %s LIMIT 1".formatted(engine.quote(table.name()));
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet found = select.executeQuery()) {
      return found.next();
    }
  }

  /** The first of these rows that is not there; what is there besides came later. */
  private Optional<String> stranger(List<Rows> tables) throws SQLException {
    for (Rows rows : tables) {
      Table table = rows.table();
      Map<Object, Map<String, @Nullable Object>> here = byId(all(table));
      for (Map.Entry<Object, Map<String, @Nullable Object>> each : byId(rows).entrySet()) {
        Map<String, @Nullable Object> its = here.get(each.getKey());
        if (its == null) {
          return Optional.of(
              "it has rows, but not this gateway's %s %s (%s)"
                  .formatted(table, each.getKey(), words(table, each.getValue())));
        }
        if (!telling(table, its).equals(telling(table, each.getValue()))) {
          return Optional.of(
              "its %s %s is %s, this gateway's is %s"
                  .formatted(
                      table, each.getKey(), words(table, its), words(table, each.getValue())));
        }
      }
    }
    return Optional.empty();
  }

  /** The cells by which a row is known to be the same thing. */
  private static Map<String, @Nullable Object> telling(
      Table table, Map<String, @Nullable Object> row) {
    Map<String, @Nullable Object> cells = new LinkedHashMap<>();
    table.key().forEach(column -> cells.put(column, row.get(column)));
    table.meaning().forEach(column -> cells.put(column, row.get(column)));
    return cells;
  }

  private static String words(Table table, Map<String, @Nullable Object> row) {
    return String.join(
        ", ",
        telling(table, row).entrySet().stream()
            .map(cell -> cell.getKey() + " " + cell.getValue())
            .toList());
  }

  private Rows all(Table table) throws SQLException {
    List<Column> columns = table.travelling();
    TableSql sql = new TableSql(engine, table);
    String select =
        "SELECT %s FROM %s ORDER BY %s"
            .formatted(sql.names(columns), sql.name(), sql.quote(Table.ID));
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      return new OwnRows(engine, table, columns).read(statement);
    }
  }

  private static Map<Object, Map<String, @Nullable Object>> byId(Rows rows) {
    Map<Object, Map<String, @Nullable Object>> all = new LinkedHashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      all.put(Objects.requireNonNull(rows.value(Table.ID, row)), rows.row(row));
    }
    return all;
  }

  private void empty(Table table) throws SQLException {
    try (Statement delete = connection.createStatement()) {
      delete.executeUpdate("DELETE FROM " + engine.quote(table.name()));
    }
  }

  private void insert(Rows rows) throws SQLException {
    TableWriter writer = new TableWriter(engine, rows.table());
    for (int row = 0; row < rows.size(); row++) {
      Map<Column, @Nullable Object> cells = new LinkedHashMap<>();
      for (Column column : rows.columns()) {
        cells.put(column, rows.value(column.name(), row));
      }
      writer.insert(connection, cells);
    }
  }
}
