package org.tributary.store.report;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tributary.store.Engine;
import org.tributary.wire.Micros;

/**
 * One query, with what all engines say differently put in: {@code @name} is a name that must be
 * quoted, {@code @day(column)} the day of a time.
 */
final class Query {

  private static final Pattern DAY = Pattern.compile("@day\\(([^)]*)\\)");
  private static final Pattern NAME = Pattern.compile("@(\\w+)");

  private final Engine engine;
  private final String sql;
  private final List<Object> parameters = new ArrayList<>();

  Query(Engine engine, String text) {
    this.engine = engine;
    String withDays =
        DAY.matcher(text).replaceAll(match -> Matcher.quoteReplacement(engine.day(match.group(1))));
    this.sql =
        NAME.matcher(withDays)
            .replaceAll(match -> Matcher.quoteReplacement(engine.quote(match.group(1))));
  }

  /** Binds the next parameter: a Long, a String, an Instant. */
  Query with(Object parameter) {
    parameters.add(parameter);
    return this;
  }

  /** What is made of one row. */
  interface RowReader<T> {
    T read(Row row) throws SQLException;
  }

  <T> List<T> all(Connection connection, RowReader<T> reader) throws SQLException {
    try (PreparedStatement select = bound(connection);
        ResultSet found = select.executeQuery()) {
      List<T> rows = new ArrayList<>();
      Row row = new Row(found, engine);
      while (found.next()) {
        rows.add(reader.read(row));
      }
      return rows;
    }
  }

  <T> Optional<T> first(Connection connection, RowReader<T> reader) throws SQLException {
    return all(connection, reader).stream().findFirst();
  }

  /** Runs a statement that changes rows; how many. */
  int change(Connection connection) throws SQLException {
    try (PreparedStatement statement = bound(connection)) {
      return statement.executeUpdate();
    }
  }

  private PreparedStatement bound(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      int index = 1;
      for (Object parameter : parameters) {
        if (parameter instanceof Instant time) {
          engine.setTime(statement, index++, Micros.of(time));
        } else if (parameter instanceof Long number) {
          statement.setLong(index++, number);
        } else {
          statement.setString(index++, (String) parameter);
        }
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  /** The row in hand; columns count from 1. */
  record Row(ResultSet found, Engine engine) {

    long number(int column) throws SQLException {
      return found.getLong(column);
    }

    Optional<Long> maybeNumber(int column) throws SQLException {
      long number = found.getLong(column);
      return found.wasNull() ? Optional.empty() : Optional.of(number);
    }

    double real(int column) throws SQLException {
      return found.getDouble(column) + 0.0; // −0.0 + 0.0 is 0.0
    }

    Optional<Double> maybeReal(int column) throws SQLException {
      double real = found.getDouble(column);
      return found.wasNull() ? Optional.empty() : Optional.of(real + 0.0);
    }

    Optional<String> text(int column) throws SQLException {
      return Optional.ofNullable(found.getString(column));
    }

    Instant time(int column) throws SQLException {
      return Micros.toInstant(engine.getTime(found, column));
    }

    Optional<Instant> maybeTime(int column) throws SQLException {
      return found.getObject(column) == null ? Optional.empty() : Optional.of(time(column));
    }

    LocalDate day(int column) throws SQLException {
      return LocalDate.parse(found.getString(column));
    }
  }
}
