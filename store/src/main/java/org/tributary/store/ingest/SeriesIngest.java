package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tributary.store.Engine;
import org.tributary.store.Stored;
import org.tributary.wire.Batch;
import org.tributary.wire.Rows;
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

  private final Parting parting;
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
    this.parting = new Parting(engine, clock, ids, setAside, decided);
    this.setAside = setAside;
    this.decided = decided;
    this.writer = writer;
  }

  /** Until when a row's stamp is believed. */
  Instant trustedUntil() {
    return parting.trustedUntil();
  }

  /** Parts rows by whether they can be stored. */
  Parting parting() {
    return parting;
  }

  /**
   * Stores the rows that can be stored and sets the others aside.
   *
   * @param before how the batch's rows were parted ahead of this transaction, if they were
   */
  Outcome store(
      Connection connection, Gateway gateway, Batch batch, Optional<Parting.Parted> before)
      throws SQLException {
    Parting.Parted parted =
        before.isPresent()
            ? parting.again(connection, gateway, batch.rows(), before.get())
            : parting.part(connection, gateway, batch.rows());
    Outcome outcome = store(connection, gateway, parted);
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
    return store(connection, gateway, parting.part(connection, gateway, all));
  }

  private Outcome store(Connection connection, Gateway gateway, Parting.Parted parted)
      throws SQLException {
    List<Apart> apart = new ArrayList<>(parted.doubtful());
    apart.addAll(parted.sieved().apart());
    Stored stored = writer.store(connection, gateway, parted.sieved(), parted.rows(), apart);
    Map<String, SetAsideRows.Entry> before = parted.grounds().before();
    if (!before.isEmpty()) {
      forget(connection, parted.rows(), before, apart);
    }
    return new Outcome(stored.plus(new Stored(0, 0, parted.settled())), apart);
  }

  /** Where rows go that can be stored. */
  SeriesWriter writer() {
    return writer;
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
}
