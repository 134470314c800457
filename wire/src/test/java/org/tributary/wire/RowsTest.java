package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowsTest {

  static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  final Rows rows =
      readings()
          .row(NOON, 69L, 0L, 7L, 20.5)
          .row(NOON, 69L, 2L, null, 48.0)
          .row(NOON.plusSeconds(300), 69L, 0L, 7L, null)
          .row(null, 70L, 0L, 7L, -0.0)
          .build();

  @Test
  void row_givesEveryCellAsWhatItsColumnIs() {
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("time", NOON);
    expected.put("nodeId", 69L);
    expected.put("type", 2L);
    expected.put("locationId", null);
    expected.put("value", 48.0);

    assertThat(rows.row(1)).containsExactlyEntriesOf(expected);
  }

  @Test
  void value_ofABooleanAndAText_isOne() {
    Rows types =
        new Rows.Builder(Tables.NODE_TYPE, Tables.NODE_TYPE.columns(), 1)
            .row(0L, "Base", NOON, 1L, 1L, 300L, true, null)
            .build();

    assertThat(types.value("blink", 0)).isEqualTo(true);
    assertThat(types.longAt(types.indexOf("blink"), 0)).isEqualTo(1);
    assertThat(types.value("name", 0)).isEqualTo("Base");
    assertThat(types.value("configured", 0)).isNull();
  }

  @Test
  void value_ofATimeFarFrom1970_isThatTime() {
    Instant end = Instant.parse("9999-12-31T23:59:59.999999Z");
    Instant begin = Instant.parse("0001-01-01T00:00:00Z");

    Rows far = readings().row(end, 1L, 0L, 1L, 0.0).row(begin, 1L, 0L, 1L, 0.0).build();

    assertThat(far.value("time", 0)).isEqualTo(end);
    assertThat(far.value("time", 1)).isEqualTo(begin);
    assertThat(far.longAt(0, 0)).isEqualTo(253_402_300_799_999_999L);
  }

  @Test
  void value_ofAnAbsentColumn_isNullAndTheRowLacksIt() {
    Rows short4 =
        new Rows.Builder(Tables.READING, Tables.READING.columns().subList(0, 4), 1)
            .row(NOON, 69L, 0L, 7L)
            .build();

    assertThat(short4.indexOf("value")).isEqualTo(-1);
    assertThat(short4.value("value", 0)).isNull();
    assertThat(short4.row(0)).doesNotContainKey("value");
  }

  @Test
  void where_keepsTheRowsThatPass_inOrder() {
    Rows kept = rows.where(row -> row != 1);

    assertThat(kept.size()).isEqualTo(3);
    assertThat(kept.row(0)).isEqualTo(rows.row(0));
    assertThat(kept.row(1)).isEqualTo(rows.row(2));
    assertThat(kept.row(2)).isEqualTo(rows.row(3));
  }

  @Test
  void where_whenNoRowPasses_isEmptyButHasTheColumns() {
    Rows none = rows.where(row -> false);

    assertThat(none.isEmpty()).isTrue();
    assertThat(none.columns()).isEqualTo(rows.columns());
  }

  @Test
  void where_whenAllPass_givesTheSameRows() {
    assertThat(rows.where(row -> true)).isSameAs(rows);
  }

  @Test
  void slice_givesTheRowsBetween() {
    Rows middle = rows.slice(1, 3);

    assertThat(middle.size()).isEqualTo(2);
    assertThat(middle.row(0)).isEqualTo(rows.row(1));
    assertThat(middle.row(1)).isEqualTo(rows.row(2));
    assertThat(rows.slice(4, 4).isEmpty()).isTrue();
  }

  @Test
  void abandonRow_forgetsTheCellsOfTheRowThatWasBegun() {
    Rows.Builder builder = readings().row(NOON, 69L, 0L, 7L, 20.5);
    builder.addLong(0, 5);
    builder.addNull(1);
    builder.addNull(2);

    builder.abandonRow();
    builder.row(NOON, 70L, 2L, 8L, 1.5);

    Rows built = builder.build();
    assertThat(built.size()).isEqualTo(2);
    assertThat(built.row(1))
        .containsEntry("nodeId", 70L)
        .containsEntry("type", 2L)
        .containsEntry("value", 1.5);
  }

  @Test
  void abandonRow_whenNoRowWasBegun_changesNothing() {
    Rows.Builder builder = readings().row(NOON, 69L, 0L, null, 20.5);

    builder.abandonRow();

    assertThat(builder.build().row(0)).containsEntry("locationId", null).containsEntry("type", 0L);
  }

  @Test
  void abandonRow_leavesNothingBehindInWhatTravels() throws Exception {
    Rows.Builder builder = readings();
    for (int row = 0; row < 8; row++) {
      builder.row(NOON, 69L, (long) row, 7L, 20.5);
    }
    builder.addNull(0);
    builder.abandonRow();

    Batch batch = GoldenBatches.of(Tables.READING);
    Batch full =
        new Batch(
            batch.table(), batch.lane(), batch.after(), batch.upTo(), builder.build(), List.of());

    Bodies.assertBitEqual(Bodies.decode(BatchCodec.encode(full)), full);
  }

  @Test
  void endRow_whenAColumnGotNoCell_namesIt() {
    Rows.Builder builder = readings();
    builder.addLong(0, 0);
    builder.addLong(1, 69);
    builder.addLong(2, 0);
    builder.addLong(3, 7);

    assertThatThrownBy(builder::endRow)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Reading lacks value");
  }

  @Test
  void keyAt_givesTheWholeKeyInItsOrder() {
    assertThat(rows.keyAt(1)).isEqualTo(Position.of(NOON, 69L, 2L));
  }

  @Test
  void keyAt_followsTheTablesKey_evenIfTheColumnsAreInAnotherOrder() {
    List<Column> columns =
        List.of(
            Tables.READING.require("type"),
            Tables.READING.require("nodeId"),
            Tables.READING.require("time"));
    Rows turned = new Rows.Builder(Tables.READING, columns, 1).row(2L, 69L, NOON).build();

    assertThat(turned.keyAt(0)).isEqualTo(Position.of(NOON, 69L, 2L));
  }

  @Test
  void keyAt_whenAPartIsNullOrAbsent_isNull() {
    Rows withoutTime =
        new Rows.Builder(Tables.READING, Tables.READING.columns().subList(1, 5), 1)
            .row(69L, 0L, 7L, 20.5)
            .build();

    assertThat(rows.keyAt(3)).isNull();
    assertThat(withoutTime.keyAt(0)).isNull();
  }

  @Test
  void sameCell_comparesBits() {
    Rows other =
        readings()
            .row(NOON, 69L, 0L, null, 0.0)
            .row(NOON.plusNanos(1_000), 69L, 0L, null, Double.NaN)
            .row(NOON, 69L, 0L, null, Double.NaN)
            .build();

    assertThat(rows.sameCell(0, 0, other, 0, 0)).as("equal times").isTrue();
    assertThat(rows.sameCell(0, 0, other, 0, 1)).as("a microsecond apart").isFalse();
    assertThat(rows.sameCell(4, 3, other, 4, 0)).as("-0.0 and 0.0").isFalse();
    assertThat(other.sameCell(4, 1, other, 4, 2)).as("NaN and NaN").isTrue();
    assertThat(rows.sameCell(3, 1, other, 3, 0)).as("null and null").isTrue();
    assertThat(rows.sameCell(3, 0, other, 3, 0)).as("7 and null").isFalse();
    assertThat(other.sameCell(3, 0, rows, 3, 0)).as("null and 7").isFalse();
  }

  @Test
  void sameCell_comparesTexts() {
    Rows names =
        new Rows.Builder(Tables.ROOM_TYPE, Tables.ROOM_TYPE.travelling(), 3)
            .row(1L, "Bath")
            .row(2L, "bath")
            .row(3L, new String(new char[] {'B', 'a', 't', 'h'}))
            .build();

    assertThat(names.sameCell(1, 0, names, 1, 2)).isTrue();
    assertThat(names.sameCell(1, 0, names, 1, 1)).isFalse();
  }

  @Test
  void none_hasNoRows() {
    assertThat(Rows.none(Tables.READING).isEmpty()).isTrue();
    assertThat(Rows.none(Tables.READING).table()).isEqualTo(Tables.READING);
  }

  private static Rows.Builder readings() {
    return new Rows.Builder(Tables.READING, Tables.READING.columns(), 0);
  }
}
