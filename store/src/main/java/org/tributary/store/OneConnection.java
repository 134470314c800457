package org.tributary.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One connection from beginning to end, for work that leaves something in it, such as temporary
 * tables: it outlives failures of single statements, and is never replaced. Once it is lost all
 * that follows is told so. Whoever borrows while it is out waits.
 */
final class OneConnection implements Connections {

  private static final int SECONDS_TO_ANSWER = 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final boolean staysTransactional;
  private @Nullable Connection connection;

  /**
   * @param staysTransactional whether auto-commit stays off after a transaction, until somebody
   *     only reads: on the way to a server turning it on and off again is two turns for each. Not
   *     for an engine that begins the next transaction by itself
   */
  OneConnection(Connection connection, boolean staysTransactional) {
    this.connection = connection;
    this.staysTransactional = staysTransactional;
  }

  @Override
  public boolean staysTransactional() {
    return staysTransactional;
  }

  @Override
  public Connection borrow() throws SQLException {
    lock.lock();
    Connection kept = connection;
    if (kept == null) {
      lock.unlock();
      throw new SQLException("the connection was lost or closed", "08003");
    }
    return kept;
  }

  @Override
  public void giveBack(Connection borrowed, boolean sound) {
    try {
      if (!sound && !isWhole(borrowed)) {
        drop();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether a connection is fit for the next transaction after work in it failed. */
  private static boolean isWhole(Connection borrowed) {
    try {
      if (!borrowed.isValid(SECONDS_TO_ANSWER)) {
        return false;
      }
      if (!borrowed.getAutoCommit()) {
        borrowed.rollback();
        borrowed.setAutoCommit(true);
      }
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      drop();
    } finally {
      lock.unlock();
    }
  }

  private void drop() {
    Connection kept = connection;
    connection = null;
    Connections.giveUp(kept);
  }
}
