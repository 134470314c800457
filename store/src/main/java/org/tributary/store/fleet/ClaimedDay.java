package org.tributary.store.fleet;

import java.time.Instant;
import org.tributary.wire.Window;

/**
 * What a gateway said last of its readings of a day.
 *
 * @param hour the day's first, in hours since 1970 UTC
 * @param rows how many it has
 * @param missing how many of them were not here then, or were others
 * @param noticed since when it says so
 */
record ClaimedDay(long hour, long rows, long missing, Instant noticed) {

  Instant end() {
    return new Window(null, hour, Window.DAY).to();
  }
}
