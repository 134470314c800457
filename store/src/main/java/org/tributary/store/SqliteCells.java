package org.tributary.store;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import org.tributary.wire.Column;
import org.tributary.wire.Rows;

/**
 * How cells are read from SQLite, where a column's type is a suggestion: whatever stands in a cell
 * is looked at, and what is not what the column says is reported, never coerced.
 */
final class SqliteCells {

  private SqliteCells() {}

  static CellReader reader(Column column, WallClock clock) {
    return switch (column.type()) {
      case INTEGER -> SqliteCells::readInteger;
      case BOOLEAN -> SqliteCells::readBoolean;
      case REAL -> SqliteCells::readReal;
      case TEXT -> SqliteCells::readText;
      case TIME -> (from, index, into, at) -> readTime(from, index, clock, into, at);
    };
  }

  private static void readInteger(ResultSet from, int index, Rows.Builder into, int column)
      throws SQLException, UnreadableCell {
    Object cell = from.getObject(index);
    if (cell == null) {
      into.addNull(column);
    } else if (cell instanceof Integer || cell instanceof Long) {
      into.addLong(column, ((Number) cell).longValue());
    } else if (cell instanceof Double real && real == Math.rint(real) && Math.abs(real) < 1e15) {
      into.addLong(column, real.longValue());
    } else {
      throw new UnreadableCell("is no whole number: " + shown(cell));
    }
  }

  private static void readBoolean(ResultSet from, int index, Rows.Builder into, int column)
      throws SQLException, UnreadableCell {
    Object cell = from.getObject(index);
    if (cell == null) {
      into.addNull(column);
    } else if (cell instanceof Integer number && (number == 0 || number == 1)) {
      into.addLong(column, number);
    } else {
      throw new UnreadableCell("is neither 0 nor 1: " + shown(cell));
    }
  }

  private static void readReal(ResultSet from, int index, Rows.Builder into, int column)
      throws SQLException, UnreadableCell {
    Object cell = from.getObject(index);
    if (cell == null) {
      into.addNull(column);
    } else if (cell instanceof Number number) {
      if (number instanceof Long whole && (long) (double) whole != whole) {
        throw new UnreadableCell("is a whole number that no double holds: " + whole);
      }
      into.addReal(column, number.doubleValue() + 0.0); // −0.0 + 0.0 is 0.0
    } else {
      throw new UnreadableCell("is no number: " + shown(cell));
    }
  }

  private static void readText(ResultSet from, int index, Rows.Builder into, int column)
      throws SQLException, UnreadableCell {
    Object cell = from.getObject(index);
    if (cell == null) {
      into.addNull(column);
    } else if (cell instanceof String text) {
      refuseOtherEncodings(text, from, index);
      into.addText(column, LongText.checked(text));
    } else if (cell instanceof Number) {
      into.addText(column, cell.toString());
    } else {
      throw new UnreadableCell("is no text: " + shown(cell));
    }
  }

  /** The driver puts U+FFFD where bytes are no UTF-8, and the text would arrive altered. */
  private static void refuseOtherEncodings(String text, ResultSet from, int index)
      throws SQLException, UnreadableCell {
    if (text.indexOf('\uFFFD') < 0) {
      return;
    }
    byte[] bytes = from.getBytes(index);
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)); // it may stand there
    } catch (CharacterCodingException e) {
      throw new UnreadableCell(
          "is a text that is not UTF-8; its bytes are "
              + LongText.cut(HexFormat.of().formatHex(bytes)));
    }
  }

  private static void readTime(
      ResultSet from, int index, WallClock clock, Rows.Builder into, int column)
      throws SQLException, UnreadableCell {
    Object cell = from.getObject(index);
    if (cell == null) {
      into.addNull(column);
    } else {
      into.addLong(column, SqliteTime.read(cell, clock));
    }
  }

  private static String shown(Object cell) {
    return cell instanceof byte[] blob ? blob.length + " bytes" : '"' + cell.toString() + '"';
  }
}
