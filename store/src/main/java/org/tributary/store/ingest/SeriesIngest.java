package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Engine;
import org.tributary.store.Stored;
import org.tributary.store.TableWriter;
import org.tributary.store.Trouble;
import org.tributary.wire.Batch;
import org.tributary.wire.Column;
import org.tributary.wire.Correction;
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
  private final MappingJournal journal;
  private final SetAsideRows setAside;
  private final Corrections corrections;

  SeriesIngest(
      Engine engine,
      Clock clock,
      MappingJournal journal,
      SetAsideRows setAside,
      Corrections corrections) {
    this.engine = engine;
    this.clock = clock;
    this.journal = journal;
    this.setAside = setAside;
    this.corrections = corrections;
  }

  /** Until when a row's stamp is believed. */
  Instant trustedUntil() {
    return clock.instant().plus(Sieve.TOLERANCE);
  }

  /** Stores the rows that can be stored and sets the others aside. */
  Outcome store(Connection connection, Gateway gateway, Batch batch) throws SQLException {
    Outcome outcome = store(connection, gateway, batch.rows());
    List<Apart> apart = new ArrayList<>(outcome.apart());
    for (Unreadable row : batch.unreadable()) {
      apart.add(
          new Apart(
              batch.table(),
              row.key(),
              Rule.UNREADABLE,
              row.reason(),
              row.row(),
              Optional.empty()));
    }
    setAside.put(connection, gateway, apart);
    return new Outcome(outcome.stored(), apart);
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
    long after = 0;
    List<SetAsideRows.Waiting> waiting =
        setAside.waiting(connection, gateway, table, after, RELEASED_AT_ONCE);
    while (!waiting.isEmpty()) {
      Outcome outcome = store(connection, gateway, read(table, waiting));
      setAside.put(connection, gateway, outcome.apart());
      after = waiting.get(waiting.size() - 1).id();
      waiting = setAside.waiting(connection, gateway, table, after, RELEASED_AT_ONCE);
    }
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

  private Outcome store(Connection connection, Gateway gateway, Rows rows) throws SQLException {
    if (rows.isEmpty()) {
      return new Outcome(Stored.NOTHING, List.of());
    }
    Map<String, Rule> before = setAsideBefore(connection, gateway, rows);
    Sieved sieved = sieve(connection, gateway, rows, before).sieve(rows);
    List<Apart> apart = new ArrayList<>(sieved.apart());
    Stored stored = storeAround(connection, gateway, sieved, 0, sieved.rows().size(), rows, apart);
    if (!before.isEmpty()) {
      forget(connection, gateway, rows, before.keySet(), apart);
    }
    return new Outcome(stored, apart);
  }

  private Map<String, Rule> setAsideBefore(Connection connection, Gateway gateway, Rows rows)
      throws SQLException {
    List<Instant> span = span(rows);
    return span.isEmpty()
        ? Map.of()
        : setAside.within(connection, gateway, rows.table(), span.get(0), span.get(1));
  }

  private Sieve sieve(
      Connection connection, Gateway gateway, Rows rows, Map<String, Rule> setAsideBefore)
      throws SQLException {
    Map<String, Map<Long, Long>> ids = new HashMap<>();
    for (Column column : rows.columns()) {
      if (column.references().isPresent()) {
        String parent = column.references().get();
        ids.put(parent, journal.ids(connection, gateway, parent));
      }
    }
    Set<String> untrusted = new HashSet<>();
    setAsideBefore.forEach(
        (key, rule) -> {
          if (rule == Rule.CLOCK_UNTRUSTED) {
            untrusted.add(key);
          }
        });
    return new Sieve(engine, rows.table(), ids, untrusted, trustedUntil());
  }

  /** Rows that were set aside and have been stored now are not set aside any more. */
  private void forget(
      Connection connection, Gateway gateway, Rows rows, Set<String> before, List<Apart> apart)
      throws SQLException {
    Set<String> stillApart = new HashSet<>();
    apart.forEach(row -> stillApart.add(row.key()));
    for (int row = 0; row < rows.size(); row++) {
      String key = Sieve.keyOf(rows, row);
      if (before.contains(key) && !stillApart.contains(key)) {
        setAside.remove(connection, gateway, rows.table(), key);
      }
    }
  }

  private static List<Instant> span(Rows rows) {
    int column = rows.indexOf(rows.table().key().get(0));
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    for (int row = 0; column >= 0 && row < rows.size(); row++) {
      if (!rows.isNull(column, row) && Sieve.isHeld(Sieve.time(rows.longAt(column, row)))) {
        from = Math.min(from, rows.longAt(column, row));
        to = Math.max(to, rows.longAt(column, row));
      }
    }
    return from > to ? List.of() : List.of(Sieve.time(from), Sieve.time(to));
  }

  /**
   * Stores rows {@code from} to {@code to}; if the database refuses one of them, halves the stretch
   * until that row is found, sets it aside and stores all its neighbours.
   */
  private Stored storeAround(
      Connection connection,
      Gateway gateway,
      Sieved sieved,
      int from,
      int to,
      Rows original,
      List<Apart> apart)
      throws SQLException {
    if (from == to) {
      return Stored.NOTHING;
    }
    Rows rows =
        from == 0 && to == sieved.rows().size() ? sieved.rows() : sieved.rows().slice(from, to);
    Savepoint before = connection.setSavepoint();
    try {
      Stored stored =
          new TableWriter(engine, rows.table())
              .upsert(
                  connection,
                  rows,
                  (there, row) ->
                      corrections.note(connection, gateway, Correction.Kind.EDITED, there, row));
      connection.releaseSavepoint(before);
      return stored;
    } catch (SQLException e) {
      if (engine.troubleOf(e) != Trouble.DATA) {
        throw e;
      }
      connection.rollback(before);
      if (to - from == 1) {
        int row = sieved.origin(from);
        apart.add(
            new Apart(
                rows.table(),
                Sieve.keyOf(original, row),
                Rule.DATABASE,
                DatabaseUrl.redact(String.valueOf(e.getMessage())),
                SyncJson.writeRow(original.row(row)),
                Sieve.timeOf(original, row)));
        return Stored.NOTHING;
      }
    }
    int middle = (from + to) / 2;
    return storeAround(connection, gateway, sieved, from, middle, original, apart)
        .plus(storeAround(connection, gateway, sieved, middle, to, original, apart));
  }
}
