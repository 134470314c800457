package org.tributary.store.ingest;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.CentralId;
import org.tributary.wire.LocalId;
import org.tributary.wire.MetadataJson;
import org.tributary.wire.Rows;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.WireFormatException;

/**
 * An entry of the mapping journal: one row at a gateway is one row at central.
 *
 * @param evidence why, in words
 * @param base the gateway's row when both sides last agreed, as JSON
 * @param centralBase central's row then, as JSON; null where that was not noted
 * @param inForce whether rows are filed under it; not while the gateway's row is in doubt
 */
record Mapping(
    LocalId local,
    CentralId central,
    String evidence,
    String base,
    @Nullable String centralBase,
    boolean inForce) {

  Mapping {
    requireNonNull(local);
    requireNonNull(central);
    requireNonNull(evidence);
    requireNonNull(base);
  }

  /** The gateway's row when both sides last agreed, column by column. */
  Map<String, @Nullable Object> baseOf(Table table) throws SQLException {
    Rows.Builder row = new Rows.Builder(table, table.travelling(), 1);
    try {
      SyncJson.readRow(base, row, table.travelling());
    } catch (WireFormatException e) {
      throw new SQLException("tributary_mapping holds no row of " + table, e);
    }
    return row.build().row(0);
  }

  /**
   * The cells that the gateway's row had when both sides last agreed; a column it lacks is absent.
   */
  Map<String, @Nullable Object> cellsOf(Table table) throws SQLException {
    return cells(base, table);
  }

  /** Central's row when both sides last agreed; empty where that was not noted. */
  Map<String, @Nullable Object> centralBaseOf(Table table) throws SQLException {
    return centralBase == null ? Map.of() : cells(centralBase, table);
  }

  private static Map<String, @Nullable Object> cells(String json, Table table) throws SQLException {
    try {
      return MetadataJson.readRow(json, table);
    } catch (WireFormatException e) {
      throw new SQLException("tributary_mapping holds no row of " + table, e);
    }
  }
}
