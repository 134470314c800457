package org.tributary.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Digest;
import org.tributary.wire.Grain;
import org.tributary.wire.Position;
import org.tributary.wire.RowHash;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Unreadable;
import org.tributary.wire.Window;

/**
 * A sensor database as a source of rows. It may be somebody else's: it is read as it is and never
 * altered. What tables and columns it has is looked up once and again after a failure.
 *
 * <p>Not thread-safe.
 */
public final class SourceDatabase implements AutoCloseable {

  // While a page is read from a SQLite file without write-ahead log, its logger can't write.
  private static final int SHORT_PAGE = 500;

  private static final int MOST_WITHOUT_TIME = 100;

  private final Database database;
  private @Nullable Picture picture;

  /** What was found when the database was looked at. */
  private record Picture(
      Map<Table, TableReader> readers, Map<Table, WindowReader> windows, int maxPage) {
    TableReader reader(Table table) {
      return Objects.requireNonNull(readers.get(table));
    }

    WindowReader windows(Table table) {
      return Objects.requireNonNull(windows.get(table));
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

  /** Whether a series has more rows than so many behind a cursor, up to a time. */
  public boolean hasMore(Table table, Optional<Position> cursor, Instant until, int rows)
      throws StoreException {
    return read(
        table, (connection, found) -> found.reader(table).hasMore(connection, cursor, until, rows));
  }

  /** The columns that a series has here, as {@link RowHash} numbers them. */
  public int columns(Table table) throws StoreException {
    return read(table, (connection, found) -> found.windows(table).columns());
  }

  /**
   * Digests of a window, told as finely as asked; windows without rows are left out.
   *
   * @param upTo the last key that counts, if there is one
   */
  public Map<Window, Digest> digests(
      Table table, Window window, Grain grain, Optional<Position> upTo) throws StoreException {
    return digests(table, window, grain, upTo, row -> {});
  }

  /**
   * The same, and what is not in them.
   *
   * @param passedOver hears of rows of the window that can't be read
   */
  public Map<Window, Digest> digests(
      Table table,
      Window window,
      Grain grain,
      Optional<Position> upTo,
      Consumer<Unreadable> passedOver)
      throws StoreException {
    return read(
        table,
        (connection, found) -> {
          WindowReader reader = found.windows(table);
          DigestSums sums =
              new DigestSums(new RowHash(table, reader.columns()), grain, reader.keyIsUnique());
          reader.read(
              connection,
              window,
              Set.of(),
              upTo,
              new RowWork() {
                @Override
                public void take(Rows rows) {
                  sums.take(rows);
                }

                @Override
                public void passedOver(Unreadable row) {
                  passedOver.accept(row);
                }
              });
          return sums.within(window);
        });
  }

  /** Hands over the rows of a window, a few at a time. */
  public void readWindow(Table table, Window window, Optional<Position> upTo, Consumer<Rows> work)
      throws StoreException {
    read(
        table,
        (connection, found) -> {
          found.windows(table).read(connection, window, Set.of(), upTo, work::accept);
          return true;
        });
  }

  /**
   * The oldest time of a series that is not before a time; if the oldest row has a time that can't
   * be read, one from which on the windows hold it; empty if there is no row.
   */
  public Optional<Instant> oldest(Table table, Instant from) throws StoreException {
    List<Object> before = new ArrayList<>();
    before.add(from.minusNanos(1_000));
    for (int i = 1; i < table.key().size(); i++) {
      before.add(Long.MAX_VALUE);
    }
    Optional<Position> cursor = Optional.of(new Position(before));
    for (int looked = 0; looked < MOST_WITHOUT_TIME && cursor.isPresent(); looked++) {
      cursor = readAfter(table, cursor, Optional.empty(), 1).cursor();
      Optional<Instant> time = cursor.flatMap(key -> SortedDay.of(key.key().get(0), from));
      if (time.isPresent()) {
        return time;
      }
    }
    return cursor.map(any -> from);
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
    boolean briefly = database.engine().readersBlockWriters(connection);
    Map<Table, TableReader> readers = new HashMap<>();
    Map<Table, WindowReader> windows = new HashMap<>();
    for (Table table : Tables.ALL) {
      Optional<SourceTable> actual = reflection.table(table.name());
      if (actual.isPresent()) {
        boolean keyIsUnique = !table.isSeries() || actual.get().isUnique(connection, table.key());
        readers.put(table, new TableReader(database.engine(), table, actual.get(), keyIsUnique));
        if (table.isSeries()) {
          windows.put(
              table, WindowReader.of(database.engine(), table, actual.get(), keyIsUnique, briefly));
        }
      }
    }
    Optional<String> lacking =
        reflection.missing().stream()
            .filter(name -> name.equals(wanted.name()) || name.startsWith(wanted.name() + "."))
            .findFirst();
    if (lacking.isPresent()) {
      throw new SQLException("There is no " + lacking.get(), "42S02");
    }
    return new Picture(readers, windows, briefly ? SHORT_PAGE : Integer.MAX_VALUE);
  }
}
