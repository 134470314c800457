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
  void of_aTableWithoutPlaces_isTheSameForEverToo() {
    assertThat(RowHash.placeColumn(Tables.READING)).contains("locationId");
    assertThat(RowHash.placeColumn(Tables.NODE_STATE)).isEmpty();
    RowHash hash = new RowHash(Tables.NODE_STATE, RowHash.allColumns(Tables.NODE_STATE));
    Rows rows =
        new Rows.Builder(Tables.NODE_STATE, Tables.NODE_STATE.columns(), 1)
            .row(T, 69L, 1L, 12_345L, 7L, -80L)
            .build();

    assertThat(hash.hasPlace(rows, 0)).isFalse();
    assertThat(hash.of(rows, 0))
        .isEqualTo(hash.withoutPlace(rows, 0))
        .isEqualTo(4313690243043890454L);
  }

  @Test
  void factorsOfPlaces_areTheSameForEver() {
    assertThat(RowHash.factor(3)).isEqualTo(-8694632022455984433L);
    assertThat(RowHash.foreignFactor(3)).isEqualTo(-8004362854066973327L);
  }

  /** An even factor would lose a bit of every sum, and 0 all of it. */
  @Test
  void factorsOfPlaces_areOdd() {
    for (long place = -50; place < 50; place++) {
      assertThat(RowHash.factor(place) & 1).isOne();
      assertThat(RowHash.foreignFactor(place) & 1).isOne();
      assertThat(RowHash.foreignFactor(place)).isNotEqualTo(RowHash.factor(place));
    }
  }

  @Test
  void of_aNullBehindAValue_isThatOfANullAlone() {
    RowHash hash = new RowHash(Tables.READING, ALL);
    Rows rows =
        new Rows.Builder(Tables.READING, Tables.READING.columns(), 2)
            .row(T, 69L, 0L, 3L, 21.5)
            .row(T, 70L, 0L, 3L, null)
            .build();
    hash.of(rows, 0);

    assertThat(hash.of(rows, 1)).isEqualTo(hash(ALL, T, 70L, 0L, 3L, null));
  }

  @Test
  void of_columnsInAnotherOrder_isTheSame() {
    List<Column> columns = Tables.READING.columns();
    List<Column> turned =
        List.of(columns.get(3), columns.get(4), columns.get(2), columns.get(1), columns.get(0));
    Rows rows = new Rows.Builder(Tables.READING, turned, 1).row(3L, 21.5, 0L, 69L, T).build();
    RowHash hash = new RowHash(Tables.READING, ALL);

    assertThat(hash.hasPlace(rows, 0)).isTrue();
    assertThat(hash.place(rows, 0)).isEqualTo(3);
    assertThat(hash.of(rows, 0)).isEqualTo(hash(ALL, T, 69L, 0L, 3L, 21.5));
  }

  @Test
  void allColumns_areThoseOfTheTable() {
    assertThat(ALL)
        .isEqualTo(RowHash.columnsOf(Tables.READING, Tables.READING.columns()))
        .isEqualTo(0b11111);
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
        .isNotEqualTo(hash.key(reading(T, 70L, 0L, 3L, 21.5), 0))
        .isNotEqualTo(hash.key(reading(T.plusNanos(1_000), 69L, 0L, 3L, 21.5), 0))
        .isNotEqualTo(new RowHash(Tables.READING, ALL, 43).key(reading(T, 69L, 0L, 3L, 21.5), 0));
  }

  private static long hash(int columns, Object... cells) {
    return new RowHash(Tables.READING, columns).of(reading(cells), 0);
  }

  private static Rows reading(Object... cells) {
    return new Rows.Builder(Tables.READING, Tables.READING.columns(), 1).row(cells).build();
  }
}
