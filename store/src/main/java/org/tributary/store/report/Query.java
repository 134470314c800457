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
import org.tributary.wire.Backlog;
import org.tributary.wire.Micros;
import org.tributary.wire.Position;
import org.tributary.wire.SyncJson;
import org.tributary.wire.WireFormatException;

/**
 * One query, with what all engines say differently put in: {@code @name} is a name that must be
 * quoted, {@code @day(column)} the day of a time. Not thread-safe.
 */
public final class Query {

  private static final Pattern DAY = Pattern.compile("@day\\(([^)]*)\\)");
  private static final Pattern NAME = Pattern.compile("@(\\w+)");

  private final Engine engine;
  private final String sql;
  private final List<Object> parameters = new ArrayList<>();

  public Query(Engine engine, String text) {
    this.engine = engine;
    String withDays =
        DAY.matcher(text).replaceAll(match -> Matcher.quoteReplacement(engine.day(match.group(1))));
    this.sql =
        NAME.matcher(withDays)
            .replaceAll(match -> Matcher.quoteReplacement(engine.quote(match.group(1))));
  }

  /** Binds the next parameter: a Long, a String, an Instant. */
  public Query with(Object parameter) {
    parameters.add(parameter);
    return this;
  }

  /** What is made of one row. */
  @FunctionalInterface
  public interface RowReader<T> {
    T read(Row row) throws SQLException;
  }

  /** What is made of each row found. */
  public <T> List<T> all(Connection connection, RowReader<T> reader) throws SQLException {
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

  /** What is made of the first row found. */
  public <T> Optional<T> first(Connection connection, RowReader<T> reader) throws SQLException {
    return all(connection, reader).stream().findFirst();
  }

  /** Runs a statement that changes rows; how many. */
  public int change(Connection connection) throws SQLException {
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
  public record Row(ResultSet found, Engine engine) {

    public long number(int column) throws SQLException {
      return found.getLong(column);
    }

    public Optional<Long> maybeNumber(int column) throws SQLException {
      long number = found.getLong(column);
      return found.wasNull() ? Optional.empty() : Optional.of(number);
    }

    public double real(int column) throws SQLException {
      return found.getDouble(column) + 0.0; // −0.0 + 0.0 is 0.0
    }

    public Optional<Double> maybeReal(int column) throws SQLException {
      double real = found.getDouble(column);
      return found.wasNull() ? Optional.empty() : Optional.of(real + 0.0);
    }

    public Optional<String> text(int column) throws SQLException {
      return Optional.ofNullable(found.getString(column));
    }

    public Instant time(int column) throws SQLException {
      return Micros.toInstant(engine.getTime(found, column));
    }

    public Optional<Instant> maybeTime(int column) throws SQLException {
      return found.getObject(column) == null ? Optional.empty() : Optional.of(time(column));
    }

    /** How far a lane has come, as the books hold it; empty where it has no position. */
    public Optional<Position> maybePosition(int column) throws SQLException {
      Optional<String> text = text(column);
      try {
        return text.isEmpty() ? Optional.empty() : Optional.of(SyncJson.readPosition(text.get()));
      } catch (WireFormatException e) {
        throw new SQLException("The books hold no position: " + text.get(), e);
      }
    }

    /** What a history lane's position says is left behind; nothing where it has none. */
    public Backlog backlog(int column) throws SQLException {
      try {
        return Backlog.read(maybePosition(column));
      } catch (WireFormatException e) {
        throw new SQLException("The books hold no backlog: " + text(column).orElse(""), e);
      }
    }

    public LocalDate day(int column) throws SQLException {
      return LocalDate.parse(found.getString(column));
    }
  }
}
