package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rows are equal when, and only when, their hashes are; and they stay what they are for ever. */
class RowHashTest {

  private static final Instant T = Instant.parse("2015-08-03T08:40:39.890Z");
  private static final int ALL = RowHash.allColumns(Tables.READING);

  @Test
  void of_theSameRow_isTheSameForEver() {
    // Both ends compute it, in whatever versions: it must not change.
    assertThat(hash(ALL, T, 69L, 0L, 3L, 21.5)).isEqualTo(1384926093660688974L);
    assertThat(hash(ALL, T, 69L, 0L, null, null)).isEqualTo(-3968045413460412615L);
  }

  @Test
  void of_rowsThatDifferInOneCell_differs() {
    Set<Long> hashes = new HashSet<>();
    hashes.add(hash(ALL, T, 69L, 0L, 3L, 21.5));
    hashes.add(hash(ALL, T.plusNanos(1_000), 69L, 0L, 3L, 21.5));
    hashes.add(hash(ALL, T, 70L, 0L, 3L, 21.5));
    hashes.add(hash(ALL, T, 69L, 1L, 3L, 21.5));
    hashes.add(hash(ALL, T, 69L, 0L, 4L, 21.5));
    hashes.add(hash(ALL, T, 69L, 0L, null, 21.5));
    hashes.add(hash(ALL, T, 69L, 0L, 3L, Math.nextUp(21.5)));
    hashes.add(hash(ALL, T, 69L, 0L, 3L, null));
    hashes.add(hash(ALL, T, 69L, 0L, 3L, 0.0));
    hashes.add(hash(ALL, T, 69L, 0L, 3L, Double.NaN));

    assertThat(hashes).hasSize(10);
  }

  @Test
  void of_zeroes_isOneHashWhateverTheirSign() {
    assertThat(hash(ALL, T, 69L, 0L, 3L, -0.0)).isEqualTo(hash(ALL, T, 69L, 0L, 3L, 0.0));
  }

  @Test
  void of_aColumnThatDoesNotCount_isThatOfNull() {
    int withoutValue = RowHash.columnsOf(Tables.READING, Tables.READING.columns().subList(0, 4));
    int withoutPlace =
        RowHash.columnsOf(
            Tables.READING, List.of(Tables.READING.columns().get(4))); // the key always counts

    assertThat(hash(withoutValue, T, 69L, 0L, 3L, 21.5)).isEqualTo(hash(ALL, T, 69L, 0L, 3L, null));
    assertThat(hash(withoutPlace, T, 69L, 0L, 3L, 21.5))
        .isEqualTo(hash(withoutPlace, T, 69L, 0L, 8L, 21.5));
  }

  @Test
  void of_sumsOfOnePlace_canBeToldInOtherIds() {
    RowHash hash = new RowHash(Tables.READING, ALL);
    Rows here = reading(T, 69L, 0L, 3L, 21.5);
    Rows there = reading(T, 69L, 0L, 1_003L, 21.5);

    assertThat(hash.withoutPlace(here, 0) * RowHash.factor(1_003)).isEqualTo(hash.of(there, 0));
  }

  @Test
  void key_ofRowsThatDifferInTheirValues_isTheSame() {
    RowHash hash = new RowHash(Tables.READING, ALL, 42);

    assertThat(hash.key(reading(T, 69L, 0L, 3L, 21.5), 0))
        .isEqualTo(hash.key(reading(T, 69L, 0L, 4L, null), 0))
        .isNotEqualTo(hash.key(reading(T, 69L, 1L, 3L, 21.5), 0))
        .isNotEqualTo(new RowHash(Tables.READING, ALL, 43).key(reading(T, 69L, 0L, 3L, 21.5), 0));
  }

  private static long hash(int columns, Object... cells) {
    return new RowHash(Tables.READING, columns).of(reading(cells), 0);
  }

  private static Rows reading(Object... cells) {
    return new Rows.Builder(Tables.READING, Tables.READING.columns(), 1).row(cells).build();
  }
}
