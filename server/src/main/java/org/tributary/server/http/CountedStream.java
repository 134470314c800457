package org.tributary.server.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is read from it, for whoever bounds it. Not thread-safe. */
public abstract class CountedStream extends FilterInputStream {

  private long count;

  protected CountedStream(InputStream in) {
    super(in);
  }

  /** How many bytes have been read. */
  public final long count() {
    return count;
  }

  /**
   * Called whenever more has been read.
   *
   * @param total how many bytes in all
   * @throws IOException if that is too much
   */
  protected abstract void counted(long total) throws IOException;

  @Override
  public final int read() throws IOException {
    int one = super.read();
    if (one >= 0) {
      add(1);
    }
    return one;
  }

  @Override
  public final int read(byte[] into, int offset, int length) throws IOException {
    int some = super.read(into, offset, length);
    if (some > 0) {
      add(some);
    }
    return some;
  }

  @Override
  public final long skip(long wanted) throws IOException {
    long skipped = super.skip(wanted);
    add(skipped);
    return skipped;
  }

  @Override
  public final boolean markSupported() {
    return false; // what is read twice would be counted twice
  }

  private void add(long bytes) throws IOException {
    count += bytes;
    counted(count);
  }
}
