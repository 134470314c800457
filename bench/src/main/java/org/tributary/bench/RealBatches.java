package org.tributary.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.wire.Batch;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** Real samples as the whole batches that a gateway sends: by time, node and type. */
final class RealBatches {

  private final Table table;
  private final int rowsABatch;
  private final List<Batch> batches = new ArrayList<>();
  private Rows.Builder rows;
  private Optional<Position> last = Optional.empty();

  private RealBatches(Table table, int rowsABatch) {
    this.table = table;
    this.rowsABatch = rowsABatch;
    this.rows = new Rows.Builder(table, table.columns(), rowsABatch);
  }

  static List<Batch> readings(List<RealReadings.Sample> samples, int rowsABatch) {
    RealBatches batches = new RealBatches(Tables.READING, rowsABatch);
    for (RealReadings.Sample sample : samples) {
      for (int type = 0; type < sample.values().size(); type++) {
        batches.rows.addLong(0, sample.micros());
        batches.rows.addLong(1, sample.node());
        batches.rows.addLong(2, type);
        batches.rows.addLong(3, 7 + sample.node());
        batches.rows.addReal(4, sample.values().get(type));
        batches.endRow();
      }
    }
    return batches.batches;
  }

  static List<Batch> states(List<RealReadings.Sample> samples, int rowsABatch) {
    RealBatches batches = new RealBatches(Tables.NODE_STATE, rowsABatch);
    for (RealReadings.Sample sample : samples) {
      batches.rows.addLong(0, sample.micros());
      batches.rows.addLong(1, sample.node());
      batches.rows.addLong(2, sample.parent());
      batches.rows.addNull(3);
      batches.rows.addLong(4, sample.sequence());
      batches.rows.addLong(5, sample.rssi());
      batches.endRow();
    }
    return batches.batches;
  }

  private void endRow() {
    rows.endRow();
    if (rows.size() == rowsABatch) {
      Rows whole = rows.build();
      Optional<Position> upTo = Optional.ofNullable(whole.keyAt(whole.size() - 1));
      batches.add(new Batch(table, Lane.LIVE, last, upTo, whole, List.of()));
      last = upTo;
      rows = new Rows.Builder(table, table.columns(), rowsABatch);
    }
  }
}
