package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.tributary.fuzz.Memory;

/** What gateways send. */
@Timeout(10)
class BatchFuzzTest {

  private static final int MAX_ROWS = 10_000;
  private static final int MAX_BYTES = 1 << 20;

  @FuzzTest
  void decode_ofAnything_givesABatchThatCanTravelOnOrRefusesIt(byte[] input) throws IOException {
    Optional<Batch> batch = decode(Sealed.body(input, "TRIB"));
    if (batch.isPresent()) {
      byte[] again = BatchCodec.encode(batch.get());
      Batch second = BatchCodec.decode(again, MAX_ROWS, 32 * MAX_BYTES);
      assertThat(BatchCodec.fingerprint(second)).isEqualTo(BatchCodec.fingerprint(batch.get()));
    }
  }

  private static Optional<Batch> decode(byte[] body) throws IOException {
    try {
      return Optional.of(Memory.within(16, () -> BatchCodec.decode(body, MAX_ROWS, MAX_BYTES)));
    } catch (WireFormatException | TooLargeException refused) {
      return Optional.empty();
    }
  }
}
