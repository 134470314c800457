package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigestTest {

  private static final Digest MORNING = new Digest(3, 0x7000_0000_0000_0000L);
  private static final Digest EVENING = new Digest(2, 0x2000_0000_0000_0000L);

  @Test
  void plus_ofTwoStretches_isThatOfBothInWhateverOrder() {
    assertThat(MORNING.plus(EVENING))
        .as("the sum wraps round")
        .isEqualTo(new Digest(5, 0x9000_0000_0000_0000L))
        .isEqualTo(EVENING.plus(MORNING));
    assertThat(MORNING.plus(Digest.NONE)).isEqualTo(MORNING);
  }

  @Test
  void minus_isWhatHasToBeAddedToComeThere() {
    assertThat(EVENING.minus(MORNING).rows()).isEqualTo(-1);
    assertThat(MORNING.plus(EVENING.minus(MORNING))).isEqualTo(EVENING);
  }
}
