package org.tributary.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Gives the bytes of a batch back, and trusts none of them. */
final class ByteSource {

  private final byte[] bytes;
  private int at;

  private ByteSource(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Expands what follows behind a magic and a format.
   *
   * @throws WireFormatException if the body does not begin with them
   * @throws TooLargeException as soon as more than {@code maxBytes} come out
   */
  static ByteSource inflated(byte[] body, byte[] magic, int format, int maxBytes)
      throws IOException {
    int header = magic.length + 1;
    if (body.length < header || !Arrays.equals(body, 0, magic.length, magic, 0, magic.length)) {
      String letters = new String(magic, StandardCharsets.US_ASCII);
      throw new WireFormatException("It does not begin with " + letters);
    }
    if (body[magic.length] != format) {
      throw new WireFormatException(
          "It is of format " + body[magic.length] + "; this program reads format " + format);
    }
    return inflated(body, header, maxBytes);
  }

  /**
   * Expands what follows behind the first bytes of a body.
   *
   * @throws TooLargeException as soon as more than {@code maxBytes} come out
   */
  static ByteSource inflated(byte[] body, int header, int maxBytes) throws IOException {
    return new ByteSource(new Expansion(body, header, maxBytes).bytes());
  }

  int remaining() {
    return bytes.length - at;
  }

  int oneByte() throws WireFormatException {
    need(1);
    return bytes[at++] & 0xFF;
  }

  byte[] bytes(int count) throws WireFormatException {
    need(count);
    byte[] copy = Arrays.copyOfRange(bytes, at, at + count);
    at += count;
    return copy;
  }

  long uvarint() throws WireFormatException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = oneByte();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new WireFormatException("A number of more than ten bytes");
  }

  long varint() throws WireFormatException {
    long zigzag = uvarint();
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }

  /** A count of something, which may not be more than {@code max}. */
  int count(int max, String what) throws IOException {
    long count = uvarint();
    if (count < 0 || count > max) {
      throw new TooLargeException(
          Long.toUnsignedString(count) + " " + what + ", where at most " + max + " are taken");
    }
    return (int) count;
  }

  double real() throws WireFormatException {
    return Double.longBitsToDouble(fixed());
  }

  /** Eight bytes, the lowest first. */
  long fixed() throws WireFormatException {
    need(8);
    long bits = 0;
    for (int i = 0; i < 8; i++) {
      bits |= (bytes[at++] & 0xFFL) << (8 * i);
    }
    return bits;
  }

  String text() throws IOException {
    int length = count(bytes.length, "bytes of text");
    need(length);
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length)).toString();
      at += length;
      return text;
    } catch (CharacterCodingException e) {
      throw new WireFormatException("A text that is not UTF-8", e);
    }
  }

  void expectEnd() throws WireFormatException {
    if (remaining() > 0) {
      throw new WireFormatException(remaining() + " bytes too many");
    }
  }

  private void need(int count) throws WireFormatException {
    if (remaining() < count) {
      throw new WireFormatException("The batch is cut short");
    }
  }
}
