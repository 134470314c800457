package org.tributary.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Expands a zlib stream that a stranger may have made. One that grows as no rows do is first
 * expanded into nothing, to learn its size: a bomb costs a moment and no memory. Not thread-safe.
 */
final class Expansion {

  /** What is no larger is expanded without further looks. */
  private static final int SMALL = 1 << 20;

  /** Rows hardly ever get to ten, zeros to a thousand. */
  private static final int SUSPICIOUS_RATIO = 200;

  private static final int CHUNK = 8_192;

  private final byte[] body;
  private final int from;
  private final int maxBytes;
  private boolean isCounted;

  /**
   * @param from where in the body the stream begins
   * @param maxBytes most bytes that may come out
   */
  Expansion(byte[] body, int from, int maxBytes) {
    this.body = body;
    this.from = from;
    this.maxBytes = maxBytes;
  }

  /**
   * All that comes out.
   *
   * @throws TooLargeException if that is more than it may be
   * @throws WireFormatException if it is no whole stream, or something follows it
   */
  byte[] bytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(body.length * 3, SMALL));
    expand(out);
    return out.toByteArray();
  }

  private void expand(OutputStream out) throws IOException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(body, from, body.length - from);
      byte[] chunk = new byte[CHUNK];
      long size = 0;
      while (!inflater.finished()) {
        int count = inflater.inflate(chunk);
        if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw new WireFormatException("The batch is cut short");
        }
        size += count;
        if (size > maxBytes) {
          throw new TooLargeException("A batch may expand to " + maxBytes + " bytes at most");
        }
        if (!isCounted && size > SMALL && size / SUSPICIOUS_RATIO > inflater.getBytesRead()) {
          isCounted = true;
          expand(OutputStream.nullOutputStream());
        }
        out.write(chunk, 0, count);
      }
      if (inflater.getRemaining() > 0) {
        throw new WireFormatException("Bytes follow the end of the batch");
      }
    } catch (DataFormatException e) {
      throw new WireFormatException("The batch is garbled: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }
}
