package org.tributary.store.upgrade;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.tributary.store.DatabaseUrl.Dialect;
import org.tributary.store.Engine;

/** The tables of a database with their keys, at one moment or as planned. Not thread-safe. */
final class Picture {

  private static final String ALEMBIC = "alembic_version";

  private final Map<String, FoundTable> tables = new LinkedHashMap<>();

  /** Looks at the tables of the connection's own catalog and schema. */
  static Picture of(Connection connection, Dialect dialect, Engine engine) throws SQLException {
    Picture picture = new Picture();
    DatabaseMetaData metaData = connection.getMetaData();
    try (ResultSet found =
        metaData.getTables(
            connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE"})) {
      while (found.next()) {
        picture.put(new FoundTable(found.getString("TABLE_NAME")));
      }
    }
    for (FoundTable table : picture.tables()) {
      if (dialect == Dialect.SQLITE) {
        SqliteTables.fill(connection, engine, table);
      } else {
        fill(connection, table);
      }
    }
    if (dialect == Dialect.MYSQL) {
      declare(connection, picture);
    }
    return picture;
  }

  /** One that can be planned in. */
  Picture copy() {
    Picture copy = new Picture();
    tables.values().forEach(table -> copy.put(table.copy()));
    return copy;
  }

  Collection<FoundTable> tables() {
    return tables.values();
  }

  Optional<FoundTable> table(String name) {
    return Optional.ofNullable(tables.get(FoundTable.lower(name)));
  }

  FoundTable require(String name) {
    return Objects.requireNonNull(tables.get(FoundTable.lower(name)), name);
  }

  boolean has(String table) {
    return tables.containsKey(FoundTable.lower(table));
  }

  boolean has(String table, String column) {
    return table(table).map(found -> found.has(column)).orElse(false);
  }

  void put(FoundTable table) {
    tables.put(FoundTable.lower(table.name()), table);
  }

  /** Whether that table belongs to the upgrade or says the revision, and holds nobody's rows. */
  static boolean isBookkeeping(String table) {
    return table.equalsIgnoreCase(ALEMBIC)
        || FoundTable.lower(table).startsWith("tributary_")
        || FoundTable.lower(table).startsWith("sqlite_");
  }

  /** Whether an index is called so, of whatever table. */
  boolean hasIndex(String name) {
    return tables.values().stream()
        .anyMatch(
            table ->
                table.indexes().keySet().stream().anyMatch(name::equalsIgnoreCase)
                    || table.uniques().keySet().stream().anyMatch(name::equalsIgnoreCase));
  }

  /** What {@code alembic_version} says; more than one where branches were never joined. */
  List<String> stamps(Connection connection, Engine engine) throws SQLException {
    List<String> stamps = new ArrayList<>();
    if (has(ALEMBIC, "version_num")) {
      try (Statement statement = connection.createStatement();
          ResultSet found =
              statement.executeQuery(
                  "SELECT version_num FROM " + engine.quote(require(ALEMBIC).name()))) {
        while (found.next()) {
          stamps.add(String.valueOf(found.getString(1)));
        }
      }
    }
    return stamps;
  }

  private static void fill(Connection connection, FoundTable table) throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    String catalog = connection.getCatalog();
    String schema = connection.getSchema();
    try (ResultSet found = metaData.getColumns(catalog, schema, literal(metaData, table), "%")) {
      while (found.next()) {
        if (found.getString("TABLE_NAME").equals(table.name())) {
          table.put(
              new FoundColumn(
                  found.getString("COLUMN_NAME"),
                  found.getString("TYPE_NAME"),
                  found.getInt("DATA_TYPE"),
                  found.getInt("COLUMN_SIZE"),
                  found.getInt("NULLABLE") == DatabaseMetaData.columnNoNulls));
        }
      }
    }
    Map<Integer, String> key = new TreeMap<>();
    String keyName = "PRIMARY";
    try (ResultSet found = metaData.getPrimaryKeys(catalog, schema, table.name())) {
      while (found.next()) {
        key.put(found.getInt("KEY_SEQ"), found.getString("COLUMN_NAME"));
        keyName = found.getString("PK_NAME");
      }
    }
    table.setKey(keyName, key.values());
    try (ResultSet found = metaData.getIndexInfo(catalog, schema, table.name(), false, true)) {
      while (found.next()) {
        String column = found.getString("COLUMN_NAME");
        String index = found.getString("INDEX_NAME");
        if (column != null && index != null && !index.equals(keyName)) {
          (found.getBoolean("NON_UNIQUE") ? table.indexes() : table.uniques())
              .computeIfAbsent(index, name -> new ArrayList<>())
              .add(FoundTable.lower(column));
        }
      }
    }
    try (ResultSet found = metaData.getImportedKeys(catalog, schema, table.name())) {
      while (found.next()) {
        table
            .links()
            .add(
                new FoundLink(
                    found.getString("FK_NAME"),
                    FoundTable.lower(found.getString("FKCOLUMN_NAME")),
                    FoundTable.lower(found.getString("PKTABLE_NAME"))));
      }
    }
  }

  private static String literal(DatabaseMetaData metaData, FoundTable table) throws SQLException {
    String escape = metaData.getSearchStringEscape();
    return table.name().replace("_", escape + "_").replace("%", escape + "%");
  }

  /** MariaDB's types as they have to be said again when a column is altered. */
  private static void declare(Connection connection, Picture picture) throws SQLException {
    String sql =
        """
        SELECT c.table_name, c.column_name, c.column_type, t.engine
        FROM information_schema.columns c
        JOIN information_schema.tables t
          ON t.table_schema = c.table_schema AND t.table_name = c.table_name
        WHERE c.table_schema = DATABASE()
        """;
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet found = select.executeQuery()) {
      while (found.next()) {
        Optional<FoundTable> table = picture.table(found.getString(1));
        if (table.isPresent()) {
          String column = found.getString(2);
          String type = found.getString(3);
          table
              .get()
              .column(column)
              .ifPresent(
                  each ->
                      table
                          .get()
                          .put(
                              new FoundColumn(
                                  each.name(),
                                  type,
                                  each.jdbcType(),
                                  each.size(),
                                  each.required())));
          table.get().setTransactional("InnoDB".equalsIgnoreCase(found.getString(4)));
        }
      }
    }
  }
}
