package org.tributary.store.completeness;

import java.util.Set;
import java.util.TreeSet;

/**
 * A stretch of time without a sample of some of a node's sensors, where there should have been
 * some.
 *
 * @param from the last sample before, in microseconds since 1970 UTC
 * @param until the first sample behind it, or the end of what is looked at
 * @param types what the silent sensors measure
 * @param rows how many readings are missing at the usual rhythm
 * @param usual the shortest of the sensors' usual spacings, in microseconds
 */
record Silence(long node, long from, long until, Set<Long> types, long rows, long usual) {

  Silence {
    types = Set.copyOf(types);
  }

  /** Whether both are parts of one silence of the node. */
  boolean overlaps(Silence other) {
    return node == other.node && from < other.until && other.from < until;
  }

  Silence and(Silence other) {
    Set<Long> all = new TreeSet<>(types);
    all.addAll(other.types);
    return new Silence(
        node,
        Math.min(from, other.from),
        Math.max(until, other.until),
        all,
        rows + other.rows,
        Math.min(usual, other.usual));
  }

  /** How many readings of it fall into a stretch; parts add up to the whole. */
  long rowsWithin(long begin, long end) {
    return rowsUpTo(end) - rowsUpTo(begin);
  }

  private long rowsUpTo(long moment) {
    long within = Math.max(from, Math.min(until, moment)) - from;
    return until == from ? 0 : Math.round((double) rows * within / (until - from));
  }

  /** The part of it that lies within a stretch. */
  Silence within(long begin, long end) {
    long first = Math.max(from, begin);
    long last = Math.max(first, Math.min(until, end));
    return new Silence(node, first, last, types, rowsWithin(first, last), usual);
  }

  /** How many messages the node would have sent. */
  long messages() {
    return Math.max(1, Math.round((double) (until - from) / usual) - 1);
  }
}
