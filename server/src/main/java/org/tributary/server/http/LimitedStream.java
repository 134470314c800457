package org.tributary.server.http;

import java.io.InputStream;
import org.tributary.wire.TooLargeException;

/** Ends with a {@link TooLargeException} when more is read from it than a body may have. */
final class LimitedStream extends CountedStream {

  private final long limit;

  /**
   * @param limit most bytes that may be read
   */
  LimitedStream(InputStream in, long limit) {
    super(in);
    this.limit = limit;
  }

  @Override
  protected void counted(long total) throws TooLargeException {
    if (total > limit) {
      throw new TooLargeException("A body may have %,d bytes at most".formatted(limit));
    }
  }
}
