package org.tributary.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A WHERE clause with its values; true until something is added. Not thread-safe. */
final class Condition {
  private final StringBuilder sql = new StringBuilder();
  private final List<Object> values = new ArrayList<>();

  void and(String clause, Object value) {
    add(sql.isEmpty() ? clause : " AND " + clause);
    value(value);
  }

  void add(String text) {
    sql.append(text);
  }

  void value(Object value) {
    values.add(value);
  }

  /** {@code name IN (?, ?, …)} or {@code name NOT IN (…)}, with the values. */
  void add(String name, String in, List<Object> of) {
    add("%s %s (%s)".formatted(name, in, String.join(", ", Collections.nCopies(of.size(), "?"))));
    of.forEach(this::value);
  }

  String sql() {
    return sql.isEmpty() ? "1 = 1" : sql.toString();
  }

  void bind(PreparedStatement statement) throws SQLException {
    bind(List.of(this), statement);
  }

  /** Binds the values of several, one after the other. */
  static void bind(List<Condition> conditions, PreparedStatement statement) throws SQLException {
    int parameter = 1;
    for (Condition condition : conditions) {
      for (Object value : condition.values) {
        statement.setObject(parameter++, KeyCell.bound(value));
      }
    }
  }
}
