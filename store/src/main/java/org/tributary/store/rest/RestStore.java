package org.tributary.store.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Database;
import org.tributary.store.OwnRows;
import org.tributary.store.SqlWork;
import org.tributary.store.StoreException;
import org.tributary.store.Trouble;
import org.tributary.wire.Column;
import org.tributary.wire.Rows;
import org.tributary.wire.rest.RestTable;
import org.tributary.wire.rest.RestTables;

/**
 * A database of ours as the REST interface sees it. However many rows answer a question, a page of
 * them is in memory; however slow whoever takes them, most answers hold a connection only while a
 * page is read. Each change is one transaction. Thread-safe.
 */
public final class RestStore {

  private static final int ROWS_PER_PAGE = 5_000;
  private static final int ROWS_SORTED_IN_MEMORY = 10_000;
  // A long answer that is not in the order of the key keeps a connection until its reader has it.
  private static final int MAX_LONG_SORTS = 2;

  private final Database database;
  private final RowChanges changes;
  private final Semaphore longSorts = new Semaphore(MAX_LONG_SORTS);
  private final Object oneReportAtATime = new Object();

  /** Takes the rows of an answer as they are read. */
  public interface RowSink {
    void take(Rows page) throws IOException;
  }

  public RestStore(Database database, Clock clock) {
    this.database = database;
    this.changes = new RowChanges(database.engine(), clock);
  }

  /** How many rows there are, whatever their order. */
  public long count(TableQuery query) throws StoreException {
    return database.read(
        connection -> {
          Clause count = new QuerySql(database.engine(), query).count();
          try (PreparedStatement select = count.prepare(connection);
              ResultSet found = select.executeQuery()) {
            found.next();
            return found.getLong(1);
          }
        });
  }

  /**
   * Reads rows. What is added or deleted meanwhile may be among them or not; no row comes twice.
   *
   * @param from how many rows of the answer are left out
   * @param to the number of the row to stop before; none are read if it is not beyond {@code from}
   */
  public void read(TableQuery query, long from, long to, RowSink sink) throws IOException {
    if (to <= from) {
      return;
    }
    if (query.isInKeyOrder()) {
      readByKey(query, from, to - from, sink);
      return;
    }
    long few = Math.min(to - from, ROWS_SORTED_IN_MEMORY + 1L);
    Rows first = database.read(connection -> page(connection, query, from, few));
    if (first.size() <= ROWS_SORTED_IN_MEMORY) {
      take(sink, first);
    } else {
      stream(query, from, to - from, sink);
    }
  }

  /**
   * Adds a row.
   *
   * @param row the columns that are given; those that are not become null
   */
  public Outcome add(RestTable table, Map<Column, @Nullable Object> row) throws StoreException {
    return changing(table, connection -> changes.add(connection, table, row));
  }

  /**
   * Puts a row in the place of the one that a query finds, or adds it where there is none.
   *
   * @param row the columns that are given; those that are not become null, save those of readings,
   *     which stay as they are
   */
  public Outcome replace(TableQuery query, Map<Column, @Nullable Object> row)
      throws StoreException {
    return changing(query.table(), connection -> changes.replace(connection, query, row));
  }

  /** Deletes the row with that id; a house with its locations, which its readings outlive. */
  public Outcome delete(RestTable table, long id) throws StoreException {
    return changing(table, connection -> changes.delete(connection, table, id));
  }

  private Outcome changing(RestTable table, SqlWork<Outcome> work) throws StoreException {
    try {
      if (table.equals(RestTables.PUSH_STATUS)) {
        synchronized (oneReportAtATime) { // two of a new gateway must not add its server twice
          return database.write(work);
        }
      }
      return database.write(work);
    } catch (StoreException e) {
      if (e.trouble() != Trouble.DATA) {
        throw e;
      }
      // All that can be asked beforehand was asked, so somebody else was quicker.
      return Outcome.refused(
          Outcome.Reason.DUPLICATE,
          "Another change of the same rows was just made; look at them and try again");
    }
  }

  private void readByKey(TableQuery query, long offset, long maxRows, RowSink sink)
      throws IOException {
    long left = maxRows;
    int max = (int) Math.min(left, ROWS_PER_PAGE);
    int first = max;
    Rows page = database.read(connection -> page(connection, query, offset, first));
    while (!page.isEmpty()) {
      sink.take(page);
      left -= page.size();
      if (page.size() < max || left == 0) {
        return;
      }
      List<Object> last = keyOf(query.table(), page);
      max = (int) Math.min(left, ROWS_PER_PAGE);
      int next = max;
      page = database.read(connection -> pageBehind(connection, query, last, next));
    }
  }

  private static void take(RowSink sink, Rows page) throws IOException {
    if (!page.isEmpty()) {
      sink.take(page);
    }
  }

  private static List<Object> keyOf(RestTable table, Rows page) {
    List<Object> key = new ArrayList<>();
    for (Column column : table.key()) {
      key.add(Objects.requireNonNull(page.value(column.name(), page.size() - 1)));
    }
    return key;
  }

  /** Reads rows of a long answer by one cursor. */
  private void stream(TableQuery query, long offset, long maxRows, RowSink sink)
      throws IOException {
    if (!longSorts.tryAcquire()) {
      throw new StoreException(
          Trouble.UNAVAILABLE, MAX_LONG_SORTS + " long sorted answers are being read already");
    }
    try {
      database.read(
          connection -> {
            streamWith(connection, query, offset, maxRows, sink);
            return true;
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      longSorts.release();
    }
  }

  private void streamWith(
      Connection connection, TableQuery query, long offset, long maxRows, RowSink sink)
      throws SQLException {
    boolean inTransaction = database.engine().streamsInTransactionsOnly();
    if (inTransaction) {
      connection.setAutoCommit(false);
    }
    Clause rows = new QuerySql(database.engine(), query).rows(offset, maxRows);
    try (PreparedStatement select = rows.prepare(connection)) {
      select.setFetchSize(ROWS_PER_PAGE);
      ownRows(query)
          .read(
              select,
              ROWS_PER_PAGE,
              page -> {
                try {
                  sink.take(page);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
    if (inTransaction) {
      connection.commit();
      connection.setAutoCommit(true);
    }
  }

  private Rows page(Connection connection, TableQuery query, long offset, long maxRows)
      throws SQLException {
    return run(connection, query, new QuerySql(database.engine(), query).rows(offset, maxRows));
  }

  private Rows pageBehind(Connection connection, TableQuery query, List<Object> after, long maxRows)
      throws SQLException {
    return run(
        connection, query, new QuerySql(database.engine(), query).rowsBehind(after, maxRows));
  }

  private Rows run(Connection connection, TableQuery query, Clause rows) throws SQLException {
    try (PreparedStatement select = rows.prepare(connection)) {
      return ownRows(query).read(select);
    }
  }

  private OwnRows ownRows(TableQuery query) {
    return new OwnRows(database.engine(), query.table().table(), query.table().columns());
  }
}
