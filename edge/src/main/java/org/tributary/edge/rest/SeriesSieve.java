package org.tributary.edge.rest;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.state.SetAsideFile;
import org.tributary.wire.Batch;
import org.tributary.wire.Column;
import org.tributary.wire.ColumnType;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Unreadable;
import org.tributary.wire.rest.RestJson;
import org.tributary.wire.rest.RestTable;

/**
 * Parts the rows of a series into those that the server can take, with its ids in them, and those
 * that it would refuse, spoil, or mistake for another, each with its reason: the interface has no
 * word for single rows, so this is decided here. For one batch.
 */
final class SeriesSieve {

  /** Nothing of this trade was measured before: an older stamp is a clock that had not been set. */
  private final RestRecord record;

  private final SetAsideFile setAside;
  private final Limits limits;
  private final Witnesses witnesses;
  private final Instant trustedUntil;
  private final Batch batch;
  private final Table table;
  private final String label;
  private final Sieved sieved = new Sieved();
  private Instant second;
  private final Set<String> keysOfSecond;

  SeriesSieve(
      RestRecord record,
      SetAsideFile setAside,
      Limits limits,
      Witnesses witnesses,
      Instant trustedUntil,
      Batch batch) {
    this.record = record;
    this.setAside = setAside;
    this.limits = limits;
    this.witnesses = witnesses;
    this.trustedUntil = trustedUntil;
    this.batch = batch;
    this.table = batch.table();
    this.label = CentralTables.shown(table).label();
    LastSecond last = record.seconds().getOrDefault(table.name(), LastSecond.NONE);
    this.second = last.second();
    this.keysOfSecond = new HashSet<>(last.keys());
  }

  /** Parts the batch. */
  Sieved sieve() throws IOException {
    for (Unreadable row : batch.unreadable()) {
      sieved
          .apart()
          .add(
              new SetAsideFile.Row(
                  new SetAside(table.name(), row.key(), Rule.UNREADABLE, row.reason()), row.row()));
    }
    Rows rows = batch.rows();
    int first = 0; // of the rows with the key of the row in hand
    for (int row = 0; row < rows.size(); row++) {
      if (row == 0 || !isSame(rows, table.key(), first, row)) {
        first = row;
      } else if (isSame(rows, rows.columns().stream().map(Column::name).toList(), first, row)) {
        sieved.addTwin();
        continue;
      } else {
        // Its key is the other's as well, so it is known by all that it holds.
        setAside(
            rows,
            row,
            SyncJson.writeRow(rows.row(row)),
            new Doubt(
                Rule.AMBIGUOUS,
                "another row here has the same %s and other values"
                    .formatted(String.join(", ", table.key()))));
        continue;
      }
      take(rows, row);
    }
    return sieved;
  }

  /** What has been sent of the second in which the batch ends, once it is delivered. */
  LastSecond lastSecond() {
    return new LastSecond(second, keysOfSecond);
  }

  private void take(Rows rows, int row) throws IOException {
    Position key = rows.keyAt(row);
    try {
      if (key == null) {
        throw new Doubt(Rule.KEY_MISSING, "a part of its key is null");
      }
      refuseKnown(key);
      Map<String, @Nullable Object> cells = cells(rows, row);
      Optional<Held> waits = waits(rows, row, key);
      if (waits.isPresent()) {
        sieved.held().add(waits.get());
        return;
      }
      refuseCollision(key);
      sieved.add(row, RestJson.bytes(cells));
      noteWitness(rows, row, key);
    } catch (Doubt doubt) {
      String shown = key == null ? SyncJson.writeRow(rows.row(row)) : key.toString();
      setAside(rows, row, shown, doubt);
    }
  }

  private void setAside(Rows rows, int row, String key, Doubt doubt) {
    sieved
        .apart()
        .add(
            new SetAsideFile.Row(
                new SetAside(table.name(), key, doubt.rule(), String.valueOf(doubt.getMessage())),
                SyncJson.writeRow(rows.row(row))));
  }

  /** What was refused for good stays so, even if the clock has passed its stamp meanwhile. */
  private void refuseKnown(Position key) throws Doubt {
    Optional<Rule> known = setAside.rule(table.name(), key.toString());
    if (known.equals(Optional.of(Rule.CLOCK_UNTRUSTED))) {
      throw new Doubt(Rule.CLOCK_UNTRUSTED, "its clock was not trusted when it was first read");
    }
    if (known.equals(Optional.of(Rule.DATABASE))) {
      throw new Doubt(Rule.DATABASE, "central's server failed on it before");
    }
  }

  private Map<String, @Nullable Object> cells(Rows rows, int row) throws Doubt {
    Map<String, @Nullable Object> cells = new LinkedHashMap<>();
    cells.put(RestTable.LABEL, label);
    for (Column column : rows.columns()) {
      Object value = rows.value(column.name(), row);
      if (value == null) {
        cells.put(column.name(), null);
        continue;
      }
      Optional<String> refusal = limits.refuse(column, value);
      if (refusal.isPresent()) {
        throw new Doubt(Rule.VALUE_NOT_HELD, refusal.get());
      }
      if (column.type() == ColumnType.TIME && value instanceof Instant time) {
        refuseUntrusted(time);
        cells.put(column.name(), limits.time(time));
      } else {
        cells.put(column.name(), mapped(column, value));
      }
    }
    return cells;
  }

  private Object mapped(Column column, Object value) {
    return column.references().isPresent() && value instanceof Long local
        ? record
            .match(column.references().get(), local)
            .map(match -> (Object) match.central())
            .orElse(value) // it waits then
        : value;
  }

  private void refuseUntrusted(Instant time) throws Doubt {
    boolean isOld = time.isBefore(Rule.EARLIEST_TRUSTED);
    if (isOld || time.isAfter(trustedUntil)) {
      throw new Doubt(
          Rule.CLOCK_UNTRUSTED,
          "stamped %s, which is %s".formatted(time, isOld ? "before 2000" : "in the future"));
    }
  }

  private Optional<Held> waits(Rows rows, int row, Position key) throws Doubt {
    for (Column column : rows.columns()) {
      if (column.references().isEmpty()
          || !(rows.value(column.name(), row) instanceof Long local)) {
        continue;
      }
      String parent = column.references().get();
      if (record.match(parent, local).isEmpty()) {
        String reason = LocalCells.whyMissing(record, parent, local);
        Rule rule = record.problem(parent, local).map(SetAside::rule).orElse(Rule.PARENT_MISSING);
        if (batch.lane() != Lane.LIVE || batch.upTo().isEmpty()) {
          throw new Doubt(rule, reason); // no position leads back to it
        }
        return Optional.of(new Held(table.name(), parent, local, key, key, 1, rule, reason));
      }
    }
    return Optional.empty();
  }

  /** A server that keeps whole seconds takes a row for another one of the same second. */
  private void refuseCollision(Position key) throws Doubt {
    if (limits.keepsFractions()) {
      return;
    }
    Instant whole = ((Instant) key.key().get(0)).truncatedTo(ChronoUnit.SECONDS);
    if (!whole.equals(second)) {
      second = whole;
      keysOfSecond.clear();
    }
    List<Object> rest = key.key().subList(1, key.key().size());
    if (!keysOfSecond.add(String.join(",", rest.stream().map(String::valueOf).toList()))) {
      throw new Doubt(
          Rule.VALUE_NOT_HELD,
          "central keeps whole seconds, and has another row of %s %s in this one"
              .formatted(String.join(", ", table.key().subList(1, table.key().size())), rest));
    }
  }

  private void noteWitness(Rows rows, int row, Position key) throws IOException {
    if (table.equals(Tables.READING)
        && key.key().get(0) instanceof Instant time
        && rows.value("nodeId", row) instanceof Long node) {
      Long location = rows.value("locationId", row) instanceof Long local ? local : null;
      sieved
          .newest()
          .merge(
              witnesses.of(location, node),
              limits.time(time),
              (old, other) -> old.isAfter(other) ? old : other);
    }
  }

  private static boolean isSame(Rows rows, List<String> columns, int left, int right) {
    for (String column : columns) {
      int place = rows.indexOf(column);
      if (place < 0 || !rows.sameCell(place, left, rows, place, right)) {
        return false;
      }
    }
    return true;
  }
}
