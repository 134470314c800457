package org.tributary.server.rest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.tributary.server.http.CountedStream;
import org.tributary.server.http.Room;
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
  static InputStream open(InputStream body, Room.Share share) throws IOException {
    Packed packed = new Packed(body);
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

  /** Keeps the body within its limit as it comes. */
  private static final class Packed extends CountedStream {
    Packed(InputStream body) {
      super(body);
    }

    @Override
    protected void counted(long total) throws IOException {
      if (total > MAX_PACKED) {
        throw NotNowException.tooLarge(
            "An upload may have %,d MB at most: send it in parts".formatted(MAX_PACKED >> 20));
      }
    }
  }

  /** Keeps the unpacked body within its limits. */
  private static final class Unpacked extends CountedStream {
    private final Packed packed;
    private final Room.Share share;
    private long roomFor;

    Unpacked(InputStream plain, Packed packed, Room.Share share) {
      super(plain);
      this.packed = packed;
      this.share = share;
    }

    @Override
    protected void counted(long total) throws IOException {
      if (total > ALWAYS_TAKEN && total / MAX_RATIO > packed.count()) {
        throw new TooLargeException(
            "The body unpacks to more than %d times its size".formatted(MAX_RATIO));
      }
      if (total > MAX_UNPACKED) {
        throw NotNowException.tooLarge(
            "An upload may unpack to %,d MB at most: send it in parts"
                .formatted(MAX_UNPACKED >> 20));
      }
      while (total > roomFor) {
        if (!share.take(STEP)) {
          throw NotNowException.busy(
              "There is no memory for this upload now; give central more, or send smaller ones");
        }
        roomFor += STEP;
      }
    }
  }
}
