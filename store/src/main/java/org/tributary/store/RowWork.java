package org.tributary.store;

import java.sql.SQLException;
import org.tributary.wire.Rows;

/** Takes rows, a few at a time. */
@FunctionalInterface
public interface RowWork {
  void take(Rows rows) throws SQLException;
}
