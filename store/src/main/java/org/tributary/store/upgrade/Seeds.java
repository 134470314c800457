package org.tributary.store.upgrade;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tributary.store.DatabaseUrl.Dialect;
import org.tributary.store.Schema;
import org.tributary.wire.ColumnType;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;

/** Rows that every sensor database has, as SQL. */
final class Seeds {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Table table;
  private final Ddl ddl;
  private final Rows rows;

  Seeds(Table table, Ddl ddl) {
    this.table = table;
    this.ddl = ddl;
    this.rows = Schema.seeds(table);
  }

  Set<Long> ids() {
    Set<Long> ids = new TreeSet<>();
    for (int row = 0; row < rows.size(); row++) {
      ids.add(id(row));
    }
    return ids;
  }

  /** What inserts one of them, in the columns that the table has. */
  String insert(FoundTable into, long id) {
    List<String> columns = new ArrayList<>();
    List<String> values = new ArrayList<>();
    int row = row(id);
    for (int i = 0; i < rows.columns().size(); i++) {
      String column = rows.columns().get(i).name();
      if (into.has(column)) {
        columns.add(column);
        values.add(literal(i, row));
      }
    }
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(ddl.quote(into.name()), ddl.list(columns), String.join(", ", values));
  }

  /** What makes the row with that id mean what it means everywhere. */
  String define(FoundTable in, long id) {
    List<String> settings = new ArrayList<>();
    int row = row(id);
    for (int i = 0; i < rows.columns().size(); i++) {
      String column = rows.columns().get(i).name();
      if (in.has(column) && !column.equals(Table.ID)) {
        settings.add(ddl.quote(column) + " = " + literal(i, row));
      }
    }
    return "UPDATE %s SET %s WHERE %s = %d"
        .formatted(ddl.quote(in.name()), String.join(", ", settings), ddl.quote(Table.ID), id);
  }

  private int row(long id) {
    for (int row = 0; row < rows.size(); row++) {
      if (id(row) == id) {
        return row;
      }
    }
    throw new IllegalArgumentException("%s has no seed %d".formatted(table.name(), id));
  }

  private long id(int row) {
    return rows.longAt(rows.indexOf(Table.ID), row);
  }

  private String literal(int column, int row) {
    ColumnType type = rows.columns().get(column).type();
    @Nullable Object value = rows.value(rows.columns().get(column).name(), row);
    if (value == null) {
      return "NULL";
    }
    if (value instanceof Instant time) {
      return "'" + TIME.format(time) + "'";
    }
    if (value instanceof Boolean flag && ddl.dialect() == Dialect.POSTGRESQL) {
      return flag ? "TRUE" : "FALSE";
    }
    if (value instanceof Boolean flag) {
      return flag ? "1" : "0";
    }
    return type == ColumnType.TEXT
        ? "'" + value.toString().replace("'", "''") + "'"
        : value.toString();
  }
}
