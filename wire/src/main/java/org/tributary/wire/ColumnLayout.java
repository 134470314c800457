package org.tributary.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Rows column by column, each in the order of the rows: format 1, which holds any table. Bytes as
 * {@link BatchCodec} documents.
 */
final class ColumnLayout {

  private static final int PLAIN = 0;
  private static final int DELTA = 1;

  private ColumnLayout() {}

  static void write(ByteSink out, Rows rows) {
    for (int i = 0; i < rows.columns().size(); i++) {
      writeColumn(out, rows.cells(i), rows.size());
    }
  }

  static List<Cells> read(ByteSource in, BatchHead head) throws IOException {
    List<Cells> cells = new ArrayList<>();
    for (Column column : head.columns()) {
      cells.add(readColumn(in, column, head.size()));
    }
    return cells;
  }

  private static void writeColumn(ByteSink out, Cells cells, int size) {
    Nulls.write(out, cells.nulls, size);
    switch (cells.type) {
      case INTEGER, BOOLEAN -> writeIntegers(out, cells, size);
      case TIME -> writeTimes(out, cells, size);
      case REAL -> writeReals(out, cells, size);
      case TEXT -> {
        for (int row = 0; row < size; row++) {
          if (!cells.isNull(row)) {
            out.text(cells.textAt(row));
          }
        }
      }
    }
  }

  private static Cells readColumn(ByteSource in, Column column, int size) throws IOException {
    BitSet nulls = Nulls.read(in, size);
    // Each cell takes a byte at least: a body can't make us allocate more than it holds.
    Cells cells = new Cells(column.type(), Math.min(size, in.remaining() + 1));
    switch (column.type()) {
      case INTEGER, BOOLEAN -> readIntegers(in, cells, nulls, size);
      case TIME -> readTimes(in, cells, nulls, size);
      case REAL -> readReals(in, cells, nulls, size);
      case TEXT -> {
        for (int row = 0; row < size; row++) {
          if (nulls.get(row)) {
            cells.addNull();
          } else {
            cells.addText(in.text());
          }
        }
      }
    }
    return cells;
  }

  private static void writeIntegers(ByteSink out, Cells cells, int size) {
    long plain = 0;
    long delta = 0;
    long previous = 0;
    for (int row = 0; row < size; row++) {
      if (!cells.isNull(row)) {
        long value = cells.longAt(row);
        plain += ByteSink.varintSize(value);
        delta += ByteSink.varintSize(value - previous);
        previous = value;
      }
    }
    boolean deltas = delta < plain;
    out.oneByte(deltas ? DELTA : PLAIN);
    previous = 0;
    for (int row = 0; row < size; row++) {
      if (!cells.isNull(row)) {
        long value = cells.longAt(row);
        out.varint(deltas ? value - previous : value);
        previous = value;
      }
    }
  }

  private static void readIntegers(ByteSource in, Cells cells, BitSet nulls, int size)
      throws IOException {
    int kind = in.oneByte();
    if (kind > DELTA) {
      throw new WireFormatException("No kind of integers: " + kind);
    }
    long previous = 0;
    for (int row = 0; row < size; row++) {
      if (nulls.get(row)) {
        cells.addNull();
      } else {
        long value = in.varint();
        previous = kind == DELTA ? previous + value : value;
        cells.addLong(previous);
      }
    }
  }

  private static void writeTimes(ByteSink out, Cells cells, int size) {
    long unit = TimeUnits.coarsest(cells, size);
    out.uvarint(unit);
    long previous = 0;
    for (int row = 0; row < size; row++) {
      if (!cells.isNull(row)) {
        long value = cells.longAt(row) / unit;
        out.varint(value - previous);
        previous = value;
      }
    }
  }

  private static void readTimes(ByteSource in, Cells cells, BitSet nulls, int size)
      throws IOException {
    long unit = in.uvarint();
    long previous = 0;
    for (int row = 0; row < size; row++) {
      if (nulls.get(row)) {
        cells.addNull();
      } else {
        previous += in.varint();
        cells.addLong(previous * unit);
      }
    }
  }

  private static void writeReals(ByteSink out, Cells cells, int size) {
    double[] values = new double[size];
    int count = 0;
    for (int row = 0; row < size; row++) {
      if (!cells.isNull(row)) {
        values[count++] = cells.realAt(row);
      }
    }
    ScaledReals scaled = ScaledReals.of(values, 0, count);
    if (!scaled.worthIt()) {
      out.oneByte(ScaledReals.RAW);
      for (int i = 0; i < count; i++) {
        out.real(values[i]);
      }
      return;
    }
    out.oneByte(scaled.exponent());
    scaled.exceptions().writeTo(out);
    for (long digits : scaled.digits()) {
      out.varint(digits);
    }
  }

  private static void readReals(ByteSource in, Cells cells, BitSet nulls, int size)
      throws IOException {
    int exponent = ScaledReals.readExponent(in);
    if (exponent == ScaledReals.RAW) {
      for (int row = 0; row < size; row++) {
        if (nulls.get(row)) {
          cells.addNull();
        } else {
          cells.addReal(in.real());
        }
      }
      return;
    }
    Exceptions exceptions = Exceptions.read(in, size - nulls.cardinality());
    int cell = 0;
    int next = 0;
    for (int row = 0; row < size; row++) {
      if (nulls.get(row)) {
        cells.addNull();
        continue;
      }
      long digits = in.varint();
      if (next < exceptions.count() && exceptions.place(next) == cell) {
        cells.addReal(exceptions.value(next++));
      } else {
        cells.addReal(ScaledReals.value(digits, exponent));
      }
      cell++;
    }
  }
}
