package org.tributary.store;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Times that stand in a column as a clock showed them, each in one way. */
record ClockForm(WallClock clock) implements TimeForm {

  @Override
  public List<Object> spellings(long micros) {
    return List.of(clock.shownAt(micros));
  }

  @Override
  public List<Range> within(long from, long before) {
    // Of an hour that is shown twice the second time has no rows: its end is where the first ends.
    LocalDateTime last = clock.shownAt(before - 1);
    return List.of(new Range(clock.shownAt(from), last.plus(1, ChronoUnit.MICROS)));
  }
}
