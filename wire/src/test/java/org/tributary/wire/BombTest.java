package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S8, S9: small bodies that claim much. */
class BombTest {

  static final int PACKED = 4 << 20;
  static final int UNPACKED = 16 << 20;
  static final long ALLOWED = 16L << 20;

  /** Batches of both formats and a plan: four megabytes that expand to four gigabytes. */
  @ParameterizedTest
  @ValueSource(strings = {"TRIB\1", "TRIB\2", "TRIP\1"})
  void decode_ofWhatExpandsAThousandfold_endsBeforeItTakesMemory(String head) throws Exception {
    byte[] bomb = bomb(head);
    long before = allocated();

    assertThatThrownBy(
            () -> {
              if (head.startsWith("TRIB")) {
                BatchCodec.decode(bomb, 50_000, UNPACKED);
              } else {
                PlanCodec.decode(bomb, 50_000, UNPACKED);
              }
            })
        .isInstanceOf(TooLargeException.class)
        .hasMessage("A batch may expand to 16777216 bytes at most");

    assertThat(allocated() - before).isLessThan(ALLOWED);
  }

  @Test
  void parse_ofWhatNoMessageOfOursIs_refusesIt() {
    List<String> hostile =
        List.of(
            "[".repeat(33) + "]".repeat(33),
            "{\"a\":".repeat(100_000),
            "{\"a\":1,\"a\":2}",
            "{\"" + "a".repeat(2_000) + "\":1}",
            "[1" + "0".repeat(1_000) + "]",
            "[0." + "1".repeat(1_000) + "]",
            "[\"" + "a".repeat(5 << 20) + "\"]");

    for (String each : hostile) {
      assertThatThrownBy(() -> Json.parse(each.getBytes(StandardCharsets.UTF_8)))
          .as(each.substring(0, 10))
          .isInstanceOf(WireFormatException.class);
    }
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  /** Zeros behind a head, a megabyte in each kilobyte. */
  private static byte[] bomb(String head) throws IOException {
    byte[] zeros = new byte[1 << 20];
    ByteArrayOutputStream out = new ByteArrayOutputStream(PACKED + (1 << 16));
    out.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    DeflaterOutputStream packing = new DeflaterOutputStream(out, new Deflater(9), 1 << 16, true);
    packing.write(zeros);
    packing.flush();
    int first = out.size();
    packing.write(zeros);
    packing.flush();
    byte[] megabyte = Arrays.copyOfRange(out.toByteArray(), first, out.size());
    while (out.size() < PACKED) {
      out.write(megabyte);
    }
    return out.toByteArray();
  }
}
