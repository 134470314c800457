package org.tributary.testbed.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A file: its bytes as everybody sees them, those on the disk, and what was written between. */
final class DiskFile implements DiskNode {

  private static final int LARGEST_PIECE = 12; // as a power of two: a page

  private byte[] seen = new byte[0];
  private byte[] kept = new byte[0];
  private final List<Change> pending = new ArrayList<>();

  /** Bytes that were written somewhere, and how long the file was from then on. */
  private static final class Change {
    final int at;
    final byte[] bytes;
    final int length;

    Change(int at, byte[] bytes, int length) {
      this.at = at;
      this.bytes = bytes;
      this.length = length;
    }

    byte[] appliedTo(byte[] before) {
      byte[] after = Arrays.copyOf(before, length);
      System.arraycopy(bytes, 0, after, at, bytes.length);
      return after;
    }
  }

  int length() {
    return seen.length;
  }

  int read(int at, byte[] into, int from, int most) {
    int count = Math.min(most, seen.length - at);
    if (count <= 0) {
      return -1;
    }
    System.arraycopy(seen, at, into, from, count);
    return count;
  }

  void write(int at, byte[] bytes) {
    change(new Change(at, bytes, Math.max(seen.length, at + bytes.length)));
  }

  void truncate(int length) {
    if (length < seen.length) {
      change(new Change(0, new byte[0], length));
    }
  }

  void force() {
    for (Change change : pending) {
      kept = change.appliedTo(kept);
    }
    pending.clear();
  }

  /** What was to be written is seen, and will never be on the disk. */
  void loseWhatIsPending() {
    pending.clear();
  }

  @Override
  public void crash(Random random) {
    int piece = 1 << random.nextInt(LARGEST_PIECE + 1);
    int lengths = random.nextInt(pending.size() + 1);
    int length = lengths == 0 ? kept.length : pending.get(lengths - 1).length;
    for (Change change : pending) {
      for (int from = 0; from < change.bytes.length; from += piece) {
        int to = Math.min(change.bytes.length, from + piece);
        if (random.nextBoolean()) {
          byte[] bytes = Arrays.copyOfRange(change.bytes, from, to);
          int at = change.at + from;
          int end = Math.max(kept.length, at + bytes.length);
          kept = new Change(at, bytes, end).appliedTo(kept);
        }
      }
    }
    kept = Arrays.copyOf(kept, length); // zeros where nothing was written
    pending.clear();
    seen = kept;
  }

  private void change(Change change) {
    seen = change.appliedTo(seen);
    pending.add(change);
  }
}
