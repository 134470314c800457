package org.tributary.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** Several connections for central, which answers many gateways at once. */
final class Pool implements Connections {

  private final HikariDataSource pool;

  Pool(Engine engine, DatabaseUrl url, Access access, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("tributary-db");
    config.setDataSource(new EngineDataSource(engine, url, access));
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(10_000);
    // Start even while the database is away: a request then says so, and a later one succeeds.
    config.setInitializationFailTimeout(-1);
    this.pool = new HikariDataSource(config);
  }

  @Override
  public Connection borrow() throws SQLException {
    try {
      return pool.getConnection();
    } catch (SQLTransientConnectionException e) {
      // The pool says only that it waited; its cause says why in vain.
      throw e.getCause() instanceof SQLException cause ? cause : e;
    }
  }

  @Override
  public void giveBack(Connection connection, boolean sound) {
    if (!sound) {
      pool.evictConnection(connection); // which closes it: closing it once more fails
      return;
    }
    try {
      connection.close();
    } catch (SQLException e) {
      // The pool gives it up by itself; the work's own failure is what the caller must hear.
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
