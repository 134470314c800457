package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Windows that differ, each as one byte for every bucket of its rows, so that central finds the few
 * buckets that differ. Rows fall into buckets by their key, so a row that one side lacks moves no
 * other. Two different sums have the same byte once in 256 times; the next round is salted
 * otherwise.
 */
public record Sketches(
    Table table, int columns, Optional<Position> upTo, long salt, List<Sketch> sketches) {

  /** Most buckets of a window. */
  public static final int MOST_BUCKETS = 4_096;

  /** One window's buckets; the array must not be changed afterwards. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  public record Sketch(Window window, byte[] buckets) {
    public Sketch {
      requireNonNull(window);
      if (buckets.length < 1 || buckets.length > MOST_BUCKETS) {
        throw new IllegalArgumentException(buckets.length + " buckets");
      }
    }
  }

  public Sketches {
    requireNonNull(table);
    requireNonNull(upTo);
    sketches = List.copyOf(sketches);
  }

  /** How many buckets show a difference well where there are so many rows. */
  public static int bucketsFor(long rows) {
    return (int) Math.max(1, Math.min(MOST_BUCKETS, rows / 2));
  }

  /**
   * One byte of a bucket's sum. With each salt it is another one, so that what looks alike in one
   * round does not in the next.
   */
  public static byte byteOf(long sum, long salt) {
    return (byte) ((sum * (salt | 1)) >>> 56);
  }
}
