package org.tributary.edge.rest;

import static java.util.Objects.requireNonNull;

import org.tributary.wire.Position;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;

/**
 * Rows of a series that wait because what they refer to has no match at the server. Not each is
 * noted: once there is a match, the series is sent again from the first of them on.
 *
 * @param table of the rows
 * @param parent table that they refer to
 * @param local id that they refer to, as it is here
 * @param first key of them
 * @param last key of them that was counted
 */
record Held(
    String table,
    String parent,
    long local,
    Position first,
    Position last,
    long count,
    Rule rule,
    String reason) {

  Held {
    requireNonNull(table);
    requireNonNull(parent);
    requireNonNull(first);
    requireNonNull(last);
    requireNonNull(rule);
    requireNonNull(reason);
  }

  boolean isOf(String series, String parentTable, long id) {
    return table.equals(series) && parent.equals(parentTable) && local == id;
  }

  /** With one more row, if it was not counted already. */
  Held and(Position key) {
    return key.isAfter(last)
        ? new Held(table, parent, local, first, key, count + 1, rule, reason)
        : this;
  }

  /** All of them, as one line for people. */
  SetAside summary() {
    return new SetAside(
        table,
        "%,d from %s to %s".formatted(count, first, last),
        rule,
        reason + "; they are sent once it is mended");
  }
}
