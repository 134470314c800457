package org.tributary.store;

import java.util.List;

/** How a database writes a time, for comparing columns with it. */
@FunctionalInterface
interface TimeForm {
  /**
   * Every way in which this instant may stand in the column, in the database's own order: nothing
   * that stands between the first and the last means another instant.
   */
  List<Object> spellings(long micros);
}
