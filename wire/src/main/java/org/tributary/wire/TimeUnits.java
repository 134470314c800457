package org.tributary.wire;

/** Finds the coarsest unit in which a column of times is still exact. */
final class TimeUnits {

  private static final long[] UNITS = {
    60_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10
  };

  private TimeUnits() {}

  /** Microseconds of that unit; 1 if nothing coarser will do. */
  static long coarsest(Cells times, int size) {
    int candidate = 0;
    for (int row = 0; row < size; row++) {
      if (!times.isNull(row)) {
        candidate = exact(times.longAt(row), candidate);
      }
    }
    return unit(candidate);
  }

  /** Microseconds of that unit; 1 if nothing coarser will do. */
  static long coarsest(long[] times) {
    int candidate = 0;
    for (long time : times) {
      candidate = exact(time, candidate);
    }
    return unit(candidate);
  }

  private static int exact(long time, int candidate) {
    int next = candidate;
    while (next < UNITS.length && time % UNITS[next] != 0) {
      next++;
    }
    return next;
  }

  private static long unit(int candidate) {
    return candidate < UNITS.length ? UNITS[candidate] : 1;
  }
}
