package org.tributary.store;

import java.sql.SQLException;

/** What standard SQLSTATE classes mean for us (ISO/IEC 9075-2, table 38). */
final class SqlStates {

  private SqlStates() {}

  static Trouble trouble(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    if (state.startsWith("08") || state.startsWith("57P")) {
      return Trouble.UNAVAILABLE;
    }
    if (state.startsWith("40")) {
      return Trouble.CONFLICT;
    }
    if (state.startsWith("22") || state.startsWith("23")) {
      return Trouble.DATA;
    }
    if (state.equals("42S02") || state.equals("42S22") || state.equals("42P01")) {
      return Trouble.MISSING;
    }
    return Trouble.OTHER;
  }
}
