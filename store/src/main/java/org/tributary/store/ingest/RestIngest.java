package org.tributary.store.ingest;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
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

  private final Database database;
  private final Gateways gateways;
  private final SetAsideRows setAside;
  private final DecidedRows decided;
  private final SeriesIngest series;
  private final RestRows rows;
  private final UploadedRelease released;
  // Whether something may wait for a row that is there by now.
  private final AtomicBoolean owed = new AtomicBoolean();

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
    this.released = new UploadedRelease(setAside, series, rows);
  }

  /**
   * Stores all objects in one transaction, or none of them if this throws. They are read before it
   * begins, so that a slow client never keeps others waiting. What has waited for some of them is
   * stored behind it, in transactions of its own.
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
    Taken done = database.write(connection -> store(connection, tables, upload.apart()));
    if (done.hasNewParents()) {
      owed.set(true);
    }
    releaseOwed();
    return done.stored();
  }

  /**
   * Stores the rows that wait for a row which is there by now: to be called after one has been
   * added. Costs next to nothing where none waits. Where many do, other uploads are stored in
   * between.
   *
   * @return how many rows have been stored
   */
  public int release() throws StoreException {
    owed.set(true);
    return releaseOwed();
  }

  private int releaseOwed() throws StoreException {
    if (!owed.getAndSet(false)) {
      return 0;
    }
    boolean isDone = false;
    try {
      boolean isKnown =
          database.read(connection -> gateways.find(connection, Gateways.REST).isPresent());
      int stored = isKnown ? released.run(this::writing) : 0;
      isDone = true;
      return stored;
    } finally {
      if (!isDone) {
        owed.set(true); // the next one who comes does it
      }
    }
  }

  private UploadedRelease.Progress writing(UploadedRelease.Portion portion) throws StoreException {
    return database.write(
        connection ->
            portion.store(connection, gateways.lock(connection, Gateways.REST).orElseThrow()));
  }

  /** How rows are tried again that were uploaded. */
  Retrying retrying() {
    return new UploadedRetrying(series, rows, released);
  }

  /** What came of an upload, and whether others may have waited for some of it. */
  private record Taken(Stored stored, boolean hasNewParents) {}

  private Taken store(
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
    Stored all = stored.plus(new Stored(0, 0, apart.size() - fresh.size()));
    return new Taken(all, hasNewParents);
  }

  private SeriesIngest.Outcome store(
      Connection connection, Gateway gateway, RestTable table, Rows some) throws SQLException {
    return table.hasId()
        ? rows.store(connection, gateway, table, some)
        : series.store(connection, gateway, LastOfKey.of(some, nullKeeps(some)));
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
