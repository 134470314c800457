package org.tributary.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Inputs of the formats that are compressed. The first byte of an input says what the others are: 0
 * the body as it comes; any other the format, and what is inside the zlib stream, since no chance
 * would find its way through a checksum.
 */
final class Sealed {

  private Sealed() {}

  /** The body that an input stands for. */
  static byte[] body(byte[] input, String magic) {
    if (input.length == 0) {
      return input;
    }
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    if (input[0] == 0) {
      return rest;
    }
    ByteSink sink = new ByteSink(rest.length);
    sink.bytes(rest);
    return sink.deflated(magic.getBytes(StandardCharsets.US_ASCII), input[0]);
  }
}
