package org.tributary.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One connection, kept open between uses and opened anew after a failure: all that a gateway needs.
 * Whoever borrows while it is out waits.
 */
final class KeptConnection implements Connections {

  private final Engine engine;
  private final DatabaseUrl url;
  private final Access access;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Connection kept;

  KeptConnection(Engine engine, DatabaseUrl url, Access access) {
    this.engine = engine;
    this.url = url;
    this.access = access;
  }

  @Override
  public Connection borrow() throws SQLException {
    lock.lock();
    boolean opened = false;
    try {
      Connection connection = kept;
      if (connection == null) {
        connection = engine.connect(url, access);
        kept = connection;
      }
      opened = true;
      return connection;
    } finally {
      if (!opened) {
        lock.unlock();
      }
    }
  }

  @Override
  public void giveBack(Connection connection, boolean sound) {
    try {
      if (!sound) {
        drop();
      }
    } finally {
      lock.unlock();
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
    Connection connection = kept;
    kept = null;
    Connections.giveUp(connection);
  }
}
