package org.tributary.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** What standard SQLSTATE classes mean for us (ISO/IEC 9075-2, table 38). */
final class SqlStates {

  /** A table or column, as MySQL and as PostgreSQL say it. */
  private static final Set<String> MISSING = Set.of("42S02", "42S22", "42P01", "42703");

  private SqlStates() {}

  static Trouble trouble(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    if (state.startsWith("08")
        || state.startsWith("57P")
        || failure instanceof SQLTransientConnectionException) { // all of a pool are out
      return Trouble.UNAVAILABLE;
    }
    if (state.startsWith("40")) {
      return Trouble.CONFLICT;
    }
    if (state.startsWith("22") || state.startsWith("23")) {
      return Trouble.DATA;
    }
    if (state.equals("25006")) { // read-only transaction, as MySQL and as PostgreSQL say it
      return Trouble.READ_ONLY;
    }
    return MISSING.contains(state) ? Trouble.MISSING : Trouble.OTHER;
  }
}
