package org.tributary.wire;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.zip.Deflater;

/**
 * A zlib stream in pieces. Each piece has codes of its own, so that what is rare in one and common
 * in another takes few bits in both; whoever expands the stream does not notice. Not thread-safe.
 */
final class Compression implements AutoCloseable {

  private static final int LEVEL = 6;

  // A piece of noise, such as the last digits of a sensor, repeats itself by chance only: looking
  // for repetitions would take twice the time and cost bits. Where a byte is as common as this,
  // its runs are worth it, because a code takes one bit at least.
  private static final double SHARE_OF_RUNS = 0.5;

  private final Deflater deflater = new Deflater(LEVEL);
  private final byte[] chunk = new byte[8192];
  private final ByteArrayOutputStream out;

  Compression(ByteArrayOutputStream out) {
    this.out = out;
  }

  /**
   * Compresses the bytes up to {@code size}.
   *
   * @param cuts where a new piece begins, ascending
   */
  void compress(byte[] bytes, int size, List<Integer> cuts) {
    int from = 0;
    for (int cut : cuts) {
      begin(bytes, from, cut);
      flush(Deflater.SYNC_FLUSH);
      from = cut;
    }
    begin(bytes, from, size);
    deflater.finish();
    while (!deflater.finished()) {
      out.write(chunk, 0, deflater.deflate(chunk));
    }
  }

  /** What comes before the first cut is names and patterns, for which the default is made. */
  private void begin(byte[] bytes, int from, int to) {
    if (from > 0) {
      deflater.setStrategy(strategy(bytes, from, to));
      flush(Deflater.NO_FLUSH); // a strategy counts only from the call after the next one on
    }
    deflater.setInput(bytes, from, to - from);
  }

  private void flush(int how) {
    int count;
    do {
      count = deflater.deflate(chunk, 0, chunk.length, how);
      out.write(chunk, 0, count);
    } while (count == chunk.length || !deflater.needsInput());
  }

  private static int strategy(byte[] bytes, int from, int to) {
    int[] counts = new int[256];
    int most = 0;
    for (int i = from; i < to; i++) {
      most = Math.max(most, ++counts[bytes[i] & 0xFF]);
    }
    return most >= SHARE_OF_RUNS * (to - from) ? Deflater.FILTERED : Deflater.HUFFMAN_ONLY;
  }

  @Override
  public void close() {
    deflater.end();
  }
}
