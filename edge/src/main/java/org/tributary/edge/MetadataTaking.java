package org.tributary.edge;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tributary.store.Page;
import org.tributary.store.StoreException;
import org.tributary.store.metadata.OwnMetadata;
import org.tributary.store.metadata.Taken;
import org.tributary.wire.Holdings;
import org.tributary.wire.MetadataChange;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Takes central's changes of metadata into the gateway's own database, where its owner asked for
 * that. Nothing is remembered: what was taken is sent as it stands here, and what was not is told
 * again. Not thread-safe: its {@link Pusher} owns it.
 */
final class MetadataTaking {

  /** How often changes are asked for in one push: rows that stand in each other's way need two. */
  static final int TURNS = 3;

  private final Source source;
  private final OwnMetadata own;
  private Map<String, Set<Long>> kept = Map.of();
  private boolean settled;

  MetadataTaking(Source source, OwnMetadata own) {
    this.source = source;
    this.own = own;
  }

  /** Asks for changes and makes them. */
  Taken take(Transport transport) throws IOException, RefusedException {
    Optional<List<MetadataChange>> changes = transport.changes(holdings(transport));
    settled = kept.isEmpty(); // else central has just heard of it, and wants the rows again
    if (changes.isEmpty()) {
      return Taken.NOTHING;
    }
    try {
      Taken taken = own.take(changes.get());
      kept = taken.kept();
      settled &= taken.done().isEmpty() && kept.isEmpty();
      return taken;
    } catch (StoreException e) {
      // Readings must not wait for it.
      return new Taken(List.of(), List.of(String.valueOf(e.getMessage())), Map.of());
    }
  }

  /** Whether another turn would bring nothing that the last one did not. */
  boolean isSettled() {
    return settled;
  }

  private Holdings holdings(Transport transport) throws LocalDatabaseException {
    Map<String, Set<Long>> present = new HashMap<>();
    if (hasLostRows(transport)) {
      return new Holdings(present, kept); // what is missing was not removed by anybody
    }
    for (Table table : Tables.ALL) {
      if (!table.hasId()) {
        continue;
      }
      Page page = source.readAll(table);
      if (page.unreadable().isEmpty()) { // of a row that can't be read nobody knows which it is
        present.put(table.name(), ids(page.rows()));
      }
    }
    return new Holdings(present, kept);
  }

  /** Whether the database was brought back from a backup, as far as that shows. */
  private boolean hasLostRows(Transport transport) throws LocalDatabaseException {
    for (Table table : Tables.ALL) {
      Optional<Position> newest =
          table.isSeries() ? transport.acknowledged(table) : Optional.empty();
      if (newest.isPresent() && !source.holds(table, newest.get())) {
        return true;
      }
    }
    return false;
  }

  private static Set<Long> ids(Rows rows) {
    Set<Long> ids = new HashSet<>();
    for (int row = 0; row < rows.size(); row++) {
      if (rows.value(Table.ID, row) instanceof Long id) {
        ids.add(id);
      }
    }
    return ids;
  }
}
