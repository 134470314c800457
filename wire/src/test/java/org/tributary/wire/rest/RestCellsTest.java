package org.tributary.wire.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tributary.wire.Column;

class RestCellsTest {

  static final Column INTEGER = RestTables.NODE_STATE.column("rssi").orElseThrow();
  static final Column WIDE = RestTables.NODE_STATE.column("localtime").orElseThrow();
  static final Column REAL = RestTables.READING.column("value").orElseThrow();
  static final Column BOOLEAN = RestTables.NODE_BOOT.column("clustered").orElseThrow();
  static final Column TEXT = RestTables.ROOM.column("name").orElseThrow();

  @Test
  void stored_takesWhatMeansTheSame() throws Exception {
    for (Object five : List.of(5L, 5.0, "5", " +5 ")) {
      assertThat(RestCells.stored(INTEGER, five)).isEqualTo(5L);
    }
    for (Object half : List.of(0.5, "0.5", ".5", "+5e-1")) {
      assertThat(RestCells.stored(REAL, half)).isEqualTo(0.5);
    }
    assertThat(RestCells.stored(REAL, BigInteger.TWO.pow(70))).isEqualTo(Math.pow(2, 70));
    assertThat(RestCells.stored(REAL, -0.0)).isEqualTo(0.0);
    for (Object yes : List.of(true, 1L, "1", "TRUE")) {
      assertThat(RestCells.stored(BOOLEAN, yes)).isEqualTo(true);
    }
    assertThat(RestCells.stored(WIDE, 5_000_000_000L)).isEqualTo(5_000_000_000L);
    assertThat(RestCells.stored(TEXT, "\ud83d\ude00".repeat(255))).isNotNull();
    for (Column column : Arrays.asList(INTEGER, REAL, BOOLEAN, TEXT)) {
      assertThat(RestCells.stored(column, null)).isNull();
    }
  }

  @Test
  void stored_refusesByNameWhatAnEngineWouldNotHold() {
    refused(INTEGER, 1L << 31, 0.5, "5x", "", true, "0x5", BigInteger.TWO.pow(70), Double.NaN);
    refused(REAL, "abc", "NaN", "1d", "0x1p3", "1e999", "", ".", "1.2.3", Double.POSITIVE_INFINITY);
    refused(REAL, BigInteger.TEN.pow(399), new Nested("[1]"), false);
    refused(BOOLEAN, 2L, "yes", "");
    refused(TEXT, 5L, true, "x".repeat(256), "a\u0000b", "\ud800", "\udc00a", new Nested("[1]"));
  }

  @Test
  void stored_refusesALongTextOfDigitsAtOnce() {
    refused(REAL, "1".repeat(100_000) + "x");
    refused(INTEGER, "1".repeat(100_000));
  }

  private static void refused(Column column, Object... values) {
    for (Object value : values) {
      assertThatThrownBy(() -> RestCells.stored(column, value))
          .as("%s %s", column.name(), value)
          .isInstanceOf(BadFieldException.class)
          .hasMessageContaining(column.name())
          .satisfies(e -> assertThat(((BadFieldException) e).field()).isEqualTo(column.name()))
          .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }
  }
}
