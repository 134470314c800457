package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the rows of a window are parted to find those that differ, alike at both ends. */
class BucketsTest {

  private static final Window DAY = Window.dayOf(Instant.EPOCH);

  @Test
  void bucketAndByte_areTheSameForEver() {
    // Both ends compute them, in whatever versions: they must not change.
    assertThat(RowHash.bucket(-1, 4_096)).isEqualTo(4_095);
    assertThat(RowHash.bucket(-1, 90)).isEqualTo(15);
    assertThat(RowHash.bucket(1_000, 90)).isEqualTo(10);
    assertThat(Sketches.byteOf(0x1234_5678_9ABC_DEF0L, 0)).isEqualTo((byte) 0x12);
    assertThat(Sketches.byteOf(0x1234_5678_9ABC_DEF0L, 42)).isEqualTo((byte) 0x0E);
    assertThat(Sketches.byteOf(-1, 0)).isEqualTo((byte) 0xFF);
  }

  @Test
  void byteOf_sumsThatLookAlikeInOneRound_differsInTheNext() {
    long sum = 0x1234_5678_9ABC_DEF0L;
    long other = sum + (1L << 40);
    Set<Boolean> alike = new HashSet<>();
    for (long salt = 0; salt < 16_384; salt += 1_024) {
      alike.add(Sketches.byteOf(sum, salt) == Sketches.byteOf(other, salt));
    }

    assertThat(Sketches.byteOf(sum, 0)).isEqualTo(Sketches.byteOf(other, 0));
    assertThat(alike).contains(false);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "3, 1", "4, 2", "600, 300", "8192, 4096", "9000000000, 4096"})
  void bucketsFor_soManyRows_isOneForTwoOfThemWithinLimits(long rows, int buckets) {
    assertThat(Sketches.bucketsFor(rows)).isEqualTo(buckets);
  }

  @Test
  void has_ofAPart_isTrueInItsBucketsOnly() {
    BitSet second = new BitSet();
    second.set(1);
    Part part = new Part(DAY, 3, second);

    assertThat(List.of(part.has(0), part.has(1), part.has(2), part.has(3), part.has(4)))
        .containsExactly(false, true, false, false, true);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE})
  void has_ofAWholeWindow_isTrueOfEveryRow(long key) {
    assertThat(Part.whole(DAY).has(key)).isTrue();
  }

  @Test
  void part_ofAsManyBucketsAsThereMayBe_isOne() {
    BitSet last = new BitSet();
    last.set(Sketches.MOST_BUCKETS - 1);

    assertThat(new Part(DAY, Sketches.MOST_BUCKETS, last).has(-1)).isTrue();
  }

  @Test
  void part_ofBucketsThatAreNotThere_isNone() {
    BitSet second = new BitSet();
    second.set(1);

    assertThatIllegalArgumentException().isThrownBy(() -> new Part(DAY, 1, second));
    assertThatIllegalArgumentException().isThrownBy(() -> new Part(DAY, 0, new BitSet()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Part(DAY, Sketches.MOST_BUCKETS + 1, second));
  }

  @Test
  void sketch_hasOneBucketAtLeastAndAsManyAsThereMayBe() {
    assertThat(new Sketches.Sketch(DAY, new byte[Sketches.MOST_BUCKETS]).buckets()).hasSize(4_096);
    assertThat(new Sketches.Sketch(DAY, new byte[1]).buckets()).hasSize(1);
    assertThatIllegalArgumentException().isThrownBy(() -> new Sketches.Sketch(DAY, new byte[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sketches.Sketch(DAY, new byte[Sketches.MOST_BUCKETS + 1]));
  }

  @Test
  void about_ofWholeWindows_isWhatIsClaimed() {
    Claims claims = claims(Grain.WHOLE, new Claims.Claim(DAY, Digest.NONE));

    assertThat(claims.about()).containsExactly(DAY);
    assertThat(claims.scope()).as("it says nothing more").isEmpty();
  }

  /** Else a node that the gateway has lost could not be told from one that it says nothing of. */
  @Test
  void about_ofNodes_isTheirScopeThoughNothingIsClaimedThere() {
    assertThat(claims(Grain.NODE).about()).containsExactly(new Window(null, 24, Window.DAY));
  }

  private static Claims claims(Grain grain, Claims.Claim... claims) {
    return new Claims(
        Tables.READING,
        1,
        Optional.empty(),
        grain,
        true,
        List.of(new Window(null, 24, Window.DAY)),
        List.of(claims));
  }
}
