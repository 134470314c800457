package org.tributary.wire;

/**
 * How many rows there are, and the sum of their hashes modulo 2^64: equal on both sides when the
 * rows are. It knows no order, so days add up to months, and houses to deployments.
 */
public record Digest(long rows, long sum) {

  public static final Digest NONE = new Digest(0, 0);

  public Digest plus(Digest other) {
    return new Digest(rows + other.rows, sum + other.sum);
  }

  /** What has to be added to the other to come to this one; its count may be negative. */
  public Digest minus(Digest other) {
    return new Digest(rows - other.rows, sum - other.sum);
  }

  @Override
  public String toString() {
    return rows + " rows " + Long.toHexString(sum);
  }
}
