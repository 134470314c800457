package org.tributary.store.rest;

import java.util.List;
import java.util.Objects;
import org.tributary.store.Engine;
import org.tributary.wire.Column;
import org.tributary.wire.ColumnType;

/**
 * Says a {@link TableQuery} in SQL. Identifiers come from the table's own columns only; everything
 * that somebody sent is bound.
 */
final class QuerySql {

  private static final char ESCAPE = '!';

  private final Engine engine;
  private final TableQuery query;
  private final List<Column> key;

  QuerySql(Engine engine, TableQuery query) {
    this.engine = engine;
    this.query = query;
    this.key = query.table().key();
  }

  /** How many rows there are. */
  Clause count() {
    Clause clause = new Clause(engine).add("SELECT COUNT(*)");
    from(clause);
    where(clause);
    return clause;
  }

  /** Rows in the query's order. */
  Clause rows(long offset, long maxRows) {
    Clause clause = new Clause(engine).add("SELECT ").names(query.table().columns());
    from(clause);
    where(clause);
    order(clause);
    return clause.add(" LIMIT " + maxRows + (offset > 0 ? " OFFSET " + offset : ""));
  }

  /**
   * Rows behind the one with that key, where the query {@link TableQuery#isInKeyOrder}.
   *
   * @param after a value for each column of the key
   */
  Clause rowsBehind(List<Object> after, long maxRows) {
    Clause clause = new Clause(engine).add("SELECT ").names(query.table().columns());
    from(clause);
    clause.add(where(clause) ? " AND " : " WHERE ");
    String beyond = query.isDescending() ? " < " : " > ";
    // The first column alone bounds the stretch of the index that is read.
    clause.name(key.get(0).name()).add(query.isDescending() ? " <= " : " >= ");
    clause.value(key.get(0), after.get(0)).add(" AND (");
    for (int i = 0; i < key.size(); i++) {
      Column column = key.get(i);
      clause.name(column.name()).add(beyond).value(column, after.get(i));
      if (i < key.size() - 1) {
        clause.add(" OR (").name(column.name()).add(" = ").value(column, after.get(i));
        clause.add(" AND (");
      }
    }
    clause.add("))".repeat(key.size() - 1)).add(")");
    order(clause);
    return clause.add(" LIMIT " + maxRows);
  }

  private void from(Clause clause) {
    clause.add(" FROM ").name(query.table().table().name());
  }

  private boolean where(Clause clause) {
    String separator = " WHERE ";
    for (TableQuery.Condition condition : query.conditions()) {
      clause.add(separator);
      condition(clause, condition);
      separator = " AND ";
    }
    return !query.conditions().isEmpty();
  }

  private void condition(Clause clause, TableQuery.Condition condition) {
    Column column = condition.column();
    switch (condition.operator()) {
      case IS_NULL -> clause.name(column.name()).add(" IS NULL");
      case LIKE -> like(clause, column, pattern(text(condition)));
      case EQUAL, AT_MOST, LESS, AT_LEAST, MORE -> {
        String operator = " " + condition.operator().sql() + " ";
        Object value = Objects.requireNonNull(condition.value());
        if (column.type() == ColumnType.TEXT) {
          clause.add(engine.foldCase(engine.quote(column.name()))).add(operator);
          clause.folded(column, value);
        } else {
          clause.name(column.name()).add(operator).value(column, value);
        }
      }
    }
  }

  private void like(Clause clause, Column column, String pattern) {
    clause.add(engine.foldCase(engine.quote(column.name()))).add(" LIKE ");
    clause.folded(column, pattern).add(" ESCAPE '" + ESCAPE + "'");
  }

  private static String text(TableQuery.Condition condition) {
    return (String) Objects.requireNonNull(condition.value());
  }

  /** Stars become SQL's wildcard; what SQL takes for one stands for itself. */
  private static String pattern(String text) {
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' || c == '_' || c == ESCAPE) {
        pattern.append(ESCAPE);
      }
      pattern.append(c == '*' ? '%' : c);
    }
    return pattern.toString();
  }

  private void order(Clause clause) {
    clause.add(" ORDER BY ");
    String direction = query.isDescending() ? " DESC" : "";
    if (!query.isInKeyOrder()) {
      for (TableQuery.Order order : query.orders()) {
        String name = engine.quote(order.column().name());
        boolean isText = order.column().type() == ColumnType.TEXT;
        direction = order.descending() ? " DESC" : "";
        // Engines differ in where they put nulls.
        clause.add(name).add(" IS NOT NULL").add(direction).add(", ");
        clause.add(isText ? engine.foldCase(name) : name).add(direction).add(", ");
      }
      direction = "";
    }
    String separator = "";
    for (Column column : key) {
      clause.add(separator).name(column.name()).add(direction);
      separator = ", ";
    }
  }
}
