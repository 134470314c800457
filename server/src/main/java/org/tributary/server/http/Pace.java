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
  private final Transfers.Transfer transfer;
  private long waitedMillis;
  private long bytes;

  private Pace(Clock clock, Transfers.Transfer transfer) {
    this.clock = clock;
    this.transfer = transfer;
  }

  /**
   * The same stream, which fails with a {@link TooSlowException} when too little comes.
   *
   * @param transfer hears how long it is waited for, and ends with the stream
   */
  static InputStream of(InputStream in, Clock clock, Transfers.Transfer transfer) {
    Pace pace = new Pace(clock, transfer);
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        long begun = pace.begins();
        int some = -1;
        try {
          some = in.read(into, offset, length);
        } catch (IOException e) {
          throw pace.instead(e);
        } finally {
          pace.waited(begun, Math.max(0, some));
        }
        if (some >= 0) {
          pace.check();
        }
        return some;
      }

      @Override
      public int available() throws IOException {
        return in.available();
      }

      @Override
      public void close() throws IOException {
        transfer.close();
        in.close();
      }
    };
  }

  /** The same stream, which fails with a {@link TooSlowException} when too little is taken. */
  static OutputStream of(OutputStream out, Clock clock, Transfers.Transfer transfer) {
    Pace pace = new Pace(clock, transfer);
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        long begun = pace.begins();
        try {
          out.write(from, offset, length);
        } catch (IOException e) {
          throw pace.instead(e);
        } finally {
          pace.waited(begun, length);
        }
        pace.check();
      }

      @Override
      public void flush() throws IOException {
        out.flush();
      }

      @Override
      public void close() throws IOException {
        transfer.close();
        out.close();
      }
    };
  }

  private long begins() {
    transfer.waits();
    return clock.millis();
  }

  private void waited(long begun, int moved) {
    long millis = Math.min(LONGEST_MILLIS, Math.max(0, clock.millis() - begun));
    transfer.moves(millis);
    waitedMillis += millis;
    bytes += moved;
  }

  private void check() throws TooSlowException {
    if (waitedMillis > GRACE.toMillis() && bytes * 1_000 < waitedMillis * BYTES_PER_SECOND) {
      throw new TooSlowException(
          "%,d bytes in %d s are too few: %d a second are expected"
              .formatted(bytes, waitedMillis / 1_000, BYTES_PER_SECOND));
    }
  }

  private IOException instead(IOException failure) {
    return transfer.isGivenUp()
        ? new TooSlowException("Others needed the thread that waited for this one")
        : failure;
  }
}
