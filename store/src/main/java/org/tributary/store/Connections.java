package org.tributary.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Where a {@link Database} gets its connections. Thread-safe. */
interface Connections extends AutoCloseable {

  /** A connection in auto-commit mode, for one piece of work. */
  Connection borrow() throws SQLException;

  /**
   * Takes a connection back.
   *
   * @param sound false if its work failed, so that its state is in doubt
   */
  void giveBack(Connection connection, boolean sound);

  /** Whether a connection stays ready for the next transaction where one has ended. */
  default boolean staysTransactional() {
    return false;
  }

  @Override
  void close();

  /** Closes a connection, if there is one, whatever becomes of it. */
  static void giveUp(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // It is being given up, mostly because it is broken; there is nothing to lose in it.
      }
    }
  }
}
