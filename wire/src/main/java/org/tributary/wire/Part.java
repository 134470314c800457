package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.util.BitSet;

/**
 * A part of a window: those rows whose keys fall into some of its buckets.
 *
 * @param buckets into how many the window's rows are parted; 1 is the whole window
 * @param chosen which of them; must not be changed afterwards
 */
public record Part(Window window, int buckets, BitSet chosen) {

  public Part {
    requireNonNull(window);
    if (buckets < 1 || buckets > Sketches.MOST_BUCKETS || chosen.length() > buckets) {
      throw new IllegalArgumentException(chosen.length() + " of " + buckets + " buckets");
    }
  }

  /** All of a window. */
  public static Part whole(Window window) {
    BitSet all = new BitSet(1);
    all.set(0);
    return new Part(window, 1, all);
  }

  /** Whether a row of this window is in this part, given the hash of its key. */
  public boolean has(long key) {
    return chosen.get(RowHash.bucket(key, buckets));
  }
}
