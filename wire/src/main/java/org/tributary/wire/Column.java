package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One column of a {@link Table}.
 *
 * @param name as it stands in the database, in its own spelling
 * @param references name of the table whose id the cells hold, if they hold one
 */
public record Column(String name, ColumnType type, Optional<String> references) {

  /** Longest text that central stores, in Unicode code points. */
  public static final int MAX_TEXT = 255;

  public Column {
    requireNonNull(name);
    requireNonNull(type);
    requireNonNull(references);
  }

  static Column integer(String name) {
    return new Column(name, ColumnType.INTEGER, Optional.empty());
  }

  static Column real(String name) {
    return new Column(name, ColumnType.REAL, Optional.empty());
  }

  static Column bool(String name) {
    return new Column(name, ColumnType.BOOLEAN, Optional.empty());
  }

  static Column text(String name) {
    return new Column(name, ColumnType.TEXT, Optional.empty());
  }

  static Column time(String name) {
    return new Column(name, ColumnType.TIME, Optional.empty());
  }

  static Column reference(String name, Table table) {
    return new Column(name, ColumnType.INTEGER, Optional.of(table.name()));
  }
}
