package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Timeout;
import org.tributary.fuzz.Memory;

/**
 * The sync protocol's messages of JSON. The first byte of an input chooses which, and of which
 * table.
 */
@Timeout(10)
class MessageFuzzTest {

  @FuzzTest
  void read_ofAnything_givesAMessageThatCanBeWrittenOnOrRefusesIt(byte[] input) throws IOException {
    if (input.length == 0) {
      return;
    }
    Message[] all = Message.values();
    int chosen = input[0] & 0xFF;
    Message message = all[chosen % all.length];
    Table table = Tables.ALL.get(chosen / all.length % Tables.ALL.size());
    byte[] body = Arrays.copyOfRange(input, 1, input.length);
    byte[] once;
    try {
      once = rewritten(message, body, table);
    } catch (WireFormatException refused) {
      return;
    }
    assertThat(new String(rewritten(message, once, table), StandardCharsets.UTF_8))
        .isEqualTo(new String(once, StandardCharsets.UTF_8));
  }

  private static byte[] rewritten(Message message, byte[] body, Table table) throws IOException {
    return Memory.within(64, () -> message.rewritten(body, table));
  }
}
