package org.tributary.store;

import java.time.LocalDateTime;
import java.util.List;

/** How times stand in a column, for comparing it with one. */
interface TimeForm {

  /** A stretch of cells as the database sorts them, without its end. */
  record Range(Object from, Object before) {}

  /**
   * Every way in which this instant may stand in the column. As the database sorts them, the first
   * is the lowest and the last the highest of those that are usual in it.
   */
  List<Object> spellings(long micros);

  /**
   * Where later times may stand that are sorted before a cell with this instant.
   *
   * @param standing the cell
   */
  default List<Range> passedOver(Object standing, long micros) {
    return List.of(); // mostly times are sorted as times
  }

  /** Where times stand that are earlier than this instant; others may stand there as well. */
  default List<Range> earlier(long micros) {
    return List.of(new Range(LocalDateTime.of(1, 1, 1, 0, 0), spellings(micros).get(0)));
  }

  /**
   * Where the times of a stretch stand; others may stand there as well. No cell stands in two of
   * the ranges.
   *
   * @param from its first microsecond, where an hour begins
   * @param before the first one behind it, where an hour begins: of the same day, or both of them
   *     midnights
   */
  List<Range> within(long from, long before);
}
