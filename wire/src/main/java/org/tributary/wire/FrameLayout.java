package org.tributary.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Rows of a table of series as frames, and what was measured series by series: format 2. Bytes as
 * {@link BatchCodec} documents.
 */
final class FrameLayout {

  private FrameLayout() {}

  /** Whether rows can be told as frames; the column layout takes all others. */
  static boolean fits(Rows rows) {
    return !rows.isEmpty()
        && SeriesColumns.of(rows.table(), rows.columns())
            .filter(columns -> rows.cells(columns.time()).nulls.isEmpty())
            .filter(columns -> rows.cells(columns.node()).nulls.isEmpty())
            .filter(
                columns ->
                    columns.type().map(type -> rows.cells(type).nulls.isEmpty()).orElse(true))
            .isPresent();
  }

  /** Writes rows that {@link #fits fit}. */
  static void write(ByteSink out, Rows rows) {
    SeriesColumns columns = SeriesColumns.of(rows.table(), rows.columns()).orElseThrow();
    Frames frames =
        Frames.of(
            rows.cells(columns.time()),
            rows.cells(columns.node()),
            columns.type().map(rows::cells),
            rows.size());
    frames.writeTo(out);
    SeriesRows rowsOfSeries = frames.rowsOfSeries(rows.size());
    for (int measure : columns.measures()) {
      Cells cells = rows.cells(measure);
      Nulls.write(out, cells.nulls, rows.size());
      SeriesRows present = rowsOfSeries.without(cells.nulls);
      out.cut();
      if (cells.type == ColumnType.REAL) {
        MeasuredReals.write(out, cells, present);
      } else {
        MeasuredIntegers.write(out, cells, present);
      }
    }
  }

  static List<Cells> read(ByteSource in, BatchHead head) throws IOException {
    SeriesColumns columns =
        SeriesColumns.of(head.table(), head.columns())
            .orElseThrow(
                () ->
                    new WireFormatException(
                        "No frames of " + head.table() + " have these columns"));
    int size = head.size();
    Frames frames = Frames.read(in, size);
    SeriesRows rowsOfSeries = frames.rowsOfSeries(size);
    List<Cells> cells = new ArrayList<>();
    for (int i = 0; i < head.columns().size(); i++) {
      if (i == columns.time()) {
        cells.add(frames.times(size));
      } else if (i == columns.node()) {
        cells.add(frames.nodes(size));
      } else if (columns.type().equals(Optional.of(i))) {
        cells.add(frames.types(size));
      } else {
        cells.add(readMeasure(in, head.columns().get(i).type(), rowsOfSeries));
      }
    }
    return cells;
  }

  private static Cells readMeasure(ByteSource in, ColumnType type, SeriesRows rowsOfSeries)
      throws IOException {
    BitSet nulls = Nulls.read(in, rowsOfSeries.rows().members());
    SeriesRows present = rowsOfSeries.without(nulls);
    return type == ColumnType.REAL
        ? Cells.ofReals(MeasuredReals.read(in, present, rowsOfSeries.rows().members()), nulls)
        : Cells.ofLongs(
            type, MeasuredIntegers.read(in, present, rowsOfSeries.rows().members()), nulls);
  }
}
