package org.tributary.edge.rest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.rest.RestJson;
import org.tributary.wire.rest.RestTable;
import org.tributary.wire.rest.RestTables;

/**
 * Uploads sensors to a server that shows none, so that nobody can look which it has. Without an id
 * each upload would add them once more, and with ours it would overwrite others'; so each has an id
 * made of its node's and its type's, far above those that a server counts up to by itself.
 */
final class SensorUpload {

  // The original's ids have 32 bits.
  private static final long BASE = 1_000_000_000;
  private static final long TYPES = 1_000;
  private static final long NODES = (Integer.MAX_VALUE - BASE) / TYPES;

  private final LocalCells cells;
  private final Bulk bulk;
  private final List<SetAside> apart = new ArrayList<>();

  SensorUpload(RestRecord record, Limits limits, Bulk bulk) {
    this.cells = new LocalCells(Tables.SENSOR, record, limits);
    this.bulk = bulk;
  }

  /** How many were delivered. */
  int send(Rows rows) throws IOException {
    List<byte[]> upload = new ArrayList<>();
    List<Integer> origins = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      try {
        upload.add(json(cells.of(rows, row)));
        origins.add(row);
      } catch (Doubt doubt) {
        refuse(rows, row, doubt);
      }
    }
    int before = apart.size();
    bulk.deliver(
        upload,
        Optional.empty(),
        (row, words) ->
            refuse(
                rows,
                origins.get(row),
                new Doubt(Rule.DATABASE, "central's server fails on it: " + words)));
    return upload.size() - (apart.size() - before);
  }

  List<SetAside> apart() {
    return apart;
  }

  private static byte[] json(Map<String, @Nullable Object> sensor) throws Doubt {
    if (!(sensor.get("nodeId") instanceof Long node)
        || !(sensor.get("sensorTypeId") instanceof Long type)) {
      throw new Doubt(Rule.KEY_MISSING, "it has no node or no type");
    }
    if (node < 0 || node >= NODES || type < 0 || type >= TYPES) {
      throw new Doubt(
          Rule.VALUE_NOT_HELD,
          "node %d and type %d make no id that central could hold".formatted(node, type));
    }
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put(RestTable.LABEL, RestTables.SENSOR.label());
    row.put(Table.ID, BASE + node * TYPES + type);
    row.putAll(sensor);
    return RestJson.bytes(row);
  }

  private void refuse(Rows rows, int row, Doubt doubt) {
    String key =
        rows.value(Table.ID, row) instanceof Long local
            ? Position.of(local).toString()
            : SyncJson.writeRow(rows.row(row));
    apart.add(
        new SetAside(Tables.SENSOR.name(), key, doubt.rule(), String.valueOf(doubt.getMessage())));
  }
}
