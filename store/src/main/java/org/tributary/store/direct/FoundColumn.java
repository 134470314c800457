package org.tributary.store.direct;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.tributary.wire.ColumnType;

/**
 * A column as a database really has it, with all that decides whether it can be written.
 *
 * @param name in the database's spelling
 * @param jdbcType of {@link Types}
 * @param typeName as the engine calls it
 * @param size of a text in characters
 * @param fractionDigits of a time
 * @param nullable whether a cell may be null
 * @param mayStayOut whether a row needs no value for it
 * @param counts whether the database gives it a number of its own
 */
record FoundColumn(
    String name,
    int jdbcType,
    String typeName,
    int size,
    int fractionDigits,
    boolean nullable,
    boolean mayStayOut,
    boolean counts) {

  private static final int WIDTH_WITHOUT_FRACTION = 20;

  /** Reads the column that the answer to {@link DatabaseMetaData#getColumns} stands at. */
  static FoundColumn of(ResultSet found) throws SQLException {
    boolean counts = "YES".equals(found.getString("IS_AUTOINCREMENT"));
    boolean isGenerated = "YES".equals(found.getString("IS_GENERATEDCOLUMN"));
    boolean isNullable = found.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls;
    return new FoundColumn(
        found.getString("COLUMN_NAME"),
        found.getInt("DATA_TYPE"),
        found.getString("TYPE_NAME"),
        found.getInt("COLUMN_SIZE"),
        fractionDigits(found),
        isNullable,
        counts || isGenerated || isNullable || found.getString("COLUMN_DEF") != null,
        counts);
  }

  // MariaDB's driver says it by the width alone: 2015-08-03 08:40:39 and a point are 20 characters.
  private static int fractionDigits(ResultSet found) throws SQLException {
    int digits = found.getInt("DECIMAL_DIGITS");
    return found.wasNull()
        ? Math.max(0, found.getInt("COLUMN_SIZE") - WIDTH_WITHOUT_FRACTION)
        : digits;
  }

  /** Whether cells of a type come back from it as they went in, save for what is narrow. */
  boolean takes(ColumnType type) {
    return switch (type) {
      case INTEGER -> isInteger() && !isOneBit();
      case REAL -> jdbcType == Types.DOUBLE || jdbcType == Types.FLOAT || isSingle();
      case BOOLEAN -> jdbcType == Types.BIT || jdbcType == Types.BOOLEAN || isInteger();
      case TEXT ->
          jdbcType == Types.VARCHAR
              || jdbcType == Types.LONGVARCHAR
              || jdbcType == Types.NVARCHAR
              || jdbcType == Types.CLOB;
      case TIME -> jdbcType == Types.TIMESTAMP || jdbcType == Types.TIMESTAMP_WITH_TIMEZONE;
    };
  }

  boolean isSingle() {
    return jdbcType == Types.REAL;
  }

  private boolean isInteger() {
    return jdbcType == Types.TINYINT
        || jdbcType == Types.SMALLINT
        || jdbcType == Types.INTEGER
        || jdbcType == Types.BIGINT;
  }

  private boolean isOneBit() {
    return typeName.equalsIgnoreCase("BIT") || typeName.equalsIgnoreCase("BOOLEAN");
  }

  /** Its type as a person would write it. */
  String definition() {
    return switch (jdbcType) {
      case Types.VARCHAR, Types.CHAR -> "%s(%d)".formatted(typeName, size);
      case Types.TIMESTAMP ->
          fractionDigits > 0 ? "%s(%d)".formatted(typeName, fractionDigits) : typeName;
      default -> typeName;
    };
  }
}
