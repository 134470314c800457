package org.tributary.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Position;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * A sensor database as a source of rows. It may be somebody else's: it is read as it is and never
 * altered. What tables and columns it has is looked up once and again after a failure.
 *
 * <p>Not thread-safe.
 */
public final class SourceDatabase implements AutoCloseable {

  // While a page is read from a SQLite file without write-ahead log, its logger can't write.
  private static final int SHORT_PAGE = 500;

  private final Database database;
  private @Nullable Picture picture;

  /** What was found when the database was looked at. */
  private record Picture(Map<Table, TableReader> readers, int maxPage) {
    TableReader reader(Table table) {
      return Objects.requireNonNull(readers.get(table));
    }
  }

  /** One whose times without a zone are UTC. */
  public SourceDatabase(DatabaseUrl url) {
    this(url, WallClock.UTC);
  }

  /**
   * Opens it.
   *
   * @param wallClock by which its times without a zone were written
   */
  public SourceDatabase(DatabaseUrl url, WallClock wallClock) {
    this.database = Database.open(url, Access.READ_ONLY, wallClock);
  }

  /** The next rows of a series behind a cursor, up to a time, at most so many. */
  public Page readAfter(
      Table table, Optional<Position> cursor, Optional<Instant> until, int maxRows)
      throws StoreException {
    return read(
        table,
        (connection, found) ->
            found
                .reader(table)
                .after(connection, cursor, until, Math.min(maxRows, found.maxPage())));
  }

  /**
   * Rows of a series that no cursor leads to: those without a time, those from before all trusted
   * time where a position is beyond that, and in SQLite those up to a time that are later than a
   * position and sorted before it, because another logger spells its times otherwise.
   *
   * @param offset how many of them were read already
   * @return a page without a cursor
   */
  public Page readAstray(
      Table table, Optional<Position> live, Instant until, int offset, int maxRows)
      throws StoreException {
    return read(
        table,
        (connection, found) ->
            found.reader(table).astray(connection, live, until, offset, maxRows));
  }

  /** How many rows of a series have no time. */
  public long countTimeless(Table table) throws StoreException {
    return read(table, (connection, found) -> found.reader(table).countTimeless(connection));
  }

  /** Whether the row of a series with that key is there. */
  public boolean holds(Table table, Position key) throws StoreException {
    return read(table, (connection, found) -> found.reader(table).holds(connection, key));
  }

  /** All rows of a table that travels whole. */
  public Page readAll(Table table) throws StoreException {
    return read(table, (connection, found) -> found.reader(table).all(connection));
  }

  /** How many rows of a series lie behind a cursor. */
  public long countAfter(Table table, Optional<Position> cursor) throws StoreException {
    return countAfter(table, cursor, Optional.empty());
  }

  /** How many rows of a series lie behind a cursor, up to a time. */
  public long countAfter(Table table, Optional<Position> cursor, Optional<Instant> until)
      throws StoreException {
    return read(
        table, (connection, found) -> found.reader(table).countAfter(connection, cursor, until));
  }

  /** The newest row of a series, not after a time, or that it can't be read; empty if none is. */
  public Page newest(Table table, Instant until) throws StoreException {
    return read(table, (connection, found) -> found.reader(table).newest(connection, until));
  }

  /** Tables and key columns that a push needs and this database lacks. */
  public List<String> missing() throws StoreException {
    return database.reflect().missing();
  }

  /** Columns that this database lacks and that a push does without. */
  public List<String> missingColumns() throws StoreException {
    return database.reflect().missingColumns();
  }

  /** Whether reading keeps the logger from writing: a SQLite file without write-ahead log. */
  public boolean readersBlockWriters() throws StoreException {
    return database.read(database.engine()::readersBlockWriters);
  }

  public DatabaseUrl url() {
    return database.url();
  }

  /** By which its times without a zone were written. */
  public WallClock wallClock() {
    return database.engine().wallClock();
  }

  @Override
  public void close() {
    database.close();
  }

  private interface Reading<T> {
    T from(Connection connection, Picture picture) throws SQLException;
  }

  private <T> T read(Table table, Reading<T> reading) throws StoreException {
    try {
      return database.read(
          connection -> {
            Picture found = picture;
            if (found == null || !found.readers().containsKey(table)) {
              found = look(connection, table);
              picture = found;
            }
            return reading.from(connection, found);
          });
    } catch (StoreException e) {
      picture = null;
      throw e;
    }
  }

  private Picture look(Connection connection, Table wanted) throws SQLException {
    Reflection reflection = Reflection.of(connection);
    Map<Table, TableReader> readers = new HashMap<>();
    for (Table table : Tables.ALL) {
      Optional<SourceTable> actual = reflection.table(table.name());
      if (actual.isPresent()) {
        readers.put(
            table,
            new TableReader(
                database.engine(),
                table,
                actual.get(),
                !table.isSeries() || actual.get().isUnique(connection, table.key())));
      }
    }
    Optional<String> lacking =
        reflection.missing().stream()
            .filter(name -> name.equals(wanted.name()) || name.startsWith(wanted.name() + "."))
            .findFirst();
    if (lacking.isPresent()) {
      throw new SQLException("There is no " + lacking.get(), "42S02");
    }
    return new Picture(
        readers,
        database.engine().readersBlockWriters(connection) ? SHORT_PAGE : Integer.MAX_VALUE);
  }
}
