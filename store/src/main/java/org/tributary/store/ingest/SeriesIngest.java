package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tributary.store.Engine;
import org.tributary.store.Stored;
import org.tributary.wire.Batch;
import org.tributary.wire.Column;
import org.tributary.wire.Micros;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Unreadable;
import org.tributary.wire.WireFormatException;

/**
 * Stores rows of a series: readings and node states. Stateless; runs in its caller's transaction.
 */
final class SeriesIngest {

  private static final int RELEASED_AT_ONCE = 1_000;

  /** What became of the rows of a batch. */
  record Outcome(Stored stored, List<Apart> apart) {}

  private final Engine engine;
  private final Clock clock;
  private final CentralIds ids;
  private final SetAsideRows setAside;
  private final DecidedRows decided;
  private final SeriesWriter writer;

  SeriesIngest(
      Engine engine,
      Clock clock,
      CentralIds ids,
      SeriesWriter writer,
      SetAsideRows setAside,
      DecidedRows decided) {
    this.engine = engine;
    this.clock = clock;
    this.ids = ids;
    this.setAside = setAside;
    this.decided = decided;
    this.writer = writer;
  }

  /** Until when a row's stamp is believed. */
  Instant trustedUntil() {
    return clock.instant().plus(Rule.AHEAD_TRUSTED);
  }

  /** Stores the rows that can be stored and sets the others aside. */
  Outcome store(Connection connection, Gateway gateway, Batch batch) throws SQLException {
    Outcome outcome = store(connection, gateway, batch.rows());
    List<Apart> apart = new ArrayList<>(outcome.apart());
    for (Unreadable row : batch.unreadable()) {
      apart.add(PartlyRead.apart(batch.table(), row));
    }
    List<Apart> fresh = decided.withoutDropped(connection, gateway, apart);
    setAside.put(connection, gateway, fresh);
    Stored dropped = new Stored(0, 0, apart.size() - fresh.size());
    return new Outcome(outcome.stored().plus(dropped), fresh);
  }

  /** Stores the rows whose parents have come meanwhile; the others go on waiting. */
  void release(Connection connection, Gateway gateway) throws SQLException {
    for (Table table : Tables.ALL) {
      if (table.isSeries()) {
        release(connection, gateway, table);
      }
    }
  }

  private void release(Connection connection, Gateway gateway, Table table) throws SQLException {
    List<SetAsideRows.Waiting> waiting =
        setAside.waiting(connection, gateway, table, 0, RELEASED_AT_ONCE);
    while (!waiting.isEmpty()) {
      release(connection, gateway, table, waiting);
      long after = waiting.get(waiting.size() - 1).id();
      waiting = setAside.waiting(connection, gateway, table, after, RELEASED_AT_ONCE);
    }
  }

  /** Stores some rows of a table that have waited; how many need not wait any longer. */
  int release(
      Connection connection, Gateway gateway, Table table, List<SetAsideRows.Waiting> waiting)
      throws SQLException {
    Outcome outcome = store(connection, gateway, read(table, waiting));
    setAside.put(connection, gateway, outcome.apart());
    return waiting.size() - outcome.apart().size();
  }

  private static Rows read(Table table, List<SetAsideRows.Waiting> waiting) throws SQLException {
    Rows.Builder rows = new Rows.Builder(table, table.columns(), waiting.size());
    try {
      for (SetAsideRows.Waiting row : waiting) {
        SyncJson.readRow(row.content(), rows, table.columns());
      }
    } catch (WireFormatException e) {
      throw new SQLException("tributary_setaside holds no row of " + table, e);
    }
    return rows.build();
  }

  /** Stores the rows that can be stored and says which could not; that is for the caller to put. */
  Outcome store(Connection connection, Gateway gateway, Rows all) throws SQLException {
    if (all.isEmpty()) {
      return new Outcome(Stored.NOTHING, List.of());
    }
    List<Instant> span = span(all);
    Map<String, SetAsideRows.Entry> before = Map.of();
    Decisions decisions = Decisions.NONE;
    if (!span.isEmpty()) {
      before = setAside.within(connection, gateway, all.table(), span.get(0), span.get(1));
      decisions = decided.within(connection, gateway, all.table(), span.get(0), span.get(1));
    }
    List<Apart> apart = new ArrayList<>();
    Rows rows = undecided(all, decisions, apart);
    Stored settled = new Stored(0, 0, all.size() - rows.size() - apart.size());
    Sieved sieved = sieve(rows, known(connection, gateway, rows), trust(before, decisions));
    apart.addAll(sieved.apart());
    Stored stored = writer.store(connection, gateway, sieved, rows, apart);
    if (!before.isEmpty()) {
      forget(connection, rows, before, apart);
    }
    return new Outcome(stored.plus(settled), apart);
  }

  /** The rows about which there is still something to be found out; sets aside what is in doubt. */
  private static Rows undecided(Rows all, Decisions decisions, List<Apart> apart) {
    if (decisions.equals(Decisions.NONE)) {
      return all;
    }
    return all.where(
        row -> {
          String taken = decisions.taken().get(SetAsideRows.shortKey(Sieve.keyOf(all, row)));
          if (taken != null) {
            apart.add(
                new Apart(
                    all.table(),
                    Sieve.keyOf(all, row),
                    Rule.AMBIGUOUS,
                    "%s, whose time was corrected by hand, is stored under this key"
                        .formatted(taken),
                    SyncJson.writeRow(all.row(row)),
                    Sieve.timeOf(all, row)));
          }
          return taken == null && !decisions.settles(all, row);
        });
  }

  /** Central ids by local id of all that these rows refer to, by the name of its table. */
  Map<String, Map<Long, Long>> known(Connection connection, Gateway gateway, Rows rows)
      throws SQLException {
    Map<String, Map<Long, Long>> known = new HashMap<>();
    for (Column column : rows.columns()) {
      if (column.references().isPresent()) {
        known.put(column.references().get(), ids.of(connection, gateway, column, rows));
      }
    }
    return known;
  }

  /**
   * Parts rows by whether they can be stored.
   *
   * @param known central ids of what they refer to
   */
  Sieved sieve(Rows rows, Map<String, Map<Long, Long>> known, Trust trust) {
    return new Sieve(engine, rows.table(), known, ids, trust).sieve(rows);
  }

  /** Where rows go that can be stored. */
  SeriesWriter writer() {
    return writer;
  }

  private Trust trust(Map<String, SetAsideRows.Entry> setAsideBefore, Decisions decisions) {
    Set<String> untrusted = new HashSet<>();
    setAsideBefore.forEach(
        (key, entry) -> {
          if (entry.rule() == Rule.CLOCK_UNTRUSTED) {
            untrusted.add(key);
          }
        });
    return new Trust(trustedUntil(), untrusted, decisions.believed(), false);
  }

  /** Rows that were set aside and have been stored now are not set aside any more. */
  private void forget(
      Connection connection, Rows rows, Map<String, SetAsideRows.Entry> before, List<Apart> apart)
      throws SQLException {
    Set<String> stillApart = new HashSet<>();
    apart.forEach(row -> stillApart.add(SetAsideRows.shortKey(row.key())));
    Set<Long> stored = new LinkedHashSet<>();
    for (int row = 0; row < rows.size(); row++) {
      String key = SetAsideRows.shortKey(Sieve.keyOf(rows, row));
      SetAsideRows.Entry entry = before.get(key);
      if (entry != null && !stillApart.contains(key)) {
        stored.add(entry.id());
      }
    }
    setAside.remove(connection, stored);
  }

  private static List<Instant> span(Rows rows) {
    int column = rows.indexOf(rows.table().key().get(0));
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    for (int row = 0; column >= 0 && row < rows.size(); row++) {
      if (!rows.isNull(column, row)
          && Micros.hasFourDigitYear(Sieve.time(rows.longAt(column, row)))) {
        from = Math.min(from, rows.longAt(column, row));
        to = Math.max(to, rows.longAt(column, row));
      }
    }
    return from > to ? List.of() : List.of(Sieve.time(from), Sieve.time(to));
  }
}
