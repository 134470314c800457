package org.tributary.wire;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a batch as bytes, column by column, and reads it back bit-equal. Stateless.
 *
 * <p>Layout, format 1. {@code uvarint} is a little-endian base-128 number, {@code varint} the same
 * after zig-zag; {@code text} is its length in bytes as uvarint, then UTF-8.
 *
 * <pre>
 * 4 bytes   "TRIB"
 * 1 byte    format: 1
 * the rest  zlib stream (RFC 1950) of:
 *   text      table
 *   1 byte    lane: 0 live · 1 untrusted · 2 history
 *   position  after     0 = none, else 1 + number of parts; each part is one byte and a value:
 *   position  up to       0 varint · 1 varint, microseconds since 1970 UTC · 2 text
 *   contents  in the history lane only: see DigestCodec
 *   uvarint   number of columns; for each: text name
 *   uvarint   number of rows
 *   for each column, by the type that the table gives it:
 *     1 byte    nulls: 0 none · 1 a bitmap of ⌈rows/8⌉ bytes follows, bit i%8 of byte i/8 = row i
 *     cells     of the rows that are not null, in order:
 *       INTEGER, BOOLEAN  1 byte: 0 each a varint · 1 each a varint added to the one before
 *       TIME              uvarint unit in microseconds; each a varint of units added to the before
 *       REAL              1 byte: 255 each 8 bytes, IEEE 754, little-endian
 *                                 e ≤ 12 each a varint v meaning v / 10^e, correctly rounded;
 *                                 before them the exceptions, which have v = 0:
 *                                 uvarint count; each: uvarint cells since the last, 8 bytes
 *       TEXT              each a text
 *   uvarint   number of unreadable rows; for each: text key, text row, text reason
 * </pre>
 *
 * <p>Sensors print few decimals and tick evenly, so scaled integers and time differences are small
 * and alike, and zlib finds what they share.
 */
public final class BatchCodec {

  /** Newest format this class writes. */
  public static final int FORMAT = 1;

  private static final byte[] MAGIC = {'T', 'R', 'I', 'B'};
  private static final int PLAIN = 0;
  private static final int DELTA = 1;
  private static final int RAW_REALS = 255;

  private BatchCodec() {}

  /** Encodes a batch. */
  public static byte[] encode(Batch batch) {
    return payload(batch).deflated(MAGIC, FORMAT);
  }

  /** A hash of everything that a batch holds; equal for equal content, whatever the compressor. */
  public static String fingerprint(Batch batch) {
    // It travels with every greeting, once a table; 64 bits tell a change as surely as 256.
    return payload(batch).sha256().substring(0, 16);
  }

  private static ByteSink payload(Batch batch) {
    ByteSink out = new ByteSink(256 + batch.rows().size() * 4);
    out.text(batch.table().name());
    out.oneByte(numberOf(batch.lane()));
    writePosition(out, batch.after());
    writePosition(out, batch.upTo());
    if (batch.lane() == Lane.HISTORY) {
      DigestCodec.writeContents(out, batch.contents());
    }
    Rows rows = batch.rows();
    out.uvarint(rows.columns().size());
    for (Column column : rows.columns()) {
      out.text(column.name());
    }
    out.uvarint(rows.size());
    for (int i = 0; i < rows.columns().size(); i++) {
      writeColumn(out, rows.cells(i), rows.size());
    }
    out.uvarint(batch.unreadable().size());
    for (Unreadable row : batch.unreadable()) {
      out.text(row.key());
      out.text(row.row());
      out.text(row.reason());
    }
    return out;
  }

  /**
   * Decodes a batch.
   *
   * @param maxRows most rows to take, so that no small body can claim a large memory
   * @param maxBytes most bytes that the body may expand to
   * @throws WireFormatException if the bytes are not a whole batch of a table that we know
   * @throws TooLargeException if there are more rows or bytes than that
   */
  public static Batch decode(byte[] bytes, int maxRows, int maxBytes) throws IOException {
    ByteSource in = ByteSource.inflated(bytes, MAGIC, FORMAT, maxBytes);
    String name = in.text();
    Table table =
        Tables.named(name).orElseThrow(() -> new WireFormatException("No such table: " + name));
    Lane lane = readLane(in);
    Optional<Position> after = readPosition(in);
    Optional<Position> upTo = readPosition(in);
    Optional<Contents> contents =
        lane == Lane.HISTORY ? DigestCodec.readContents(in, table) : Optional.empty();
    List<Column> columns = readColumns(in, table);
    int size = in.count(maxRows, "rows");
    Rows.Builder rows = new Rows.Builder(table, columns, 0);
    List<Cells> cells = new ArrayList<>();
    for (Column column : columns) {
      cells.add(readColumn(in, column, size));
    }
    int unreadableRows = in.count(maxRows - size, "rows");
    List<Unreadable> unreadable = new ArrayList<>();
    for (int i = 0; i < unreadableRows; i++) {
      unreadable.add(new Unreadable(in.text(), in.text(), in.text()));
    }
    in.expectEnd();
    return new Batch(table, lane, after, upTo, rows.build(cells, size), unreadable, contents);
  }

  private static int numberOf(Lane lane) {
    return switch (lane) {
      case LIVE -> 0;
      case UNTRUSTED -> 1;
      case HISTORY -> 2;
    };
  }

  private static Lane readLane(ByteSource in) throws IOException {
    int lane = in.oneByte();
    return switch (lane) {
      case 0 -> Lane.LIVE;
      case 1 -> Lane.UNTRUSTED;
      case 2 -> Lane.HISTORY;
      default -> throw new WireFormatException("No lane: " + lane);
    };
  }

  private static List<Column> readColumns(ByteSource in, Table table) throws IOException {
    int count = in.count(in.remaining(), "columns"); // the first unknown one ends it by its name
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = in.text();
      Column column =
          table.travelling().stream()
              .filter(known -> known.name().equals(name))
              .findFirst()
              .orElseThrow(() -> new WireFormatException(table + " has no column " + name));
      if (columns.contains(column)) {
        throw new WireFormatException(table + "." + name + " is there twice");
      }
      columns.add(column);
    }
    return columns;
  }

  static void writePosition(ByteSink out, Optional<Position> position) {
    if (position.isEmpty()) {
      out.uvarint(0);
      return;
    }
    List<Object> key = position.get().key();
    out.uvarint(1 + key.size());
    for (Object part : key) {
      if (part instanceof Long number) {
        out.oneByte(0);
        out.varint(number);
      } else if (part instanceof Instant time) {
        out.oneByte(1);
        out.varint(Micros.of(time));
      } else {
        out.oneByte(2);
        out.text((String) part);
      }
    }
  }

  static Optional<Position> readPosition(ByteSource in) throws IOException {
    int parts = in.count(9, "parts of a position") - 1;
    if (parts < 0) {
      return Optional.empty();
    }
    List<Object> key = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      int kind = in.oneByte();
      switch (kind) {
        case 0 -> key.add(in.varint());
        case 1 -> key.add(Micros.toInstant(in.varint()));
        case 2 -> key.add(in.text());
        default -> throw new WireFormatException("No part of a position: " + kind);
      }
    }
    return Optional.of(new Position(key));
  }

  private static void writeColumn(ByteSink out, Cells cells, int size) {
    writeNulls(out, cells, size);
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
    byte[] nulls = readNulls(in, size);
    // Each cell takes a byte at least: a body can't make us allocate more than it holds.
    Cells cells = new Cells(column.type(), Math.min(size, in.remaining() + 1));
    switch (column.type()) {
      case INTEGER, BOOLEAN -> readIntegers(in, cells, nulls, size);
      case TIME -> readTimes(in, cells, nulls, size);
      case REAL -> readReals(in, cells, nulls, size);
      case TEXT -> {
        for (int row = 0; row < size; row++) {
          if (isNull(nulls, row)) {
            cells.addNull();
          } else {
            cells.addText(in.text());
          }
        }
      }
    }
    return cells;
  }

  private static void writeNulls(ByteSink out, Cells cells, int size) {
    if (cells.nulls.isEmpty()) {
      out.oneByte(0);
      return;
    }
    out.oneByte(1);
    byte[] bitmap = new byte[(size + 7) / 8];
    cells.nulls.stream().forEach(row -> bitmap[row / 8] |= (byte) (1 << (row % 8)));
    out.bytes(bitmap);
  }

  private static byte[] readNulls(ByteSource in, int size) throws IOException {
    int kind = in.oneByte();
    if (kind > 1) {
      throw new WireFormatException("No kind of nulls: " + kind);
    }
    return kind == 0 ? new byte[0] : in.bytes((int) ((size + 7L) / 8));
  }

  private static boolean isNull(byte[] nulls, int row) {
    return nulls.length > 0 && ((nulls[row / 8] >> (row % 8)) & 1) == 1;
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

  private static void readIntegers(ByteSource in, Cells cells, byte[] nulls, int size)
      throws IOException {
    int kind = in.oneByte();
    if (kind > DELTA) {
      throw new WireFormatException("No kind of integers: " + kind);
    }
    long previous = 0;
    for (int row = 0; row < size; row++) {
      if (isNull(nulls, row)) {
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

  private static void readTimes(ByteSource in, Cells cells, byte[] nulls, int size)
      throws IOException {
    long unit = in.uvarint();
    long previous = 0;
    for (int row = 0; row < size; row++) {
      if (isNull(nulls, row)) {
        cells.addNull();
      } else {
        previous += in.varint();
        cells.addLong(previous * unit);
      }
    }
  }

  private static void writeReals(ByteSink out, Cells cells, int size) {
    ScaledReals scaled = ScaledReals.of(cells, size);
    if (!scaled.worthIt()) {
      out.oneByte(RAW_REALS);
      for (int row = 0; row < size; row++) {
        if (!cells.isNull(row)) {
          out.real(cells.realAt(row));
        }
      }
      return;
    }
    out.oneByte(scaled.exponent());
    scaled.writeTo(out);
  }

  private static void readReals(ByteSource in, Cells cells, byte[] nulls, int size)
      throws IOException {
    int exponent = in.oneByte();
    if (exponent == RAW_REALS) {
      for (int row = 0; row < size; row++) {
        if (isNull(nulls, row)) {
          cells.addNull();
        } else {
          cells.addReal(in.real());
        }
      }
      return;
    }
    if (exponent > ScaledReals.MAX_EXPONENT) {
      throw new WireFormatException("No exponent: " + exponent);
    }
    int exceptions = in.count(Math.min(size, in.remaining() / 9), "exceptions");
    int[] places = new int[exceptions];
    double[] values = new double[exceptions];
    long place = -1;
    for (int i = 0; i < exceptions; i++) {
      place += 1 + in.count(size, "cells");
      places[i] = (int) Math.min(place, Integer.MAX_VALUE);
      values[i] = in.real();
    }
    int cell = 0;
    int next = 0;
    for (int row = 0; row < size; row++) {
      if (isNull(nulls, row)) {
        cells.addNull();
        continue;
      }
      long digits = in.varint();
      if (next < exceptions && places[next] == cell) {
        cells.addReal(values[next++]);
      } else {
        cells.addReal(ScaledReals.value(digits, exponent));
      }
      cell++;
    }
    if (next < exceptions) {
      throw new WireFormatException("An exception beyond the last cell");
    }
  }
}
