package org.tributary.store.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tributary.wire.Position;
import org.tributary.wire.RowHash;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;

/**
 * Rows of a series in a gateway's own numbers: its nodes, its sensor types and its places. Central
 * may call each of them otherwise. Immutable.
 */
record OwnNumbers(GatewayView view) {

  private static final String NODE = "nodeId";
  private static final String TYPE = "type";

  /** Central's rows as the gateway numbers them; of its nodes and places only. */
  Rows told(Rows rows) {
    int place = RowHash.placeColumn(rows.table()).map(rows::indexOf).orElse(-1);
    if (rows.isEmpty() || (view.isPlain() && place < 0)) {
      return rows;
    }
    int node = rows.indexOf(NODE);
    int type = typeColumn(rows);
    Rows.Builder told = new Rows.Builder(rows.table(), rows.columns(), rows.size());
    for (int row = 0; row < rows.size(); row++) {
      for (int i = 0; i < rows.columns().size(); i++) {
        if (i == node) {
          told.add(i, view.numbering().told(rows.longAt(i, row)));
        } else if (i == type) {
          told.add(i, view.types().told(rows.longAt(i, row)));
        } else if (i == place && !rows.isNull(i, row)) {
          told.add(i, view.localPlace(rows.longAt(i, row)));
        } else {
          told.add(i, rows.value(rows.columns().get(i).name(), row));
        }
      }
      told.endRow();
    }
    return told.build();
  }

  private static int typeColumn(Rows rows) {
    return rows.table().key().contains(TYPE) ? rows.indexOf(TYPE) : -1;
  }

  /** Whether central has a row under a sensor type whose number means another one there. */
  boolean isOfNobodysType(Rows rows, int row) {
    int type = typeColumn(rows);
    return type >= 0 && view.types().isNobodys(rows.longAt(type, row));
  }

  /**
   * Where one of the gateway's keys stands in the order of central's; no two of them stand in one
   * place.
   */
  Position standing(Table table, Position own) {
    if (view.isPlain() || !(own.key().get(0) instanceof Instant)) {
      return own;
    }
    List<Object> parts = new ArrayList<>(own.key());
    put(parts, table.key().indexOf(NODE), view.numbering());
    put(parts, table.key().indexOf(TYPE), view.types());
    return new Position(parts);
  }

  private static void put(List<Object> parts, int index, Numbering numbering) {
    if (index >= 0 && parts.get(index) instanceof Long own) {
      parts.set(index, numbering.standing(own));
    }
  }
}
