package org.tributary.edge.rest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.store.ingest.Conflict;
import org.tributary.wire.Column;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.rest.RestTable;
import org.tributary.wire.rest.RestTables;

/**
 * Brings over what was changed here in a row that both sides have: what changed on one side since
 * both agreed counts; where both changed, or never agreed, the {@link Rulings} say whose does. The
 * REST interface replaces rows whole, so the server's row is sent back with the changes in it.
 */
final class Merging {

  private final RestClient client;
  private final CentralTables central;
  private final RestRecord record;
  private final LocalCells cells;
  private final Table table;
  private final RestTable shown;
  private final Rulings rulings;

  Merging(
      RestClient client,
      CentralTables central,
      RestRecord record,
      LocalCells cells,
      RestTable shown,
      Rulings rulings) {
    this.client = client;
    this.central = central;
    this.record = record;
    this.cells = cells;
    this.table = cells.table();
    this.shown = shown;
    this.rulings = rulings;
  }

  /**
   * Whether a row that got another key here gets it there as well: a house or a location is this
   * gateway's, while rooms, types and deployments are words of many.
   */
  boolean mayRename(Map<String, @Nullable Object> here, CentralRow there, Match old)
      throws IOException {
    if (isNamedAsBefore(here, old)) {
      return true; // it was renamed there, which was accepted then
    }
    if (!table.equals(Tables.HOUSE) && !table.equals(Tables.LOCATION)) {
      return false;
    }
    Map<String, @Nullable Object> before = cells.read(old.here());
    if (table.equals(Tables.LOCATION)
        && !Objects.equals(before.get("houseId"), here.get("houseId"))) {
      return false; // the place in the other house stays there
    }
    for (CentralRow row : central.all(shown)) {
      if (row.id() != there.id() && cells.sameKey(here, row)) {
        return false; // that name is another row's there, so it is that one now
      }
    }
    return true;
  }

  /** Whether a type got another meaning there alone, which is to come here. */
  boolean mayGetMeaning(Map<String, @Nullable Object> here, Optional<Match> old)
      throws IOException {
    return rulings.isBothWays() && old.isPresent() && isNamedAsBefore(here, old.get());
  }

  private boolean isNamedAsBefore(Map<String, @Nullable Object> here, Match old)
      throws IOException {
    Map<String, @Nullable Object> before = cells.read(old.here());
    return cells.keyColumns().stream()
        .allMatch(column -> Objects.equals(before.get(column.name()), here.get(column.name())));
  }

  /**
   * Makes the server's row what it should be.
   *
   * @param old how both agreed before
   * @return the row as it is then, if it had to be changed
   */
  Optional<CentralRow> merge(
      long local, Map<String, @Nullable Object> here, CentralRow there, Optional<Match> old)
      throws IOException, Doubt {
    Map<String, @Nullable Object> before =
        old.isPresent() && old.get().central() == there.id()
            ? cells.read(old.get().here())
            : Map.of();
    Rulings.Both both = new Rulings.Both(table, local, here, there);
    List<Conflict> conflicts = new ArrayList<>();
    Map<String, @Nullable Object> changes = new LinkedHashMap<>();
    for (Map.Entry<String, @Nullable Object> each : here.entrySet()) {
      String name = each.getKey();
      Column column = table.require(name);
      Object now = each.getValue();
      boolean wasCleared = now == null && before.get(name) != null;
      boolean says = now != null || wasCleared; // nothing here is no reason to delete what is there
      if (says
          && !cells.same(column, now, there.cell(name))
          && counts(both, column, before, conflicts)) {
        changes.put(name, now);
      }
    }
    if (table.equals(Tables.NODE) && changes.containsKey("locationId")) {
      refuseClaimed(local, there, before);
    }
    rulings.note(conflicts);
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put(RestTable.LABEL, shown.label());
    row.putAll(there.cells());
    row.putAll(changes);
    Optional<CentralRow> stored = client.replace(shown, there.id(), row);
    if (stored.isEmpty()) {
      throw new Doubt(
          Rule.DATABASE,
          "central's server refuses to change %s of %s %d"
              .formatted(changes.keySet(), table, there.id()));
    }
    central.put(shown, stored.get());
    return stored;
  }

  /** Whether what stands here goes before what stands there. */
  private boolean counts(
      Rulings.Both row,
      Column column,
      Map<String, @Nullable Object> before,
      List<Conflict> conflicts) {
    String name = column.name();
    Object now = row.here().get(name);
    Object there = row.there().cell(name);
    Conflict conflict;
    if (!before.containsKey(name)) {
      if (there == null) {
        return true;
      }
      conflict = rulings.matched(row, column);
    } else {
      Object agreed = before.get(name);
      if (cells.same(column, now, agreed)) {
        return false; // it was changed there
      }
      if (cells.same(column, agreed, there)) {
        return true;
      }
      conflict = rulings.edited(row, column, agreed);
    }
    conflicts.add(conflict);
    return conflict.winner() == Conflict.Side.GATEWAY;
  }

  /**
   * A node that was never agreed on and that hangs in a house of somebody else's which goes on:
   * either it was moved, or two nodes have one id, and nobody here can tell.
   */
  private void refuseClaimed(long local, CentralRow there, Map<String, @Nullable Object> before)
      throws IOException, Doubt {
    if (!before.isEmpty() || !(there.cell("locationId") instanceof Long location)) {
      return;
    }
    Optional<CentralRow> place = central.byId(RestTables.LOCATION, location);
    if (place.isEmpty() || !(place.get().cell("houseId") instanceof Long house)) {
      return;
    }
    List<Long> ours = new ArrayList<>();
    record.matches(Tables.HOUSE.name()).values().forEach(match -> ours.add(match.central()));
    Optional<CentralRow> other = central.byId(RestTables.HOUSE, house);
    if (!ours.contains(house) && other.isPresent() && other.get().cell("endDate") == null) {
      throw new Doubt(
          Rule.CLAIMED,
          "Node %d hangs in House %d at central (%s), which is none of this gateway's and has no"
                  .formatted(local, house, other.get().cell("address"))
              + " endDate; end that house, or take the node from its location there");
    }
  }
}
