package org.tributary.store.upgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Whether rows would allow a key.
 *
 * @param incomplete rows with a null in it
 * @param copies rows that are the same as another in every column, and could be left out
 * @param differing rows that have the key of another and differ elsewhere
 */
record KeyCheck(long incomplete, long copies, long differing) {

  static final KeyCheck FINE = new KeyCheck(0, 0, 0);

  /**
   * Looks at a table.
   *
   * @param key expressions
   * @param all expressions, of all columns that will stay
   */
  static KeyCheck of(Connection connection, String table, List<String> key, List<String> all)
      throws SQLException {
    String nulls = String.join(" IS NULL OR ", key) + " IS NULL";
    String some = " FROM %s WHERE NOT (%s)".formatted(table, nulls);
    long rows = Ask.number(connection, "SELECT COUNT(*)" + some);
    long keys = distinct(connection, key, some);
    long incomplete =
        Ask.number(connection, "SELECT COUNT(*) FROM %s WHERE %s".formatted(table, nulls));
    if (rows == keys) {
      return new KeyCheck(incomplete, 0, 0);
    }
    long distinct = distinct(connection, all, some);
    return new KeyCheck(incomplete, rows - distinct, distinct - keys);
  }

  boolean allows(boolean foldCopies) {
    return incomplete == 0 && differing == 0 && (copies == 0 || foldCopies);
  }

  private static long distinct(Connection connection, List<String> expressions, String from)
      throws SQLException {
    StringBuilder named = new StringBuilder();
    for (int i = 0; i < expressions.size(); i++) {
      named.append(i == 0 ? "" : ", ").append(expressions.get(i)).append(" AS c").append(i);
    }
    return Ask.number(
        connection, "SELECT COUNT(*) FROM (SELECT DISTINCT %s%s) d".formatted(named, from));
  }
}
