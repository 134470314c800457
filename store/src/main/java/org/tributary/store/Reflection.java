package org.tributary.store;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tributary.wire.Column;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** What tables and columns a database really has. A picture of one moment; immutable. */
public final class Reflection {

  private final Map<String, SourceTable> tables;

  private Reflection(Map<String, SourceTable> tables) {
    this.tables = tables;
  }

  /** Reads the tables of the connection's own catalog and schema. */
  static Reflection of(Connection connection) throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    Map<String, Map<String, SourceColumn>> columns = new LinkedHashMap<>();
    try (ResultSet found =
        metaData.getColumns(connection.getCatalog(), connection.getSchema(), "%", "%")) {
      while (found.next()) {
        String name = found.getString("COLUMN_NAME");
        columns
            .computeIfAbsent(found.getString("TABLE_NAME"), table -> new HashMap<>())
            .put(
                lower(name),
                new SourceColumn(name, found.getInt("DATA_TYPE"), found.getString("TYPE_NAME")));
      }
    }
    Map<String, SourceTable> tables = new LinkedHashMap<>();
    columns.forEach((name, found) -> tables.put(lower(name), new SourceTable(name, found)));
    return new Reflection(tables);
  }

  /** The table of that name, however its letters are cased. */
  public Optional<SourceTable> table(String name) {
    return Optional.ofNullable(tables.get(lower(name)));
  }

  /** Names of all tables, as the database spells them. */
  public List<String> tableNames() {
    return tables.values().stream().map(SourceTable::name).toList();
  }

  /** Travelling tables, or columns of their keys, or their ids, that this database lacks. */
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (Table table : Tables.ALL) {
      Optional<SourceTable> actual = table(table.name());
      if (actual.isEmpty()) {
        missing.add(table.name());
        continue;
      }
      Set<String> needed = new LinkedHashSet<>(table.key());
      if (table.hasId()) {
        needed.add(Table.ID);
      }
      for (String column : needed) {
        if (actual.get().column(column).isEmpty()) {
          missing.add(table.name() + "." + column);
        }
      }
    }
    return missing;
  }

  /** Columns of travelling tables that this database lacks, other than those of their keys. */
  public List<String> missingColumns() {
    List<String> missing = new ArrayList<>();
    for (Table table : Tables.ALL) {
      Optional<SourceTable> actual = table(table.name());
      for (Column column : actual.isEmpty() ? List.<Column>of() : table.columns()) {
        if (!table.key().contains(column.name()) && actual.get().column(column.name()).isEmpty()) {
          missing.add(table.name() + "." + column.name());
        }
      }
    }
    return missing;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
