package org.tributary.store.ingest;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.CentralId;
import org.tributary.wire.Column;
import org.tributary.wire.LocalId;
import org.tributary.wire.SyncJson;

/**
 * What stays on record of a gateway's edits and central's, whichever of them counts. For one batch.
 */
record Traces(Intake intake, Conflicts conflicts, Edits edits) {

  /** Two versions of a field, of which one was overruled. */
  void overruled(LocalId local, CentralId central, List<Conflicts.Fresh> fresh)
      throws SQLException {
    conflicts.note(intake.connection(), intake.gateway(), intake.table(), local, central, fresh);
  }

  /** Cells of central's row that are about to be replaced. */
  void replaced(CentralId central, Map<String, @Nullable Object> before, Set<Column> columns)
      throws SQLException {
    edits.note(intake.connection(), intake.gateway(), intake.table(), central, before, columns);
  }

  /** A row that was removed at central and comes back with what the gateway changed in it. */
  void revived(Map<String, @Nullable Object> row, Mapping mapping) throws SQLException {
    Conflict.Versions versions =
        new Conflict.Versions(mapping.base(), SyncJson.writeRow(row), null);
    overruled(
        mapping.local(),
        mapping.central(),
        List.of(
            new Conflicts.Fresh(
                Conflict.Kind.REMOVED_HERE, "", versions, Conflict.Side.GATEWAY, "edited")));
  }
}
