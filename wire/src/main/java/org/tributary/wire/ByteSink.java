package org.tributary.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Collects the bytes of a batch, then compresses them. */
final class ByteSink {

  // A code takes some 60 bytes itself.
  private static final int LEAST_PIECE = 1024;

  private final List<Integer> cuts = new ArrayList<>();
  private byte[] buffer;
  private int size;
  private int lastCut;

  ByteSink(int expected) {
    buffer = new byte[expected];
  }

  void oneByte(int value) {
    room(1);
    buffer[size++] = (byte) value;
  }

  void bytes(byte[] bytes) {
    room(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  /** A number, seen as unsigned: seven bits a byte, the lowest first. */
  void uvarint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      buffer[size++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    buffer[size++] = (byte) rest;
  }

  /** A signed number; zig-zag makes small ones short whatever their sign. */
  void varint(long value) {
    uvarint((value << 1) ^ (value >> 63));
  }

  static int varintSize(long value) {
    long zigzag = (value << 1) ^ (value >> 63);
    return (70 - Long.numberOfLeadingZeros(zigzag | 1)) / 7;
  }

  void real(double value) {
    fixed(Double.doubleToRawLongBits(value));
  }

  /** Eight bytes, the lowest first. */
  void fixed(long bits) {
    room(8);
    for (int i = 0; i < 8; i++) {
      buffer[size++] = (byte) (bits >>> (8 * i));
    }
  }

  void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    uvarint(utf8.length);
    bytes(utf8);
  }

  /**
   * Says that what follows is of another kind than what came before, so that the compressor may
   * give each its own code. The reader does not notice.
   */
  void cut() {
    if (size - lastCut >= LEAST_PIECE) {
      cuts.add(size);
      lastCut = size;
    }
  }

  /** The magic, the format, and everything so far as a zlib stream. */
  byte[] deflated(byte[] magic, int format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(64 + size / 3);
    out.writeBytes(magic);
    out.write(format);
    try (Compression compression = new Compression(out)) {
      compression.compress(buffer, size, cuts);
    }
    return out.toByteArray();
  }

  /** SHA-256 of everything so far, in hexadecimal. */
  String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(buffer, 0, size);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private void room(int more) {
    if (size + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(size + more, buffer.length + (buffer.length >> 1)));
    }
  }
}
