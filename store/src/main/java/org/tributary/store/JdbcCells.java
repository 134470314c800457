package org.tributary.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Column;
import org.tributary.wire.Rows;

/** How cells are read where the engine keeps to the types it declares. */
final class JdbcCells {

  private JdbcCells() {}

  /**
   * Chooses how to read a column.
   *
   * @param clock by which its times without a zone were written
   */
  static CellReader reader(Column column, SourceColumn actual, WallClock clock) {
    return switch (column.type()) {
      case INTEGER -> JdbcCells::readLong;
      case BOOLEAN -> JdbcCells::readBoolean;
      case REAL -> isSinglePrecision(actual) ? JdbcCells::readFloat : JdbcCells::readDouble;
      case TEXT -> JdbcCells::readText;
      case TIME ->
          actual.typeName().equalsIgnoreCase("timestamptz")
              ? JdbcCells::readZonedTime
              : (from, index, into, at) ->
                  addTime(from.getObject(index, LocalDateTime.class), clock, into, at);
    };
  }

  static long micros(LocalDateTime time) {
    return Math.addExact(
        Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), 1_000_000L),
        time.get(ChronoField.MICRO_OF_SECOND));
  }

  static LocalDateTime time(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L),
        (int) Math.floorMod(micros, 1_000_000L) * 1_000,
        ZoneOffset.UTC);
  }

  private static boolean isSinglePrecision(SourceColumn actual) {
    return actual.jdbcType() == Types.REAL;
  }

  private static void readLong(ResultSet from, int index, Rows.Builder into, int column)
      throws SQLException {
    long value = from.getLong(index);
    if (from.wasNull()) {
      into.addNull(column);
    } else {
      into.addLong(column, value);
    }
  }

  private static void readBoolean(ResultSet from, int index, Rows.Builder into, int column)
      throws SQLException {
    boolean value = from.getBoolean(index);
    if (from.wasNull()) {
      into.addNull(column);
    } else {
      into.addLong(column, value ? 1 : 0);
    }
  }

  private static void readDouble(ResultSet from, int index, Rows.Builder into, int column)
      throws SQLException {
    double value = from.getDouble(index);
    if (from.wasNull()) {
      into.addNull(column);
    } else {
      into.addReal(column, value + 0.0); // −0.0 + 0.0 is 0.0
    }
  }

  private static void readFloat(ResultSet from, int index, Rows.Builder into, int column)
      throws SQLException {
    float value = from.getFloat(index);
    if (from.wasNull()) {
      into.addNull(column);
    } else {
      into.addReal(column, ShortestDecimal.widen(value));
    }
  }

  private static void readText(ResultSet from, int index, Rows.Builder into, int column)
      throws SQLException, UnreadableCell {
    String value = from.getString(index);
    if (value == null) {
      into.addNull(column);
    } else {
      into.addText(column, LongText.checked(value));
    }
  }

  private static void readZonedTime(ResultSet from, int index, Rows.Builder into, int column)
      throws SQLException, UnreadableCell {
    OffsetDateTime time = from.getObject(index, OffsetDateTime.class);
    addTime(
        time == null ? null : time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime(),
        WallClock.UTC,
        into,
        column);
  }

  private static void addTime(
      @Nullable LocalDateTime time, WallClock clock, Rows.Builder into, int column)
      throws UnreadableCell {
    if (time == null) {
      into.addNull(column);
      return;
    }
    try {
      into.addLong(column, clock.micros(time));
    } catch (ArithmeticException e) {
      throw new UnreadableCell("is no time that can be counted in microseconds: " + time);
    }
  }
}
