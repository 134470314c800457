package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.tributary.fuzz.Memory;

/** What is said about windows. The first byte of an input chooses what. */
@Timeout(10)
class DigestFuzzTest {

  @FuzzTest
  void decode_ofAnything_givesWhatCanBeToldOnOrRefusesIt(byte[] input) throws IOException {
    if (input.length == 0) {
      return;
    }
    byte[] said = Arrays.copyOfRange(input, 1, input.length);
    byte[] once;
    try {
      once = retold(input[0], Sealed.body(said, magic(input[0])));
    } catch (WireFormatException | TooLargeException refused) {
      return;
    }
    assertThat(retold(input[0], once)).isEqualTo(once);
  }

  private static String magic(int kind) {
    return switch (kind & 3) {
      case 0 -> "TRIC";
      case 1 -> "TRID";
      case 2 -> "TRIS";
      default -> "TRIP";
    };
  }

  private static byte[] retold(int kind, byte[] body) throws IOException {
    return Memory.within(
        128, // they may expand to 16
        () ->
            switch (kind & 3) {
              case 0 -> DigestCodec.encode(DigestCodec.decodeClaims(body));
              case 1 -> differences(DigestCodec.decodeDifferences(body));
              case 2 -> DigestCodec.encode(DigestCodec.decodeSketches(body));
              default -> DigestCodec.encodeParts(DigestCodec.decodeParts(body));
            });
  }

  private static byte[] differences(List<Difference> differences) {
    for (Difference each : differences) { // a gateway asks its database for them, by their times
      assertThat(each.window().from()).isBefore(each.window().to());
    }
    return DigestCodec.encodeDifferences(differences);
  }
}
