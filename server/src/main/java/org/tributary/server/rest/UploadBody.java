package org.tributary.server.rest;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.tributary.wire.TooLargeException;

/**
 * The body of an upload, unpacked as it is read, whatever it is packed in: zlib, as gateways of the
 * original system send it without saying so, gzip, or nothing. Its first bytes tell which; headers
 * don't.
 */
final class UploadBody {

  static final long MAX_PACKED = 64L << 20;
  static final long MAX_UNPACKED = 256L << 20;

  /** What measurements never reach as JSON: real ones get to 25, all the same value to some 60. */
  static final int MAX_RATIO = 200;

  private static final long ALWAYS_TAKEN = 1L << 20;
  private static final int STEP = 64 << 10;

  private UploadBody() {}

  /**
   * Opens a body.
   *
   * @param share where the memory comes from that the unpacked body takes
   */
  static InputStream open(InputStream body, UploadRoom.Share share) throws IOException {
    Counted packed = new Counted(body);
    BufferedInputStream peeked = new BufferedInputStream(packed);
    peeked.mark(2);
    int first = peeked.read();
    int second = peeked.read();
    peeked.reset();
    InputStream plain = peeked;
    if (isZlib(first, second)) {
      plain = new InflaterInputStream(peeked);
    } else if (first == 0x1F && second == 0x8B) {
      plain = new GZIPInputStream(peeked, STEP);
    }
    return new Unpacked(plain, packed, share);
  }

  /** RFC 1950, 2.2: method 8, a window of 32 KB at most, and a check of both bytes. No JSON so. */
  private static boolean isZlib(int first, int second) {
    return second >= 0
        && (first & 0x0F) == 8
        && (first >> 4) <= 7
        && ((first << 8) | second) % 31 == 0;
  }

  /** Counts what is read. */
  private static class Counted extends FilterInputStream {
    long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      if (one >= 0) {
        more(1);
      }
      return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int some = super.read(into, offset, length);
      if (some > 0) {
        more(some);
      }
      return some;
    }

    @Override
    public long skip(long wanted) throws IOException {
      long skipped = super.skip(wanted);
      more(skipped);
      return skipped;
    }

    @Override
    public boolean markSupported() {
      return false; // what is read twice would be counted twice
    }

    void more(long bytes) throws IOException {
      count += bytes;
      if (count > MAX_PACKED) {
        throw NotNowException.tooLarge(
            "An upload may have %,d MB at most: send it in parts".formatted(MAX_PACKED >> 20));
      }
    }
  }

  /** Keeps the unpacked body within its limits. */
  private static final class Unpacked extends Counted {
    private final Counted packed;
    private final UploadRoom.Share share;
    private long roomFor;

    Unpacked(InputStream plain, Counted packed, UploadRoom.Share share) {
      super(plain);
      this.packed = packed;
      this.share = share;
    }

    @Override
    void more(long bytes) throws IOException {
      count += bytes;
      if (count > ALWAYS_TAKEN && count / MAX_RATIO > packed.count) {
        throw new TooLargeException(
            "The body unpacks to more than %d times its size".formatted(MAX_RATIO));
      }
      if (count > MAX_UNPACKED) {
        throw NotNowException.tooLarge(
            "An upload may unpack to %,d MB at most: send it in parts"
                .formatted(MAX_UNPACKED >> 20));
      }
      while (count > roomFor) {
        if (!share.take(STEP)) {
          throw NotNowException.busy(
              "There is no memory for this upload now; give central more, or send smaller ones");
        }
        roomFor += STEP;
      }
    }
  }
}
