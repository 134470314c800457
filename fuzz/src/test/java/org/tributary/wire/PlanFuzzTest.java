package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import org.junit.jupiter.api.Timeout;
import org.tributary.fuzz.Memory;

/** What a gateway asks when it wants to know what a cycle would do. */
@Timeout(10)
class PlanFuzzTest {

  private static final int MAX_ROWS = 10_000;
  private static final int MAX_BYTES = 1 << 20;

  @FuzzTest
  void decode_ofAnything_givesAQuestionThatCanBeAskedOnOrRefusesIt(byte[] input)
      throws IOException {
    Proposal proposal;
    byte[] body = Sealed.body(input, "TRIP");
    try {
      proposal = Memory.within(64, () -> PlanCodec.decode(body, MAX_ROWS, MAX_BYTES));
    } catch (WireFormatException | TooLargeException refused) {
      return;
    }
    byte[] once = PlanCodec.encode(proposal);
    assertThat(PlanCodec.encode(PlanCodec.decode(once, MAX_ROWS, 32 * MAX_BYTES))).isEqualTo(once);
  }
}
