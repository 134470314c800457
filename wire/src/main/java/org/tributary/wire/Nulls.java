package org.tributary.wire;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/** Which cells of a column are null: one byte where none is, else a bit a row. */
final class Nulls {

  private static final int NONE = 0;
  private static final int BITMAP = 1;

  private Nulls() {}

  static void write(ByteSink out, BitSet nulls, int size) {
    if (nulls.isEmpty()) {
      out.oneByte(NONE);
      return;
    }
    out.oneByte(BITMAP);
    out.bytes(Arrays.copyOf(nulls.toByteArray(), bytes(size)));
  }

  static BitSet read(ByteSource in, int size) throws IOException {
    int kind = in.oneByte();
    if (kind > BITMAP) {
      throw new WireFormatException("No kind of nulls: " + kind);
    }
    if (kind == NONE) {
      return new BitSet(0);
    }
    BitSet nulls = BitSet.valueOf(in.bytes(bytes(size)));
    nulls.clear(size, Math.max(size, nulls.length()));
    return nulls;
  }

  private static int bytes(int size) {
    return (int) ((size + 7L) / 8);
  }
}
