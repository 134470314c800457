package org.tributary.server.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.tributary.wire.TooLargeException;

/**
 * Ends with a {@link TooLargeException} when more is read from it than is taken. Not thread-safe.
 */
public final class LimitedStream extends FilterInputStream {

  private final long limit;
  private final String message;
  private long read;

  /**
   * @param limit most bytes that may be read
   * @param message what to say beyond that; may have one {@code %d} for the limit
   */
  public LimitedStream(InputStream in, long limit, String message) {
    super(in);
    this.limit = limit;
    this.message = message;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    count(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    count(Math.max(0, count));
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(count);
    count(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false; // what is read twice would be counted twice
  }

  private void count(long more) throws TooLargeException {
    read += more;
    if (read > limit) {
      throw new TooLargeException(message.formatted(limit));
    }
  }
}
