package org.tributary.store.upgrade;

import java.sql.Types;
import java.util.Set;

/** Which types of a database are which of the original schema's. */
final class SchemaTypes {

  private static final Set<Integer> WHOLE = Set.of(Types.INTEGER, Types.BIGINT, Types.SMALLINT);
  private static final Set<Integer> REAL = Set.of(Types.REAL, Types.FLOAT, Types.DOUBLE);
  private static final Set<Integer> FLAG = Set.of(Types.BIT, Types.BOOLEAN, Types.TINYINT);
  private static final Set<Integer> TEXT =
      Set.of(Types.VARCHAR, Types.NVARCHAR, Types.LONGVARCHAR, Types.LONGNVARCHAR, Types.CLOB);

  private SchemaTypes() {}

  /** The JDBC type that a column of that kind is created with. */
  static int of(Kind kind) {
    return switch (kind) {
      case INTEGER -> Types.INTEGER;
      case LONG -> Types.BIGINT;
      case FLOAT -> Types.REAL;
      case BOOLEAN -> Types.BOOLEAN;
      case TIME -> Types.TIMESTAMP;
      case SHORT_TEXT -> Types.VARCHAR;
      case LONG_TEXT -> Types.LONGVARCHAR;
    };
  }

  static boolean isText(FoundColumn found) {
    return TEXT.contains(found.jdbcType());
  }

  /** Whether a column takes all that a fresh one would. */
  static boolean fits(FoundColumn found, FreshColumn fresh) {
    return switch (fresh.kind()) {
      case INTEGER -> found.jdbcType() == Types.INTEGER || found.jdbcType() == Types.BIGINT;
      case LONG -> found.jdbcType() == Types.BIGINT;
      case FLOAT -> REAL.contains(found.jdbcType());
      case BOOLEAN -> FLAG.contains(found.jdbcType()) || WHOLE.contains(found.jdbcType());
      case TIME -> found.jdbcType() == Types.TIMESTAMP;
      case SHORT_TEXT -> TEXT.contains(found.jdbcType()) && found.size() >= fresh.length();
      case LONG_TEXT -> TEXT.contains(found.jdbcType());
    };
  }
}
