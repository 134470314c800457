package org.tributary.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the columns stand by which rows of a table are told to be of one frame and one series.
 *
 * @param time place of the time among the rows' columns
 * @param node place of the node
 * @param type place of the sensor type, where the table's key has one
 * @param measures places of all the others, which are measured
 */
record SeriesColumns(int time, int node, Optional<Integer> type, List<Integer> measures) {

  SeriesColumns {
    measures = List.copyOf(measures);
  }

  /** Empty if rows with these columns have no frames: not a series, or a column is missing. */
  static Optional<SeriesColumns> of(Table table, List<Column> columns) {
    if (!table.isSeries()) {
      return Optional.empty();
    }
    List<Integer> measures = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      measures.add(i);
    }
    List<Integer> references = new ArrayList<>();
    int time = -1;
    for (Column column : table.keyColumns()) {
      int place = columns.indexOf(column);
      if (column.type() == ColumnType.TIME) {
        time = place;
      } else if (column.references().isPresent()) {
        references.add(place);
      } else {
        continue; // a number that counts up, such as a sequence number, is measured
      }
      measures.remove((Integer) place);
    }
    boolean all = time >= 0 && !references.isEmpty() && !references.contains(-1);
    boolean measured =
        measures.stream()
            .map(place -> columns.get(place).type())
            .noneMatch(type -> type == ColumnType.TEXT || type == ColumnType.TIME);
    return all && measured && references.size() <= 2
        ? Optional.of(
            new SeriesColumns(
                time, references.get(0), references.stream().skip(1).findFirst(), measures))
        : Optional.empty();
  }
}
