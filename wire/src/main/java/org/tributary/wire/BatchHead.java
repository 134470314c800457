package org.tributary.wire;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an encoded batch begins with, whatever its format; bytes as {@link BatchCodec} documents.
 *
 * @param contents of which parts of windows these are all rows, in the history lane
 * @param columns that are there, in order
 * @param size number of rows
 */
record BatchHead(
    Table table,
    Lane lane,
    Optional<Position> after,
    Optional<Position> upTo,
    Optional<Contents> contents,
    List<Column> columns,
    int size) {

  static BatchHead of(Batch batch) {
    Rows rows = batch.rows();
    return new BatchHead(
        batch.table(),
        batch.lane(),
        batch.after(),
        batch.upTo(),
        batch.contents(),
        rows.columns(),
        rows.size());
  }

  /** The batch that begins so. */
  Batch batch(List<Cells> cells, List<Unreadable> unreadable) {
    Rows rows = new Rows.Builder(table, columns, 0).build(cells, size);
    return new Batch(table, lane, after, upTo, rows, unreadable, contents);
  }

  void writeTo(ByteSink out) {
    out.text(table.name());
    out.oneByte(numberOf(lane));
    writePosition(out, after);
    writePosition(out, upTo);
    if (lane == Lane.HISTORY) {
      DigestCodec.writeContents(out, contents);
    }
    out.uvarint(columns.size());
    for (Column column : columns) {
      out.text(column.name());
    }
    out.uvarint(size);
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws WireFormatException if it is no head, or of a table or column that we don't know
   * @throws TooLargeException if there are more rows than {@code maxRows}
   */
  static BatchHead read(ByteSource in, int maxRows) throws IOException {
    String name = in.text();
    Table table =
        Tables.named(name).orElseThrow(() -> new WireFormatException("No such table: " + name));
    Lane lane = readLane(in);
    Optional<Position> after = readPosition(in);
    Optional<Position> upTo = readPosition(in);
    if (lane == Lane.HISTORY) {
      Backlog.read(upTo); // or it is refused
    }
    Optional<Contents> contents =
        lane == Lane.HISTORY ? DigestCodec.readContents(in, table) : Optional.empty();
    List<Column> columns = readColumns(in, table);
    return new BatchHead(table, lane, after, upTo, contents, columns, in.count(maxRows, "rows"));
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
}
