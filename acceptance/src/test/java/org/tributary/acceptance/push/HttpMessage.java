package org.tributary.acceptance.push;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A request or an answer as it travels, head and body, byte by byte. Immutable by custom. */
final class HttpMessage {

  private static final HttpMessage NONE = new HttpMessage(new byte[0]);

  private final byte[] bytes;

  private HttpMessage(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The next whole message; empty at the end of the connection. */
  static HttpMessage read(InputStream in) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    if (!copyTo(message, in, "\r\n\r\n")) {
      return NONE;
    }
    String head = message.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    boolean isWhole =
        head.contains("transfer-encoding: chunked")
            ? copyChunks(message, in)
            : copyBytes(message, in, length(head));
    return isWhole ? new HttpMessage(message.toByteArray()) : NONE;
  }

  byte[] bytes() {
    return bytes;
  }

  String firstLine() {
    return new String(bytes, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
  }

  private static int length(String head) {
    return head.lines()
        .filter(line -> line.startsWith("content-length:"))
        .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
        .findFirst()
        .orElse(0);
  }

  private static boolean copyChunks(ByteArrayOutputStream message, InputStream in)
      throws IOException {
    while (true) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      if (!copyTo(line, in, "\r\n")) {
        return false;
      }
      line.writeTo(message);
      int size = Integer.parseInt(line.toString(StandardCharsets.ISO_8859_1).strip(), 16);
      if (!copyBytes(message, in, size + 2)) { // and the end of its line
        return false;
      }
      if (size == 0) {
        return true;
      }
    }
  }

  private static boolean copyBytes(ByteArrayOutputStream to, InputStream in, int length)
      throws IOException {
    byte[] bytes = in.readNBytes(length);
    to.writeBytes(bytes);
    return bytes.length == length;
  }

  /** Copies up to and with these characters; false if the connection ends before. */
  private static boolean copyTo(ByteArrayOutputStream to, InputStream in, String end)
      throws IOException {
    int matched = 0;
    while (matched < end.length()) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      to.write(next);
      matched = next == end.charAt(matched) ? matched + 1 : next == end.charAt(0) ? 1 : 0;
    }
    return true;
  }
}
