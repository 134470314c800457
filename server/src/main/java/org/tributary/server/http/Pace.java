package org.tributary.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;

/**
 * How fast the other end of a request sends or takes, by the time that is spent waiting for it. One
 * that drips would keep a thread for hours: it is given up. Not thread-safe.
 */
final class Pace {

  /** A tenth of what the slowest mobile link carries. */
  static final int BYTES_PER_SECOND = 100;

  /** For so long anybody may pause. */
  static final Duration GRACE = Duration.ofSeconds(20);

  /** Clocks jump; nobody waits longer than until the connection is given up as idle. */
  private static final long LONGEST_MILLIS = Listening.IDLE_MILLIS;

  private final Clock clock;
  private long waitedMillis;
  private long bytes;

  private Pace(Clock clock) {
    this.clock = clock;
  }

  /** The same stream, which fails with a {@link TooSlowException} when too little comes. */
  static InputStream of(InputStream in, Clock clock) {
    Pace pace = new Pace(clock);
    return new InputStream() {
      @Override
      public int read() throws IOException {
        long begun = clock.millis();
        int one = in.read();
        pace.waited(begun, one < 0 ? 0 : 1, one < 0);
        return one;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        long begun = clock.millis();
        int some = in.read(into, offset, length);
        pace.waited(begun, Math.max(0, some), some < 0);
        return some;
      }

      @Override
      public int available() throws IOException {
        return in.available();
      }

      @Override
      public void close() throws IOException {
        in.close();
      }
    };
  }

  /** The same stream, which fails with a {@link TooSlowException} when too little is taken. */
  static OutputStream of(OutputStream out, Clock clock) {
    Pace pace = new Pace(clock);
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        long begun = clock.millis();
        out.write(from, offset, length);
        pace.waited(begun, length, false);
      }

      @Override
      public void flush() throws IOException {
        out.flush();
      }

      @Override
      public void close() throws IOException {
        out.close();
      }
    };
  }

  private void waited(long begun, int moved, boolean isEnd) throws TooSlowException {
    waitedMillis += Math.min(LONGEST_MILLIS, Math.max(0, clock.millis() - begun));
    bytes += moved;
    if (!isEnd
        && waitedMillis > GRACE.toMillis()
        && bytes * 1_000 < waitedMillis * BYTES_PER_SECOND) {
      throw new TooSlowException(
          "%,d bytes in %d s are too few: %d a second are expected"
              .formatted(bytes, waitedMillis / 1_000, BYTES_PER_SECOND));
    }
  }
}
