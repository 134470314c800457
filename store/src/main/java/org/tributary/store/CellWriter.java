package org.tributary.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Column;
import org.tributary.wire.Micros;

/** Binds a column's cells as the engine takes them: the other side of {@link CellReader}. */
public final class CellWriter {

  private CellWriter() {}

  /**
   * Binds one cell.
   *
   * @param value Long, Double, Boolean, String or Instant, as the column says
   */
  public static void bind(
      Engine engine, PreparedStatement statement, int index, Column column, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      int sqlType =
          switch (column.type()) {
            case INTEGER -> Types.BIGINT;
            case BOOLEAN -> Types.BOOLEAN;
            case REAL -> Types.DOUBLE;
            case TEXT -> Types.VARCHAR;
            case TIME -> Types.TIMESTAMP;
          };
      statement.setNull(index, sqlType);
      return;
    }
    switch (column.type()) {
      case INTEGER -> statement.setLong(index, (Long) value);
      case BOOLEAN -> statement.setBoolean(index, (Boolean) value);
      case REAL -> statement.setDouble(index, (Double) value);
      case TEXT -> statement.setString(index, (String) value);
      case TIME -> engine.setTime(statement, index, Micros.of((Instant) value));
    }
  }
}
