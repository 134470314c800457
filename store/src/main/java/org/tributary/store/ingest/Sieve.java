package org.tributary.store.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.store.NarrowColumn;
import org.tributary.wire.Column;
import org.tributary.wire.Micros;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;

/**
 * Parts the rows of a series into those that can be stored, with their ids mapped, and those to be
 * set aside, each with its reason. For one batch.
 */
final class Sieve {

  private final Engine engine;
  private final Table table;
  private final Map<String, Map<Long, Long>> known;
  private final CentralIds ids;
  private final Trust trust;

  /**
   * @param known central ids by the id in the rows, by the name of the table they belong to
   * @param ids what to say of those that are not among them
   */
  Sieve(
      Engine engine, Table table, Map<String, Map<Long, Long>> known, CentralIds ids, Trust trust) {
    this.engine = engine;
    this.table = table;
    this.known = new HashMap<>(known);
    this.ids = ids;
    this.trust = trust;
  }

  /** Parts the rows of one batch. */
  Sieved sieve(Rows rows) {
    List<Column> columns = rows.columns();
    Rows.Builder kept = new Rows.Builder(table, columns, rows.size());
    int[] origin = new int[rows.size()];
    List<Apart> apart = new ArrayList<>();
    Fault fault = new Fault();
    Optional<String> missing = missingKey(rows);
    @Nullable NarrowColumn[] narrow = engine.asBuilt().narrow(table, columns);
    int first = 0; // of the rows with the key of the row in hand
    for (int row = 0; row < rows.size(); row++) {
      if (!sameKey(rows, first, row)) {
        first = row;
      } else if (missing.isEmpty() && !sameRow(rows, first, row)) {
        apart.add(twin(rows, row));
        continue;
      }
      boolean passes =
          missing.isEmpty()
              ? passes(rows, row, narrow, kept, fault)
              : fault.is(Rule.KEY_MISSING, "the gateway's table has no column " + missing.get());
      if (passes) {
        origin[kept.size()] = row;
        kept.endRow();
      } else {
        kept.abandonRow();
        apart.add(fault.of(rows, row));
      }
    }
    return new Sieved(kept.build(), Arrays.copyOf(origin, kept.size()), apart);
  }

  private boolean sameKey(Rows rows, int left, int right) {
    for (String column : table.key()) {
      int place = rows.indexOf(column);
      if (place < 0
          || rows.isNull(place, right)
          || !rows.sameCell(place, left, rows, place, right)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameRow(Rows rows, int left, int right) {
    for (int i = 0; i < rows.columns().size(); i++) {
      if (!rows.sameCell(i, left, rows, i, right)) {
        return false;
      }
    }
    return true;
  }

  /** A row of a table without a key, where another row has all that it is known by. */
  private static Apart twin(Rows rows, int row) {
    String content = SyncJson.writeRow(rows.row(row));
    return new Apart(
        rows.table(),
        content, // its key is the other's as well
        Rule.AMBIGUOUS,
        "another row of the gateway has the same "
            + String.join(", ", rows.table().key())
            + " and other values",
        content,
        timeOf(rows, row));
  }

  private boolean passes(
      Rows rows, int row, @Nullable NarrowColumn[] narrow, Rows.Builder kept, Fault fault) {
    if (trust.distrusts(rows, row)) {
      return fault.is(Rule.CLOCK_UNTRUSTED, "its clock was not trusted when it first arrived");
    }
    for (int i = 0; i < rows.columns().size(); i++) {
      Column column = rows.columns().get(i);
      if (rows.isNull(i, row)) {
        if (table.key().contains(column.name())) {
          return fault.is(Rule.KEY_MISSING, column.name() + " is null, and it is part of the key");
        }
        kept.addNull(i);
        continue;
      }
      Optional<String> changed = changed(rows, i, row, narrow[i]);
      if (changed.isPresent()) {
        return fault.is(Rule.VALUE_NOT_HELD, changed.get());
      }
      switch (column.type()) {
        case INTEGER -> {
          Long id = mapped(column, rows.longAt(i, row));
          if (id == null) {
            return fault.is(Rule.PARENT_MISSING, ids.missing(column, rows.longAt(i, row)));
          }
          kept.addLong(i, id);
        }
        case TIME -> {
          Instant time = time(rows.longAt(i, row));
          if (!trust.believes(time, rows, row)) {
            return fault.is(
                Rule.CLOCK_UNTRUSTED,
                "stamped %s, which is %s"
                    .formatted(
                        time,
                        time.isBefore(Rule.EARLIEST_TRUSTED) ? "before 2000" : "in the future"));
          }
          kept.addLong(i, rows.longAt(i, row));
        }
        case REAL -> {
          double value = rows.realAt(i, row);
          if (!engine.holds(value)) {
            return fault.is(
                Rule.VALUE_NOT_HELD,
                "%s is %s, which %s can't hold".formatted(column.name(), value, engine.title()));
          }
          kept.addReal(i, value + 0.0); // −0.0 + 0.0 is 0.0
        }
        case BOOLEAN -> kept.addLong(i, rows.longAt(i, row));
        case TEXT -> kept.addText(i, rows.textAt(i, row));
      }
    }
    return true;
  }

  private static Optional<String> changed(
      Rows rows, int column, int row, @Nullable NarrowColumn narrow) {
    if (narrow == null) {
      return Optional.empty();
    }
    return switch (rows.columns().get(column).type()) {
      case REAL -> narrow.changed(rows.realAt(column, row));
      case TIME -> narrow.changed(rows.longAt(column, row));
      case INTEGER, BOOLEAN, TEXT -> Optional.empty();
    };
  }

  private @Nullable Long mapped(Column column, long local) {
    if (column.references().isEmpty()) {
      return local;
    }
    return Objects.requireNonNull(known.get(column.references().get())).get(local);
  }

  private Optional<String> missingKey(Rows rows) {
    return table.key().stream().filter(name -> rows.indexOf(name) < 0).findFirst();
  }

  /** The key of a row as people and {@code tributary_setaside} see it. */
  static String keyOf(Rows rows, int row) {
    Position key = rows.keyAt(row);
    return key == null ? SyncJson.writeRow(rows.row(row)) : key.toString();
  }

  /** The time of a row as it is noted beside it, if it can be. */
  static Optional<Instant> timeOf(Rows rows, int row) {
    return rows.value(rows.table().key().get(0), row) instanceof Instant time
            && Micros.hasFourDigitYear(time)
        ? Optional.of(time)
        : Optional.empty();
  }

  static Instant time(long micros) {
    return Micros.toInstant(micros);
  }

  /** The reason why the row in hand does not pass. */
  private final class Fault {
    private Rule rule = Rule.DATABASE;
    private String reason = "";

    boolean is(Rule newRule, String newReason) {
      rule = newRule;
      reason = newReason;
      return false;
    }

    Apart of(Rows rows, int row) {
      return new Apart(
          table,
          keyOf(rows, row),
          rule,
          reason,
          SyncJson.writeRow(rows.row(row)),
          timeOf(rows, row));
    }
  }
}
