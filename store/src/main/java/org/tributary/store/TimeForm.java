package org.tributary.store;

import java.util.List;

/** How times stand in a column, for comparing it with one. */
@FunctionalInterface
interface TimeForm {
  /**
   * Every way in which this instant may stand in the column. As the database sorts them, the first
   * is the lowest and the last the highest of those that are usual in it.
   */
  List<Object> spellings(long micros);
}
