package org.tributary.wire;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a table has come: where to start, never proof that what lies before it arrived.
 *
 * <p>For a series it is the full key of the last row, so that rows with equal times are told apart.
 * For a table that travels whole it is the fingerprint of the content that central took.
 *
 * @param key Long, Instant (whole microseconds) or String, in the order of the table's key
 */
public record Position(List<Object> key) implements Comparable<Position> {

  public Position {
    key = List.copyOf(key);
    for (Object value : key) {
      if (!(value instanceof Long) && !(value instanceof Instant) && !(value instanceof String)) {
        throw new IllegalArgumentException("Not part of a key: " + value.getClass());
      }
    }
  }

  public static Position of(Object... key) {
    return new Position(List.of(key));
  }

  /** The position of a table that travels whole. */
  public static Position fingerprint(String fingerprint) {
    return of(fingerprint);
  }

  /** The time that it has come to in a series; empty for a table that travels whole. */
  public Optional<Instant> time() {
    return !key.isEmpty() && key.get(0) instanceof Instant time
        ? Optional.of(time)
        : Optional.empty();
  }

  /** Orders as the database orders the key; positions must be of the same table. */
  @Override
  public int compareTo(Position other) {
    if (key.size() != other.key.size()) {
      throw new IllegalArgumentException("Keys of different tables: " + this + ", " + other);
    }
    for (int i = 0; i < key.size(); i++) {
      int order = compare(key.get(i), other.key.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int compare(Object left, Object right) {
    if (left instanceof Long l && right instanceof Long r) {
      return l.compareTo(r);
    }
    if (left instanceof Instant l && right instanceof Instant r) {
      return l.compareTo(r);
    }
    if (left instanceof String l && right instanceof String r) {
      return l.compareTo(r);
    }
    throw new IllegalArgumentException("Keys of different tables: " + left + ", " + right);
  }

  public boolean isAfter(Position other) {
    return compareTo(other) > 0;
  }

  @Override
  public String toString() {
    return key.toString();
  }
}
