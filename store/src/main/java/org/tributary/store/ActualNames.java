package org.tributary.store;

import java.util.List;
import java.util.stream.Collectors;
import org.tributary.wire.Column;
import org.tributary.wire.Table;

/**
 * How a table and its columns are called in the statements for one database: in its spelling, and
 * quoted as its engine does.
 */
record ActualNames(Engine engine, Table table, SourceTable actual) {

  String name() {
    return engine.quote(actual.name());
  }

  String column(String columnName) {
    return engine.quote(actual.column(columnName).orElseThrow().name());
  }

  /** The column that a series is ordered by first. */
  String time() {
    return column(table.key().get(0));
  }

  String list(List<Column> columns) {
    return columns.stream().map(each -> column(each.name())).collect(Collectors.joining(", "));
  }

  String keyList() {
    return list(table.keyColumns());
  }
}
