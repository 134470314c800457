package org.tributary.store.completeness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RhythmTest {

  private static final long MINUTE = 60_000_000L;

  @Test
  void missing_beforeEnoughIsKnown_isNone() {
    assertThat(steady(9, 5 * MINUTE).missing(500 * MINUTE)).isZero();
    assertThat(steady(10, 5 * MINUTE).missing(500 * MINUTE)).isEqualTo(99);
  }

  @Test
  void missing_byTheClock_beginsAtHalfAsMuchAgain() {
    Rhythm rhythm = steady(50, 5 * MINUTE);

    assertThat(rhythm.missing(7 * MINUTE)).isZero();
    assertThat(rhythm.missing(8 * MINUTE)).isEqualTo(1);
    assertThat(rhythm.missing(10 * MINUTE)).isEqualTo(1);
    assertThat(rhythm.missing(15 * MINUTE)).isEqualTo(2);
    assertThat(rhythm.missing(60 * MINUTE)).isEqualTo(11);
  }

  @Test
  void missing_ofANodeThatSpeaksWhenSomethingChanges_leavesItTime() {
    Rhythm rhythm = new Rhythm();
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      rhythm.learn(MINUTE + random.nextInt(60) * MINUTE);
    }

    assertThat(rhythm.missing(90 * MINUTE)).isZero();
    assertThat(rhythm.missing(2_000 * MINUTE)).isGreaterThan(20);
  }

  @Test
  void usual_ofANodeThatIsSetToAnotherPeriod_follows() {
    Rhythm rhythm = steady(200, 5 * MINUTE);
    for (int i = 0; i < 60; i++) {
      rhythm.learn(15 * MINUTE);
    }

    assertThat(rhythm.usual()).isEqualTo(15 * MINUTE);
    assertThat(rhythm.missing(15 * MINUTE)).isZero();
  }

  @Test
  void usual_isTheMedianOfTheLastHundredAndOne() {
    Random random = new Random(7);
    Rhythm rhythm = new Rhythm();
    long[] all = random.longs(1_000, 0, 50).toArray();
    for (int i = 0; i < all.length; i++) {
      rhythm.learn(all[i]);
      long[] last = Arrays.copyOfRange(all, Math.max(0, i - 100), i + 1);
      Arrays.sort(last);
      assertThat(rhythm.usual()).isEqualTo(last[last.length / 2]);
    }
  }

  private static Rhythm steady(int spacings, long spacing) {
    Rhythm rhythm = new Rhythm();
    for (int i = 0; i < spacings; i++) {
      rhythm.learn(spacing);
    }
    return rhythm;
  }
}
