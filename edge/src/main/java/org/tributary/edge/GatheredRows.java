package org.tributary.edge;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;

/** Rows of one series that are put together for a batch. Not thread-safe. */
final class GatheredRows {

  private final Table table;
  private Rows.@Nullable Builder builder;

  GatheredRows(Table table) {
    this.table = table;
  }

  Table table() {
    return table;
  }

  int size() {
    return builder == null ? 0 : builder.size();
  }

  /** Adds a row; all of them must have the same columns. */
  void add(Rows rows, int row) {
    Rows.Builder its = builder;
    if (its == null) {
      its = new Rows.Builder(table, rows.columns(), 64);
      builder = its;
    }
    its.addFrom(rows, row);
  }

  void add(Rows rows) {
    add(rows, row -> true);
  }

  void add(Rows rows, IntPredicate passes) {
    for (int row = 0; row < rows.size(); row++) {
      if (passes.test(row)) {
        add(rows, row);
      }
    }
  }

  /** What has been put together. */
  Rows rows() {
    return builder == null ? Rows.none(table) : builder.build();
  }
}
