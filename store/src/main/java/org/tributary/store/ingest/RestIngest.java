package org.tributary.store.ingest;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Database;
import org.tributary.store.Engine;
import org.tributary.store.StoreException;
import org.tributary.store.Stored;
import org.tributary.store.TableWriter;
import org.tributary.wire.Rows;
import org.tributary.wire.rest.RestJson;
import org.tributary.wire.rest.RestTable;
import org.tributary.wire.rest.RestTables;

/**
 * Takes what clients of the REST interface upload in bulk: rows of any table, mixed, which carry
 * central's own ids. A row may travel twice and is stored once; the later value counts. What can't
 * be stored is set aside under the gateway called {@code rest}, because these clients don't say who
 * they are, and what waits for a parent is stored by itself once that one comes.
 *
 * <p>Thread-safe; uploads are stored one by one.
 */
public final class RestIngest {

  private static final int RELEASED_AT_ONCE = 1_000;

  private final Database database;
  private final Gateways gateways;
  private final SetAsideRows setAside;
  private final DecidedRows decided;
  private final SeriesIngest series;
  private final RestRows rows;

  /** Where objects come from, one by one. */
  public interface ObjectSource {
    /** The next object's members, as {@link RestJson.Reader#next()} gives them; null at the end. */
    @Nullable Map<String, @Nullable Object> next() throws IOException;
  }

  public RestIngest(Database database, Clock clock) {
    this.database = database;
    Engine engine = database.engine();
    CentralIds ids = new PresentIds(engine);
    this.gateways = new Gateways(engine, clock);
    this.setAside = new SetAsideRows(engine, clock);
    this.decided = new DecidedRows(engine, clock);
    this.series =
        new SeriesIngest(
            engine,
            clock,
            ids,
            new SeriesWriter(engine, RestIngest::write, new Corrections(engine, clock)),
            setAside,
            decided);
    this.rows = new RestRows(engine, ids, setAside);
  }

  /**
   * Stores all objects in one transaction, or none of them if this throws. They are read before it
   * begins, so that a slow client never keeps others waiting.
   *
   * @return what became of those that were not set aside; durable by then
   */
  public Stored store(ObjectSource objects) throws IOException {
    Upload upload = new Upload();
    for (var next = objects.next(); next != null; next = objects.next()) {
      upload.add(next);
    }
    Map<RestTable, List<Rows>> tables = new HashMap<>();
    for (RestTable table : RestTables.ALL) {
      tables.put(table, upload.rows(table));
    }
    return database.write(connection -> store(connection, tables, upload.apart()));
  }

  /**
   * Stores the rows that wait for a row which is there by now: to be called after one has been
   * added. Costs next to nothing where none waits.
   *
   * @return how many rows have been stored
   */
  public int release() throws StoreException {
    return database.write(
        connection -> {
          Optional<Gateway> gateway = gateways.lock(connection, Gateways.REST);
          return gateway.isEmpty() ? 0 : release(connection, gateway.get());
        });
  }

  /** How rows are tried again that were uploaded. */
  Retrying retrying() {
    return new UploadedRetrying(series, rows, this::release);
  }

  private Stored store(
      Connection connection, Map<RestTable, List<Rows>> tables, List<Apart> unreadable)
      throws SQLException {
    Gateway gateway = gateways.noteRest(connection);
    List<Apart> apart = new ArrayList<>(unreadable);
    Stored stored = Stored.NOTHING;
    boolean hasNewParents = false;
    for (RestTable table : RestTables.ALL) { // parents come before what refers to them
      for (Rows some : tables.getOrDefault(table, List.of())) {
        SeriesIngest.Outcome outcome = store(connection, gateway, table, some);
        stored = stored.plus(outcome.stored());
        apart.addAll(outcome.apart());
        hasNewParents |= table.hasId() && outcome.stored().inserted() > 0;
      }
    }
    List<Apart> fresh = decided.withoutDropped(connection, gateway, apart);
    setAside.put(connection, gateway, fresh);
    if (hasNewParents) {
      release(connection, gateway);
    }
    return stored.plus(new Stored(0, 0, apart.size() - fresh.size()));
  }

  private SeriesIngest.Outcome store(
      Connection connection, Gateway gateway, RestTable table, Rows some) throws SQLException {
    return table.hasId()
        ? rows.store(connection, gateway, table, some)
        : series.store(connection, gateway, LastOfKey.of(some, nullKeeps(some)));
  }

  private int release(Connection connection, Gateway gateway) throws SQLException {
    int all = 0;
    int parents = 1;
    // A house may wait for a server that waits for a node: once in their order is not enough.
    for (int pass = 0; parents > 0 && pass < RestTables.ALL.size(); pass++) {
      parents = 0;
      for (RestTable table : RestTables.ALL) {
        if (table.hasId()) {
          parents += releaseRows(connection, gateway, table);
        } else {
          all += series.release(connection, gateway, table.table());
        }
      }
      all += parents;
    }
    return all;
  }

  private int releaseRows(Connection connection, Gateway gateway, RestTable table)
      throws SQLException {
    int released = 0;
    long after = 0;
    List<SetAsideRows.Waiting> waiting =
        setAside.waiting(connection, gateway, table.table(), after, RELEASED_AT_ONCE);
    while (!waiting.isEmpty()) {
      for (Rows some : read(table, waiting)) {
        SeriesIngest.Outcome outcome = rows.store(connection, gateway, table, some);
        setAside.put(connection, gateway, outcome.apart());
        released += some.size() - outcome.apart().size();
      }
      after = waiting.get(waiting.size() - 1).id();
      waiting = setAside.waiting(connection, gateway, table.table(), after, RELEASED_AT_ONCE);
    }
    return released;
  }

  private static List<Rows> read(RestTable table, List<SetAsideRows.Waiting> waiting)
      throws SQLException {
    UploadedTable uploaded = new UploadedTable(table);
    List<Apart> unreadable = new ArrayList<>();
    for (SetAsideRows.Waiting row : waiting) {
      try {
        uploaded.addKept(row.content(), unreadable);
      } catch (IOException e) {
        throw new SQLException("tributary_setaside holds no row of " + table, e);
      }
    }
    if (!unreadable.isEmpty()) {
      throw new SQLException("tributary_setaside holds no row of " + table + ": " + unreadable);
    }
    return uploaded.rows();
  }

  private static Stored write(
      TableWriter table, Connection connection, Rows some, TableWriter.Changes changes)
      throws SQLException {
    return nullKeeps(some)
        ? table.upsertKeeping(connection, some, changes)
        : table.upsert(connection, some, changes);
  }

  // A reading whose place a gateway forgot keeps the one it was measured at.
  private static boolean nullKeeps(Rows some) {
    return some.table().equals(RestTables.READING.table());
  }
}
