package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tributary.store.Engine;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAsideRow;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.WireFormatException;

/**
 * Tries rows again that are set aside, by the sieve and the writer that a batch goes through.
 *
 * <p>A row that is stored under its own key may change what is there, as an edited one does. One
 * that gets another key, or whose key is another row's, is stored only where there is none. Runs in
 * its caller's transaction, which has locked the gateways.
 */
final class Replay {

  private final Engine engine;
  private final SeriesIngest series;
  private final SetAsideRows setAside;
  private final DecidedRows decided;
  private final SeriesWriter writer;
  private final Stamps stamps;
  private final String by;

  /**
   * @param by who does it, for the books
   */
  Replay(
      Engine engine,
      SeriesIngest series,
      SetAsideRows setAside,
      DecidedRows decided,
      Stamps stamps,
      String by) {
    this.engine = engine;
    this.series = series;
    this.setAside = setAside;
    this.decided = decided;
    this.writer = new SeriesWriter(engine);
    this.stamps = stamps;
    this.by = by;
  }

  /** Tries rows of one gateway. */
  List<Retried> retry(Connection connection, Gateway gateway, List<SetAsideRow> rows)
      throws SQLException {
    Map<Table, Map<String, Map<Long, Long>>> ids = new LinkedHashMap<>();
    List<Retried> retried = new ArrayList<>();
    for (SetAsideRow row : rows) {
      Optional<String> hopeless = hopeless(row);
      if (hopeless.isPresent()) {
        retried.add(Retried.stays(row, hopeless.get()));
        continue;
      }
      Table table = Tables.named(row.what().table()).orElseThrow();
      Optional<Rows> read = read(table, row.content());
      if (read.isEmpty()) {
        retried.add(Retried.stays(row, "what was kept of it can't be read"));
        continue;
      }
      if (!ids.containsKey(table)) {
        ids.put(table, series.ids(connection, gateway, read.get()));
      }
      Attempt attempt = new Attempt(connection, row, read.get(), ids.get(table));
      Optional<String> stays = attempt.run();
      retried.add(new Retried(row, stays));
    }
    return retried;
  }

  /** Why there is no use in trying a row, if there is none. */
  private Optional<String> hopeless(SetAsideRow row) {
    Optional<Table> table = Tables.named(row.what().table());
    if (table.isEmpty() || !table.get().isSeries()) {
      return Optional.of("its table travels whole with every push, and is tried each time");
    }
    return switch (row.what().rule()) {
      case UNREADABLE -> Optional.of("mend it at the gateway: " + row.what().reason());
      case CLOCK_UNTRUSTED ->
          stamps instanceof Stamps.Unknown
              ? Optional.of("say what its stamp is worth: --trust-clock or --shift SECONDS")
              : Optional.empty();
      case PARENT_MISSING,
          KEY_MISSING,
          VALUE_NOT_HELD,
          AMBIGUOUS,
          MEANING_DIFFERS,
          CLAIMED,
          DATABASE ->
          Optional.empty();
    };
  }

  private static Optional<Rows> read(Table table, String content) {
    Rows.Builder rows = new Rows.Builder(table, table.columns(), 1);
    try {
      SyncJson.readRow(content, rows, table.columns());
      return Optional.of(rows.build());
    } catch (WireFormatException e) {
      return Optional.empty();
    }
  }

  /** One row that is tried. */
  private final class Attempt {
    private final Connection connection;
    private final SetAsideRow entry;
    private final Rows row;
    private final Map<String, Map<Long, Long>> ids;
    private final boolean clockDoubted;

    Attempt(Connection connection, SetAsideRow entry, Rows row, Map<String, Map<Long, Long>> ids) {
      this.connection = connection;
      this.entry = entry;
      this.row = row;
      this.ids = ids;
      this.clockDoubted = entry.what().rule() == Rule.CLOCK_UNTRUSTED;
    }

    /** Stores the row, or says why it stays. */
    Optional<String> run() throws SQLException {
      if (clockDoubted && stamps instanceof Stamps.Off off) {
        return shifted(off.by());
      }
      Trust trust =
          clockDoubted ? Trust.inAll(series.trustedUntil()) : Trust.until(series.trustedUntil());
      Sieved sieved = new Sieve(engine, row.table(), ids, trust).sieve(row);
      List<Apart> apart = new ArrayList<>(sieved.apart());
      Optional<String> stays = Optional.empty();
      if (apart.isEmpty() && !isItsOwnKey()) {
        stays = writer.storeNew(connection, sieved.rows());
      } else if (apart.isEmpty()) {
        writer.store(connection, sieved, row, apart);
      }
      if (!apart.isEmpty()) {
        setAside.reconsider(connection, entry.id(), apart.get(0).rule(), apart.get(0).reason());
        stays = Optional.of(apart.get(0).reason());
      }
      if (stays.isEmpty()) {
        if (clockDoubted) {
          decided.decide(connection, entry.id(), Decision.BELIEVED, Optional.empty(), by);
        }
        setAside.remove(connection, entry.id());
      }
      return stays;
    }

    private Optional<String> shifted(Duration off) throws SQLException {
      Optional<Rows> corrected = corrected(off);
      if (corrected.isEmpty()) {
        return Optional.of("its stamp can't be corrected by that much");
      }
      Rows moved = corrected.get();
      Sieved sieved =
          new Sieve(engine, row.table(), ids, Trust.until(series.trustedUntil())).sieve(moved);
      Optional<String> stays =
          sieved.apart().isEmpty()
              ? writer.storeNew(connection, sieved.rows())
              : Optional.of("with its time corrected: " + sieved.apart().get(0).reason());
      if (stays.isEmpty()) {
        DecidedRows.StoredUnder under =
            new DecidedRows.StoredUnder(
                Sieve.keyOf(moved, 0), Sieve.timeOf(moved, 0).orElseThrow());
        decided.decide(connection, entry.id(), Decision.SHIFTED, Optional.of(under), by);
        setAside.remove(connection, entry.id());
      }
      return stays;
    }

    private Optional<Rows> corrected(Duration off) {
      String time = row.table().key().get(0);
      Map<String, Object> cells = new LinkedHashMap<>(row.row(0));
      if (!(cells.get(time) instanceof Instant stamp)) {
        return Optional.empty();
      }
      try {
        Instant moved = stamp.plus(off);
        cells.put(time, moved);
        return Sieve.isHeld(moved)
            ? Optional.of(
                new Rows.Builder(row.table(), row.columns(), 1)
                    .row(cells.values().toArray())
                    .build())
            : Optional.empty();
      } catch (DateTimeException | ArithmeticException e) {
        return Optional.empty();
      }
    }

    /** Not where another row of the gateway has the same key and other values. */
    private boolean isItsOwnKey() {
      return SetAsideRows.shortKey(Sieve.keyOf(row, 0)).equals(entry.what().key());
    }
  }
}
