package org.tributary.store.upgrade;

import java.util.List;

/**
 * What a table has to hold once all is done.
 *
 * @param columns those that stay, in lower case
 * @param where which of its rows, those that were there before; empty for all
 * @param distinct whether rows that are the same may have become one
 */
record Expectation(
    String table, List<String> columns, String where, boolean distinct, Figure figure) {

  private static final String BETWEEN = "\t";

  Expectation {
    columns = List.copyOf(columns);
  }

  /** As it stands in the journal. */
  String written() {
    return String.join(
        BETWEEN,
        Long.toString(figure.rows()),
        Long.toString(figure.sum()),
        Boolean.toString(distinct),
        where,
        String.join(BETWEEN, columns));
  }

  static Expectation read(String table, String written) {
    List<String> parts = List.of(written.split(BETWEEN, -1));
    return new Expectation(
        table,
        parts.subList(4, parts.size()),
        parts.get(3),
        Boolean.parseBoolean(parts.get(2)),
        new Figure(Long.parseLong(parts.get(0)), Long.parseLong(parts.get(1))));
  }
}
