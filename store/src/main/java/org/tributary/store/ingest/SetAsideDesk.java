package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.tributary.store.Access;
import org.tributary.store.CentralBooks;
import org.tributary.store.Counted;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.SqlWork;
import org.tributary.store.StoreException;
import org.tributary.store.access.Act;
import org.tributary.store.access.AuditTrail;
import org.tributary.wire.GatewayId;
import org.tributary.wire.SetAsideCount;
import org.tributary.wire.SetAsideRow;

/**
 * Where a person deals with the rows that central has set aside: looks at them, tries them again,
 * drops them. Central may be at work meanwhile; each page is a transaction of its own. Not
 * thread-safe.
 */
public final class SetAsideDesk implements AutoCloseable {

  private static final int ROWS_AT_ONCE = 500;

  private final Database database;
  private final Gateways gateways;
  private final SetAsideRows setAside;
  private final DecidedRows decided;
  private final Retrying pushed;
  private final Retrying uploaded;
  private final SetAsideQuery query;
  private final AuditTrail audit;

  private SetAsideDesk(Database database, Clock clock) {
    this.database = database;
    this.gateways = new Gateways(database.engine(), clock);
    this.setAside = new SetAsideRows(database.engine(), clock);
    this.decided = new DecidedRows(database.engine(), clock);
    this.pushed =
        new PushedRetrying(
            new SeriesIngest(
                database.engine(),
                clock,
                new MappingJournal(database.engine(), clock),
                SeriesWriter.ofGateways(
                    database.engine(), new Corrections(database.engine(), clock)),
                setAside,
                decided));
    this.uploaded = new RestIngest(database, clock).retrying();
    this.query = new SetAsideQuery(database.engine());
    this.audit = new AuditTrail(database.engine(), clock);
  }

  /**
   * Opens central's database.
   *
   * @param access to read or to write
   * @throws StoreException if it is none of this program's revision
   */
  public static SetAsideDesk open(DatabaseUrl url, Access access, Clock clock)
      throws StoreException {
    CentralBooks.require(url);
    return new SetAsideDesk(Database.open(url, access), clock);
  }

  /** A desk within central itself, for several to use at once. */
  public static SetAsideDesk within(Database database, Clock clock) {
    return new SetAsideDesk(database, clock);
  }

  /** The number of the newest row that is set aside now: what is dropped may be bounded by it. */
  public long newest() throws StoreException {
    return database.read(query::newestId);
  }

  /** How many rows fit the filter, by gateway, table and rule. */
  public List<SetAsideCount> counts(SetAsideFilter filter, long upToId) throws StoreException {
    return database.read(connection -> query.counts(connection, filter, upToId));
  }

  /** The first rows that fit the filter, in the order of arrival. */
  public List<SetAsideRow> rows(SetAsideFilter filter, int max) throws StoreException {
    return database.read(connection -> query.page(connection, filter, 0, Long.MAX_VALUE, max));
  }

  /** The first rows that fit the filter and were dropped, in the order in which that was done. */
  public List<SetAsideRow> dropped(SetAsideFilter filter, int max) throws StoreException {
    return database.read(connection -> query.dropped(connection, filter, 0, max));
  }

  /**
   * Tries rows again; what is set aside meanwhile is not among them.
   *
   * @param by who does it, for the books
   * @param done hears of the rows of each page once they are committed
   */
  public void replay(SetAsideFilter filter, Stamps stamps, String by, Consumer<List<Retried>> done)
      throws StoreException {
    long upTo = newest();
    long tried = 0;
    for (GatewayId gateway : gateways(filter, upTo)) {
      Retrying retrying = gateway.equals(Gateways.REST) ? uploaded : pushed;
      Replay replay = new Replay(retrying, setAside, decided, stamps, by);
      long after = 0;
      boolean more = true;
      while (more) {
        long from = after;
        List<Retried> page =
            page(
                gateway,
                connection -> query.page(connection, filter.of(gateway), from, upTo, ROWS_AT_ONCE),
                replay::retry);
        done.accept(page);
        tried += page.size();
        more = !page.isEmpty();
        after = more ? page.get(page.size() - 1).row().id() : after;
      }
    }
    note(by, Act.SETASIDE_REPLAY, tried);
  }

  /**
   * Drops rows: they stay in the books, with who did it, and if they are sent again as they were
   * they are neither stored nor set aside.
   *
   * @param upToId the newest that may be dropped, so that none is that nobody has seen
   * @return how many that were
   */
  public long drop(SetAsideFilter filter, long upToId, String by) throws StoreException {
    long dropped = 0;
    for (GatewayId gateway : gateways(filter, upToId)) {
      boolean more = true;
      while (more) {
        List<SetAsideRow> page =
            page(
                gateway,
                connection -> query.page(connection, filter.of(gateway), 0, upToId, ROWS_AT_ONCE),
                (connection, key, rows) -> {
                  for (SetAsideRow row : rows) {
                    decided.drop(connection, row.id(), by);
                    setAside.remove(connection, row.id());
                  }
                  return rows;
                });
        dropped += page.size();
        more = !page.isEmpty();
      }
    }
    note(by, Act.SETASIDE_DROP, dropped);
    return dropped;
  }

  private void note(String by, Act act, long rows) throws StoreException {
    if (rows > 0) {
      audit.write(database, by, act, "set aside", Counted.rows(rows));
    }
  }

  private Set<GatewayId> gateways(SetAsideFilter filter, long upToId) throws StoreException {
    Set<GatewayId> gateways = new LinkedHashSet<>();
    counts(filter, upToId).forEach(count -> gateways.add(count.gateway()));
    return gateways;
  }

  private interface PageWork<T> {
    List<T> run(Connection connection, Gateway gateway, List<SetAsideRow> rows) throws SQLException;
  }

  /** Works on rows of a gateway in one transaction, while none of its batches is stored. */
  private <T> List<T> page(GatewayId id, SqlWork<List<SetAsideRow>> rows, PageWork<T> work)
      throws StoreException {
    return database.write(
        connection -> {
          Gateway gateway = gateways.lock(connection, id).orElseThrow();
          return work.run(connection, gateway, rows.run(connection));
        });
  }

  @Override
  public void close() {
    database.close();
  }
}
