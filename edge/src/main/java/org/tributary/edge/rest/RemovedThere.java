package org.tributary.edge.rest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.CentralId;
import org.tributary.wire.Column;
import org.tributary.wire.ColumnType;
import org.tributary.wire.Holdings;
import org.tributary.wire.Identity;
import org.tributary.wire.LocalId;
import org.tributary.wire.MetadataChange;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.rest.RestTable;

/**
 * What somebody removed at a server that keeps no books, for a gateway that is to follow. A row
 * that is missing there may as well be one that a restored backup lacks, so it counts as removed
 * only if
 *
 * <ul>
 *   <li>the server still has the report that this gateway made after that row was there, so that it
 *       was not rolled back to before it,
 *   <li>it has all readings that it acknowledged, as far as can be asked,
 *   <li>its table is not empty, and no other row there has taken its place.
 * </ul>
 *
 * <p>Else nobody can tell, and the row is created there again.
 *
 * <p>For one push; not thread-safe.
 */
final class RemovedThere {

  /** Whether a server has lost readings that it acknowledged. */
  interface Losses {
    boolean areSeen() throws IOException;
  }

  private final CentralTables central;
  private final RestRecord record;
  private final Limits limits;
  private final boolean hasReport;
  private final Losses losses;
  private @Nullable Boolean hasLost;
  private final Set<Long> sensorsOfBefore = new HashSet<>();

  /**
   * @param hasReport whether the server still has the last report, and removals are wanted
   * @param losses asked at most once, and only where a row is missing
   */
  RemovedThere(
      CentralTables central, RestRecord record, Limits limits, boolean hasReport, Losses losses) {
    this.central = central;
    this.record = record;
    this.limits = limits;
    this.hasReport = hasReport;
    this.losses = losses;
  }

  /** Of a gateway that follows nobody's removals. */
  static RemovedThere nothing(CentralTables central, RestRecord record) {
    return new RemovedThere(central, record, Limits.ORIGINAL, false, () -> false);
  }

  /** Whether a row of here was removed there. */
  boolean has(Table table, long local) throws IOException {
    if (!hasReport || table.isSeries() || record.unproven(table.name()).contains(local)) {
      return false;
    }
    Optional<Match> match = record.match(table.name(), local);
    if (match.isEmpty() || (table.equals(Tables.SENSOR) && !central.showsSensors())) {
      return false;
    }
    return isMissing(table, match.get())
        && !isThereAgain(table, match.get())
        && !isEmptied(table)
        && !hasLostReadings();
  }

  /** Whether there is any, as far as is known without asking for sensors. */
  boolean areSeen() throws IOException {
    if (!hasReport) {
      return false;
    }
    for (Table table : Tables.ALL) {
      if (!table.equals(Tables.SENSOR)) {
        for (long local : record.matches(table.name()).keySet()) {
          if (has(table, local)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** What is to be removed here, children first. */
  List<MetadataChange> told(Holdings holdings) throws IOException {
    List<MetadataChange> told = new ArrayList<>();
    for (int i = Tables.ALL.size() - 1; i >= 0; i--) {
      Table table = Tables.ALL.get(i);
      Set<Long> present = holdings.present().get(table.name());
      for (Map.Entry<Long, Match> each : Map.copyOf(record.matches(table.name())).entrySet()) {
        if (!has(table, each.getKey())) {
          continue;
        }
        if (present != null && !present.contains(each.getKey())) {
          record.matches(table.name()).remove(each.getKey()); // gone at both ends
        } else {
          told.add(change(table, each.getKey(), each.getValue()));
        }
      }
    }
    return told;
  }

  /**
   * A report was made, and rows were looked at after it: from now on it speaks for those that were
   * there.
   *
   * @param report empty if the server took none
   */
  void prove(Optional<RestRecord.Report> report) {
    boolean isContinued = hasReport && !Boolean.TRUE.equals(hasLost);
    if (report.isEmpty() && isContinued) {
      return; // the one before speaks for the same rows as before
    }
    // Sensors were not looked at.
    String sensor = Tables.SENSOR.name();
    Set<Long> sensors =
        new HashSet<>(isContinued ? record.unproven(sensor) : record.matches(sensor).keySet());
    record.report(report);
    record.allUnproven().clear();
    if (report.isPresent()) {
      record.unproven(sensor).addAll(sensors);
      sensorsOfBefore.addAll(sensors);
    }
  }

  /** The same for sensors, which are looked at less often. */
  void proveSensors() throws IOException {
    if (sensorsOfBefore.isEmpty() || !central.showsSensors()) {
      return;
    }
    for (long local : sensorsOfBefore) {
      Optional<Match> match = record.match(Tables.SENSOR.name(), local);
      if (match.isPresent() && !isMissing(Tables.SENSOR, match.get())) {
        record.unproven(Tables.SENSOR.name()).remove(local);
      }
    }
    sensorsOfBefore.clear();
  }

  private boolean isMissing(Table table, Match match) throws IOException {
    return central.byId(CentralTables.shown(table), match.central()).isEmpty();
  }

  /** Whether a row that is known by the same stands there under another id. */
  private boolean isThereAgain(Table table, Match match) throws IOException {
    if (table.identity() != Identity.NATURAL_KEY) {
      return false;
    }
    LocalCells cells = cells(table);
    RestTable shown = CentralTables.shown(table);
    Collection<CentralRow> rows =
        table.equals(Tables.LOCATION)
                && cells.read(match.there()).get("houseId") instanceof Long house
            ? central.referring(shown, "houseId", house)
            : central.all(shown);
    return rows.stream().anyMatch(row -> cells.keyJson(row).equals(match.there()));
  }

  /** A table that was emptied was lost rather than cleared row by row. */
  private boolean isEmptied(Table table) throws IOException {
    for (Match match : record.matches(table.name()).values()) {
      if (!isMissing(table, match)) {
        return false;
      }
    }
    return central.all(CentralTables.shown(table)).isEmpty();
  }

  private boolean hasLostReadings() throws IOException {
    if (hasLost == null) {
      hasLost = losses.areSeen();
    }
    return hasLost;
  }

  private MetadataChange change(Table table, long local, Match match) throws IOException {
    Map<String, @Nullable Object> was = new LinkedHashMap<>();
    for (Map.Entry<String, @Nullable Object> cell : cells(table).read(match.here()).entrySet()) {
      Column column = table.require(cell.getKey());
      Object value = cell.getValue();
      boolean isCut =
          column.type() == ColumnType.TEXT
              && value instanceof String text
              && limits.mayCut(table, column, text);
      if (column.references().isPresent() && value instanceof Long id) {
        localOf(column.references().get(), id).ifPresent(its -> was.put(column.name(), its));
      } else if (!isCut) { // how a text that was cut goes on here nobody there has seen
        was.put(column.name(), value);
      }
    }
    return new MetadataChange(
        MetadataChange.Kind.REMOVED,
        table,
        new CentralId(match.central()),
        Optional.of(new LocalId(local)),
        was,
        Map.of(),
        Map.of());
  }

  LocalCells cells(Table table) {
    return new LocalCells(table, record, limits);
  }

  /** Which row of here a row of the server is. */
  Optional<Long> localOf(String table, long id) {
    return record.matches(table).entrySet().stream()
        .filter(each -> each.getValue().central() == id)
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
