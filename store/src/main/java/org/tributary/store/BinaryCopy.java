package org.tributary.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.tributary.wire.Column;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;

/**
 * Rows as PostgreSQL's {@code COPY … (FORMAT binary)} takes them, which it neither parses nor
 * plans: after a header, for each row the number of its columns (two bytes), for each cell its
 * length (four bytes, -1 for null) and its bytes, all in network order; -1 as a number of columns
 * ends it. Immutable.
 */
final class BinaryCopy {

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
  };
  private static final int BYTES_PER_ROW = 64;
  // Times are microseconds since 2000 there.
  private static final long YEAR_2000 = 946_684_800_000_000L;

  /** How a cell is written. */
  private interface CellBytes {
    void write(Rows rows, int column, int row, Bytes out);
  }

  private final Table table;
  private final String sql;
  private final List<CellBytes> cells;

  private BinaryCopy(Table table, String sql, List<CellBytes> cells) {
    this.table = table;
    this.sql = sql;
    this.cells = cells;
  }

  /** For these columns of a table; empty if one of them has a type that is not written here. */
  static Optional<BinaryCopy> of(
      Connection connection, Engine engine, Table table, List<Column> columns) throws SQLException {
    TableSql names = new TableSql(engine, table);
    String select = "SELECT %s FROM %s LIMIT 0".formatted(names.names(columns), names.name());
    List<CellBytes> cells = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(select);
        ResultSet none = statement.executeQuery()) {
      ResultSetMetaData actual = none.getMetaData();
      for (int i = 0; i < columns.size(); i++) {
        Optional<CellBytes> cell = cell(columns.get(i), actual.getColumnTypeName(i + 1));
        if (cell.isEmpty()) {
          return Optional.empty();
        }
        cells.add(cell.get());
      }
    }
    String copy =
        "COPY %s (%s) FROM STDIN (FORMAT binary)".formatted(names.name(), names.names(columns));
    return Optional.of(new BinaryCopy(table, copy, cells));
  }

  private static Optional<CellBytes> cell(Column column, String type) {
    return switch (column.type()) {
      case INTEGER ->
          switch (type) {
            case "int4", "serial" -> Optional.of(BinaryCopy::writeInt);
            case "int8", "bigserial" -> Optional.of(BinaryCopy::writeLong);
            default -> Optional.empty();
          };
      case REAL -> type.equals("float8") ? Optional.of(BinaryCopy::writeReal) : Optional.empty();
      case BOOLEAN -> type.equals("bool") ? Optional.of(BinaryCopy::writeBool) : Optional.empty();
      case TIME -> type.equals("timestamp") ? Optional.of(BinaryCopy::writeTime) : Optional.empty();
      case TEXT ->
          type.equals("text") || type.equals("varchar")
              ? Optional.of(BinaryCopy::writeText)
              : Optional.empty();
    };
  }

  /**
   * Copies the rows into the table; false, with nothing done, if a cell does not fit its column.
   */
  boolean copy(Connection connection, Rows rows) throws SQLException {
    Bytes bytes;
    try {
      bytes = bytes(rows);
    } catch (ArithmeticException e) {
      return false; // the database says it better
    }
    CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
    CopyIn copy = copies.copyIn(sql);
    try {
      copy.writeToCopy(bytes.array, 0, bytes.length());
      long copied = copy.endCopy();
      if (copied != rows.size()) {
        throw new SQLException(
            "PostgreSQL took %d of %d rows of %s".formatted(copied, rows.size(), table));
      }
      return true;
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private Bytes bytes(Rows rows) {
    Bytes out = new Bytes(BYTES_PER_ROW * (rows.size() + 1));
    out.room(32).put(SIGNATURE).putInt(0).putInt(0); // no flags, no extension of the header
    for (int row = 0; row < rows.size(); row++) {
      out.room(Short.BYTES).putShort((short) cells.size());
      for (int i = 0; i < cells.size(); i++) {
        if (rows.isNull(i, row)) {
          out.room(Integer.BYTES).putInt(-1);
        } else {
          cells.get(i).write(rows, i, row, out);
        }
      }
    }
    out.room(Short.BYTES).putShort((short) -1);
    return out;
  }

  /** A buffer that grows. */
  private static final class Bytes {
    private byte[] array;
    private ByteBuffer buffer;

    Bytes(int expected) {
      array = new byte[expected];
      buffer = ByteBuffer.wrap(array);
    }

    /** The buffer, with so many bytes left at least. */
    ByteBuffer room(int bytes) {
      if (buffer.remaining() < bytes) {
        int length = length();
        array = Arrays.copyOf(array, 2 * array.length + bytes);
        buffer = ByteBuffer.wrap(array).position(length);
      }
      return buffer;
    }

    int length() {
      return buffer.position();
    }
  }

  private static void writeInt(Rows rows, int column, int row, Bytes out) {
    int value = Math.toIntExact(rows.longAt(column, row));
    out.room(8).putInt(Integer.BYTES).putInt(value);
  }

  private static void writeLong(Rows rows, int column, int row, Bytes out) {
    out.room(12).putInt(Long.BYTES).putLong(rows.longAt(column, row));
  }

  private static void writeReal(Rows rows, int column, int row, Bytes out) {
    out.room(12).putInt(Double.BYTES).putDouble(rows.realAt(column, row));
  }

  private static void writeBool(Rows rows, int column, int row, Bytes out) {
    out.room(5).putInt(1).put((byte) rows.longAt(column, row));
  }

  private static void writeTime(Rows rows, int column, int row, Bytes out) {
    long since2000 = Math.subtractExact(rows.longAt(column, row), YEAR_2000);
    out.room(12).putInt(Long.BYTES).putLong(since2000);
  }

  private static void writeText(Rows rows, int column, int row, Bytes out) {
    byte[] text = rows.textAt(column, row).getBytes(StandardCharsets.UTF_8);
    out.room(Integer.BYTES + text.length).putInt(text.length).put(text);
  }
}
