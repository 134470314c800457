package org.tributary.edge.rest;

import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.edge.state.ConflictFile;
import org.tributary.store.ingest.Conflict;
import org.tributary.wire.CentralId;
import org.tributary.wire.Column;
import org.tributary.wire.ColumnType;
import org.tributary.wire.Holdings;
import org.tributary.wire.LocalId;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.rest.RestTable;
import org.tributary.wire.rest.RestTables;

/**
 * Removes at the server what was removed here, where the owner wants that: locations, nodes and
 * sensors in this gateway's own houses that both have agreed on, that nobody edited there, and to
 * which nothing there refers. All else stays. Houses are never removed: an original server takes
 * their readings out of their locations then.
 *
 * <p>For one look; not thread-safe.
 */
final class RestRemovals {

  private static final Logger log = LoggerFactory.getLogger(RestRemovals.class);

  private static final List<Table> CHILDREN_FIRST =
      List.of(Tables.SENSOR, Tables.NODE, Tables.LOCATION);

  private final RestClient client;
  private final CentralTables central;
  private final RestRecord record;
  private final Limits limits;
  private final ConflictFile conflicts;
  private final Clock clock;

  RestRemovals(
      RestClient client,
      CentralTables central,
      RestRecord record,
      Limits limits,
      ConflictFile conflicts,
      Clock clock) {
    this.client = client;
    this.central = central;
    this.record = record;
    this.limits = limits;
    this.conflicts = conflicts;
    this.clock = clock;
  }

  /** Compares what is here with what both had. */
  void settle(Holdings holdings) throws IOException {
    for (Table table : CHILDREN_FIRST) {
      Set<Long> present = holdings.present().getOrDefault(table.name(), Set.of());
      // Where nothing is left the database was lost rather than cleared row by row.
      if (present.isEmpty() || (table.equals(Tables.SENSOR) && !central.showsSensors())) {
        continue;
      }
      for (Map.Entry<Long, Match> each : Map.copyOf(record.matches(table.name())).entrySet()) {
        if (!present.contains(each.getKey()) && houseStands(table, each.getValue(), holdings)) {
          gone(table, each.getKey(), each.getValue());
        }
      }
    }
  }

  private void gone(Table table, long local, Match match) throws IOException {
    RestTable shown = CentralTables.shown(table);
    Optional<CentralRow> there = client.find(shown, match.central()); // as it is this moment
    LocalCells cells = new LocalCells(table, record, limits);
    if (there.isEmpty()) {
      record.matches(table.name()).remove(local);
      return;
    }
    if (wasEdited(cells, match, there.get())) {
      noteOnce(cells, local, match, there.get());
      return;
    }
    if (isInUse(table, match.central())) {
      return;
    }
    if (client.delete(shown, match.central())) {
      record.matches(table.name()).remove(local);
      central.remove(shown, match.central());
      log.info(
          "{} {} was removed here and is removed at central; it was {}",
          table,
          local,
          cells.json(there.get().cells()));
    } else {
      log.info("{} {} was removed here; central's server keeps it", table, local);
    }
  }

  private boolean wasEdited(LocalCells cells, Match match, CentralRow there) throws IOException {
    for (Map.Entry<String, @Nullable Object> agreed : cells.read(match.here()).entrySet()) {
      Column column = cells.table().require(agreed.getKey());
      boolean isCut =
          column.type() == ColumnType.TEXT
              && agreed.getValue() instanceof String text
              && limits.mayCut(cells.table(), column, text);
      if (there.cells().containsKey(column.name())
          && !isCut
          && !cells.same(column, agreed.getValue(), there.cell(column.name()))) {
        return true;
      }
    }
    return false;
  }

  private void noteOnce(LocalCells cells, long local, Match match, CentralRow there)
      throws IOException {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put(Table.ID, there.id());
    row.putAll(there.cells());
    Conflict conflict =
        new Conflict(
            0,
            conflicts.gateway(),
            cells.table(),
            new LocalId(local),
            new CentralId(there.id()),
            Conflict.Kind.REMOVED_THERE,
            "",
            new Conflict.Versions(match.here(), null, cells.json(row)),
            Conflict.Side.CENTRAL,
            "edited",
            clock.instant(),
            Optional.empty());
    boolean isNoted =
        conflicts.all().stream()
            .anyMatch(
                old ->
                    old.kind() == conflict.kind()
                        && old.table().equals(conflict.table())
                        && old.local().equals(conflict.local())
                        && old.versions().equals(conflict.versions()));
    if (!isNoted) {
      conflicts.add(List.of(conflict));
      log.warn(
          "{} {} was removed here and edited at central, where it stays", cells.table(), local);
    }
  }

  /** Whether any row at the server refers to one; the server itself may not look. */
  private boolean isInUse(Table table, long id) throws IOException {
    if (table.equals(Tables.LOCATION)) {
      return !client.list(RestTables.NODE, "?locationId=" + id).isEmpty()
          || client.hasAny(Tables.READING, "locationId", id);
    }
    if (table.equals(Tables.NODE)) {
      return client.hasAny(Tables.READING, "nodeId", id)
          || client.hasAny(Tables.NODE_STATE, "nodeId", id)
          || (central.showsSensors()
              && central.all(RestTables.SENSOR).stream()
                  .anyMatch(row -> Long.valueOf(id).equals(row.cell("nodeId"))));
    }
    return false;
  }

  /** Whether it is in a house of here that is still here, and still the same at the server. */
  private boolean houseStands(Table table, Match match, Holdings holdings) throws IOException {
    if (table.equals(Tables.HOUSE)) {
      return central
          .byId(RestTables.HOUSE, match.central())
          .map(row -> new LocalCells(table, record, limits).keyJson(row))
          .filter(match.there()::equals)
          .isPresent();
    }
    String up = table.equals(Tables.SENSOR) ? "nodeId" : "locationId";
    Column column = table.require(table.equals(Tables.LOCATION) ? "houseId" : up);
    Table parent = Tables.named(column.references().orElseThrow()).orElseThrow();
    Object id = new LocalCells(table, record, limits).read(match.here()).get(column.name());
    for (Map.Entry<Long, Match> each : record.matches(parent.name()).entrySet()) {
      boolean isHere =
          !parent.equals(Tables.HOUSE)
              || holdings.present().getOrDefault(parent.name(), Set.of()).contains(each.getKey());
      if (isHere && Objects.equals(each.getValue().central(), id)) {
        return houseStands(parent, each.getValue(), holdings);
      }
    }
    return false;
  }
}
