package org.tributary.store;

import java.sql.SQLException;
import org.tributary.wire.Rows;
import org.tributary.wire.Unreadable;

/** Takes rows, a few at a time. */
@FunctionalInterface
public interface RowWork {
  void take(Rows rows) throws SQLException;

  /** Hears of a row that stands among them and can't be read. */
  default void passedOver(Unreadable row) {}
}
