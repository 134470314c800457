package org.tributary.store.export;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Comparator;

/** One node's UTC day. They are in the order of days, and of nodes on each day. */
public record NodeOnDay(LocalDate day, long node) implements Comparable<NodeOnDay> {

  private static final Comparator<NodeOnDay> ORDER =
      Comparator.comparing(NodeOnDay::day).thenComparingLong(NodeOnDay::node);

  public NodeOnDay {
    requireNonNull(day);
  }

  @Override
  public int compareTo(NodeOnDay other) {
    return ORDER.compare(this, other);
  }
}
