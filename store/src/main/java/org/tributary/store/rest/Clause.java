package org.tributary.store.rest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.tributary.store.CellWriter;
import org.tributary.store.Engine;
import org.tributary.wire.Column;

/** A statement in the making: its text, and the values that are bound to it. */
final class Clause {

  private record Bound(Column column, Object value) {}

  private final Engine engine;
  private final StringBuilder sql = new StringBuilder();
  private final List<Bound> bound = new ArrayList<>();

  Clause(Engine engine) {
    this.engine = engine;
  }

  /** Adds text of our own. */
  Clause add(String text) {
    sql.append(text);
    return this;
  }

  /** Adds the name of a table or column. */
  Clause name(String identifier) {
    sql.append(engine.quote(identifier));
    return this;
  }

  Clause names(List<Column> columns) {
    String separator = "";
    for (Column column : columns) {
      add(separator).name(column.name());
      separator = ", ";
    }
    return this;
  }

  /** Adds a value, by a question mark. */
  Clause value(Column column, Object value) {
    sql.append('?');
    bound.add(new Bound(column, value));
    return this;
  }

  /** Adds a text in small letters. */
  Clause folded(Column column, Object text) {
    sql.append(engine.foldCase("?"));
    bound.add(new Bound(column, text));
    return this;
  }

  String sql() {
    return sql.toString();
  }

  PreparedStatement prepare(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql());
    try {
      for (int i = 0; i < bound.size(); i++) {
        CellWriter.bind(engine, statement, i + 1, bound.get(i).column(), bound.get(i).value());
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }
}
