package org.tributary.edge.rest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.state.Fields;
import org.tributary.wire.Column;
import org.tributary.wire.Lane;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.rest.RestTable;

/**
 * Looks whether the rows that were matched are still the same at the server, before anything is
 * sent under their ids: it may have been set up anew or restored, and another house may have those
 * ids now. A row that is missing since somebody removed it there is not matched anew, for then it
 * would be created there again.
 */
final class Verification {

  private record Other(Table table, long local, Match match, CentralRow row) {}

  private final CentralTables central;
  private final RestRecord record;
  private final Limits limits;
  private final RemovedThere removed;
  private final List<Other> renamed = new ArrayList<>();
  private boolean allLocationsHold = true;
  private final Map<String, Set<Long>> dropped = new HashMap<>();

  Verification(CentralTables central, RestRecord record, Limits limits, RemovedThere removed) {
    this.central = central;
    this.record = record;
    this.limits = limits;
    this.removed = removed;
  }

  /**
   * Drops matches that do not hold; if there are any, every table is matched anew.
   *
   * <p>A row that has another name there was renamed, if the server is the same as before: all
   * locations are the same, and a node of this gateway hangs in one of them. Then the match stays.
   */
  void check() throws IOException {
    for (Table table : Tables.ALL) {
      if (!table.isSeries() && !table.equals(Tables.SENSOR)) {
        check(table);
      }
    }
    boolean isSameServer = allLocationsHold && aNodeHangsInALocation();
    for (Other other : renamed) {
      if (isSameServer) {
        LocalCells cells = new LocalCells(other.table(), record, limits);
        Match match = other.match();
        record
            .matches(other.table().name())
            .put(
                other.local(),
                new Match(match.central(), match.here(), cells.keyJson(other.row())));
      } else {
        drop(other.table(), other.local());
      }
    }
    dropDependents();
    if (!dropped.isEmpty()) {
      record.good().clear();
      for (Table table : Tables.ALL) {
        if (!table.isSeries()) {
          record.positions(Lane.LIVE).remove(table.name());
        }
      }
    }
  }

  /** What referred to a row that is another one now is another one too, whatever it looks like. */
  private void dropDependents() throws IOException {
    for (Table table : Tables.ALL) {
      for (Map.Entry<Long, Match> each : Map.copyOf(record.matches(table.name())).entrySet()) {
        Map<String, @Nullable Object> cells = Fields.of(each.getValue().here()).members();
        for (Column column : table.columns()) {
          Set<Long> gone = dropped.getOrDefault(column.references().orElse(""), Set.of());
          if (cells.get(column.name()) instanceof Long parent && gone.contains(parent)) {
            drop(table, each.getKey());
          }
        }
      }
    }
  }

  private void check(Table table) throws IOException {
    RestTable shown = CentralTables.shown(table);
    Map<Long, Match> matches = new HashMap<>(record.matches(table.name()));
    if (matches.isEmpty()) {
      return;
    }
    look(table, shown, matches);
    LocalCells cells = new LocalCells(table, record, limits);
    for (Map.Entry<Long, Match> each : matches.entrySet()) {
      Optional<CentralRow> row = central.byId(shown, each.getValue().central());
      if (row.filter(there -> cells.keyJson(there).equals(each.getValue().there())).isPresent()) {
        continue;
      }
      if (row.isEmpty() && removed.has(table, each.getKey())) {
        continue; // it stays matched until it is removed here, too, or is needed
      }
      if (table.equals(Tables.LOCATION)) {
        allLocationsHold = false;
      }
      if (row.isPresent() && !table.equals(Tables.LOCATION)) {
        renamed.add(new Other(table, each.getKey(), each.getValue(), row.get()));
      } else {
        drop(table, each.getKey());
      }
    }
  }

  private void look(Table table, RestTable shown, Map<Long, Match> matches) throws IOException {
    if (table.equals(Tables.NODE)) {
      List<Long> ids = matches.keySet().stream().sorted().toList();
      central.look(shown, ids.get(0), ids.get(ids.size() - 1));
    } else if (table.equals(Tables.LOCATION)) {
      for (Match house : record.matches(Tables.HOUSE.name()).values()) {
        central.referring(shown, "houseId", house.central());
      }
    } else if (!table.equals(Tables.HOUSE)) {
      central.all(shown);
    }
  }

  private void drop(Table table, long local) {
    Match match = record.matches(table.name()).remove(local);
    if (match != null) {
      dropped.computeIfAbsent(table.name(), name -> new HashSet<>()).add(match.central());
    }
  }

  private boolean aNodeHangsInALocation() throws IOException {
    List<Long> locations =
        record.matches(Tables.LOCATION.name()).values().stream().map(Match::central).toList();
    for (long node : record.matches(Tables.NODE.name()).keySet()) {
      Optional<CentralRow> row = central.byId(CentralTables.shown(Tables.NODE), node);
      if (row.isPresent()
          && row.get().cell("locationId") instanceof Long location
          && locations.contains(location)) {
        return true;
      }
    }
    return false;
  }
}
