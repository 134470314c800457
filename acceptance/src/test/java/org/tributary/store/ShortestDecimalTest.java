package org.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortestDecimalTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "32.14",
        "-40.4",
        "0.1",
        "21.5",
        "1234567",
        "16777217",
        "123456790",
        "1.4567E38",
        "1.0E10",
        "3.3E-5",
        "3.0E-12",
        "3.4028235E38",
        "1.0E-45",
        "9999999",
        "1.0E7",
        "2.0E-3"
      })
  void widen_givesTheNumberThatWasWritten(String written) {
    float kept = Float.parseFloat(written);

    assertThat(ShortestDecimal.widen(kept))
        .isEqualTo(written.equals("16777217") ? 16777216.0 : Double.parseDouble(written));
  }

  @Test
  void widen_narrowsBackToTheSameFloat() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (!Float.isNaN(value)) {
        assertThat((float) ShortestDecimal.widen(value)).isEqualTo(value + 0.0f);
      }
    }
  }

  @Test
  void widen_leavesWhatIsNoNumber() {
    assertThat(ShortestDecimal.widen(Float.NaN)).isNaN();
    assertThat(ShortestDecimal.widen(Float.NEGATIVE_INFINITY)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Double.doubleToRawLongBits(ShortestDecimal.widen(-0.0f))).isZero();
  }
}
