package org.tributary.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Batches as nature and bad luck make them; the same seed makes the same batch. */
final class RandomBatches {

  private static final long MINUTE = 60_000_000;

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "Living room",
          "a \"quoted\" \\ text,\n\twith a\u0000control",
          "\uD83C\uDFE0\uD83C\uDF21\uFE0F \uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
          "\u063A\u0631\u0641\u0629 \u0627\u0644\u0645\u0639\u064A\u0634\u0629",
          "\u05D7\u05D3\u05E8 \u202Eturned\u202C",
          "\u65E5\u672C\u8A9E",
          "e\u0301 is not \u00E9",
          "\uFEFF\uFFFD\uFFFF",
          "\uDBFF\uDFFF",
          "x".repeat(300));

  private static final double[] ODD_REALS = {
    Double.NaN,
    Double.longBitsToDouble(0x7FF8_0000_0000_002AL),
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    0.0,
    -0.0,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL / 2,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    1e38,
    -1.1e38,
    0x1p53,
    0x1p53 - 1,
    -0x1p53,
    9007199254740.992,
    1.0 / 3,
    0.1 + 0.2,
    1e-12,
    1e-13
  };

  private static final long[] ODD_LONGS = {
    0, 1, -1, 63, 64, -64, -65, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
  };

  private final Table table;
  private final Random random;

  private RandomBatches(Table table, long seed) {
    this.table = table;
    this.random = new Random(seed * 0x9E3779B97F4A7C15L + 1); // neighbours begin unalike
  }

  static Batch batch(Table table, long seed) {
    return new RandomBatches(table, seed).batch();
  }

  private Batch batch() {
    return new Batch(
        table,
        random.nextBoolean() ? Lane.LIVE : Lane.UNTRUSTED,
        position(),
        position(),
        rows(),
        unreadable());
  }

  private Optional<Position> position() {
    if (random.nextInt(4) == 0) {
      return Optional.empty();
    }
    List<Object> key = new ArrayList<>();
    int parts = random.nextInt(5);
    for (int i = 0; i < parts; i++) {
      switch (random.nextInt(3)) {
        case 0 -> key.add(integer(random.nextInt(4)));
        case 1 -> key.add(Instant.EPOCH.plus(time(random.nextInt(6)), ChronoUnit.MICROS));
        default -> key.add(text());
      }
    }
    return Optional.of(new Position(key));
  }

  private List<Unreadable> unreadable() {
    List<Unreadable> rows = new ArrayList<>();
    int count = Math.max(0, random.nextInt(6) - 2);
    for (int i = 0; i < count; i++) {
      rows.add(new Unreadable(text(), text(), text()));
    }
    return rows;
  }

  private Rows rows() {
    List<Column> columns = columns();
    int size = size();
    List<List<Object>> cells = new ArrayList<>();
    for (Column column : columns) {
      cells.add(cells(column, size));
    }
    Rows.Builder rows = new Rows.Builder(table, columns, random.nextInt(20));
    for (int row = 0; row < size; row++) {
      for (int i = 0; i < columns.size(); i++) {
        add(rows, i, columns.get(i), cells.get(i).get(row));
      }
      rows.endRow();
    }
    return rows.build();
  }

  private static void add(Rows.Builder rows, int index, Column column, Object cell) {
    if (cell == null) {
      rows.addNull(index);
    } else if (column.type() == ColumnType.TIME) {
      rows.addLong(index, (Long) cell);
    } else {
      rows.add(index, cell);
    }
  }

  private int size() {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> 1;
      case 2 -> 7 + random.nextInt(3); // about a whole byte of nulls
      default -> random.nextInt(200);
    };
  }

  /** Most of the columns, rarely in another order. */
  private List<Column> columns() {
    List<Column> columns = new ArrayList<>(table.travelling());
    if (random.nextInt(3) == 0) {
      columns.removeIf(column -> random.nextInt(4) == 0);
    }
    if (random.nextInt(4) == 0) {
      Collections.shuffle(columns, random);
    }
    return columns;
  }

  /** A column's cells are of one kind, as a sensor's are, so that each way to write them is met. */
  private List<Object> cells(Column column, int size) {
    int kind = random.nextInt(6);
    int nullsInTen = new int[] {0, 0, 1, 9, 10}[random.nextInt(5)];
    List<Object> cells = new ArrayList<>();
    for (int row = 0; row < size; row++) {
      if (random.nextInt(10) < nullsInTen) {
        cells.add(null);
      } else {
        cells.add(
            switch (column.type()) {
              case INTEGER -> kind == 5 ? (Object) (row * 3L + random.nextInt(3)) : integer(kind);
              case BOOLEAN -> random.nextBoolean();
              case TEXT -> text();
              case TIME -> kind == 5 ? (Object) (row * 300_000_000L) : time(kind);
              case REAL -> real(kind);
            });
      }
    }
    return cells;
  }

  private Long integer(int kind) {
    return switch (kind) {
      case 0 -> (long) random.nextInt(200) - 100;
      case 1 -> random.nextLong();
      case 2 -> ODD_LONGS[random.nextInt(ODD_LONGS.length)];
      default -> 1L << random.nextInt(64);
    };
  }

  /** Microseconds, about 1970 and in some unit, or wherever a long reaches. */
  private Long time(int kind) {
    long minutes = random.nextInt(-30_000_000, 30_000_000);
    return switch (kind) {
      case 0 -> minutes * MINUTE;
      case 1 -> minutes * MINUTE + random.nextInt(60) * 1_000_000L;
      case 2 -> minutes * MINUTE + random.nextInt(60_000) * 1_000L;
      case 3 -> minutes * MINUTE + random.nextInt(60_000_000);
      default -> ODD_LONGS[random.nextInt(ODD_LONGS.length)];
    };
  }

  private Double real(int kind) {
    return switch (kind) {
      case 0 -> decimal(random.nextInt(5));
      case 1 -> decimal(random.nextInt(16));
      case 2 -> Double.valueOf(Float.toString(random.nextFloat() * 100)); // a single, widened
      case 3 -> random.nextInt(10) == 0 ? oddReal() : decimal(2); // a spike now and then
      case 4 -> oddReal();
      default -> Double.longBitsToDouble(random.nextLong());
    };
  }

  private double decimal(int places) {
    return Double.parseDouble(random.nextInt(-1_000_000, 1_000_000) + "e-" + places);
  }

  private double oddReal() {
    return ODD_REALS[random.nextInt(ODD_REALS.length)];
  }

  private String text() {
    if (random.nextInt(4) > 0) {
      return TEXTS.get(random.nextInt(TEXTS.size()));
    }
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(20);
    for (int i = 0; i < length; i++) {
      int point = random.nextInt(Character.MAX_CODE_POINT + 1);
      text.appendCodePoint(point >= 0xD800 && point <= 0xDFFF ? 'x' : point);
    }
    return text.toString();
  }
}
