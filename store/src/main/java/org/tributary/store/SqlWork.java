package org.tributary.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Something to do with a connection. It may run twice, so it must not change anything else. */
@FunctionalInterface
public interface SqlWork<T> {
  T run(Connection connection) throws SQLException;
}
