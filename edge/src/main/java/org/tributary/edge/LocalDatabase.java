package org.tributary.edge;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Page;
import org.tributary.store.SourceDatabase;
import org.tributary.store.StoreException;
import org.tributary.store.WallClock;
import org.tributary.wire.Digest;
import org.tributary.wire.Grain;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Unreadable;
import org.tributary.wire.Window;

/** The gateway's own database, which somebody else's logger writes. Read only. Not thread-safe. */
final class LocalDatabase implements Source, AutoCloseable {

  private final SourceDatabase database;

  LocalDatabase(DatabaseUrl url, WallClock wallClock) {
    this.database = new SourceDatabase(url, wallClock);
  }

  /**
   * Looks whether everything is there that a push needs.
   *
   * @throws LocalDatabaseException if not, naming every table and column that is missing
   */
  void check() throws LocalDatabaseException {
    try {
      List<String> missing = database.missing();
      if (!missing.isEmpty()) {
        throw new LocalDatabaseException(
            "%s is no sensor database: it lacks %s. Is localurl right?"
                .formatted(database.url().printable(), String.join(", ", missing)));
      }
    } catch (StoreException e) {
      throw new LocalDatabaseException(e);
    }
  }

  @Override
  public Page readAfter(
      Table table, Optional<Position> cursor, Optional<Instant> until, int maxRows)
      throws LocalDatabaseException {
    try {
      return database.readAfter(table, cursor, until, maxRows);
    } catch (StoreException e) {
      throw new LocalDatabaseException(e);
    }
  }

  @Override
  public Page readAstray(
      Table table, Optional<Position> live, Instant until, int offset, int maxRows)
      throws LocalDatabaseException {
    try {
      return database.readAstray(table, live, until, offset, maxRows);
    } catch (StoreException e) {
      throw new LocalDatabaseException(e);
    }
  }

  /** How many rows of a series have no time. */
  long countTimeless(Table table) throws LocalDatabaseException {
    try {
      return database.countTimeless(table);
    } catch (StoreException e) {
      throw new LocalDatabaseException(e);
    }
  }

  @Override
  public Instant settledAt(Instant present) {
    return database.wallClock().settledAt(present);
  }

  @Override
  public boolean holds(Table table, Position key) throws LocalDatabaseException {
    try {
      return database.holds(table, key);
    } catch (StoreException e) {
      throw new LocalDatabaseException(e);
    }
  }

  @Override
  public long count(Table table) throws LocalDatabaseException {
    return countAfter(table, Optional.empty(), Optional.empty());
  }

  @Override
  public Optional<Instant> oldest(Table table, Instant from) throws LocalDatabaseException {
    try {
      return database.oldest(table, from);
    } catch (StoreException e) {
      throw new LocalDatabaseException(e);
    }
  }

  @Override
  public Optional<Instant> newest(Table table, Instant until) throws LocalDatabaseException {
    try {
      Page page = database.newest(table, until);
      return page.last()
          .map(position -> (Instant) position.key().get(0))
          .or(() -> page.unreadable().isEmpty() ? Optional.empty() : Optional.of(until));
    } catch (StoreException e) {
      throw new LocalDatabaseException(e);
    }
  }

  @Override
  public boolean hasMore(Table table, Optional<Position> cursor, Instant until, int rows)
      throws LocalDatabaseException {
    try {
      return database.hasMore(table, cursor, until, rows);
    } catch (StoreException e) {
      throw new LocalDatabaseException(e);
    }
  }

  @Override
  public int columns(Table table) throws LocalDatabaseException {
    try {
      return database.columns(table);
    } catch (StoreException e) {
      throw new LocalDatabaseException(e);
    }
  }

  @Override
  public Map<Window, Digest> digests(
      Table table,
      Window window,
      Grain grain,
      Optional<Position> upTo,
      Consumer<Unreadable> passedOver)
      throws LocalDatabaseException {
    try {
      return database.digests(table, window, grain, upTo, passedOver);
    } catch (StoreException e) {
      throw new LocalDatabaseException(e);
    }
  }

  @Override
  public void readWindow(Table table, Window window, Optional<Position> upTo, Consumer<Rows> work)
      throws LocalDatabaseException {
    try {
      database.readWindow(table, window, upTo, work);
    } catch (StoreException e) {
      throw new LocalDatabaseException(e);
    }
  }

  @Override
  public Page readAll(Table table) throws LocalDatabaseException {
    try {
      return database.readAll(table);
    } catch (StoreException e) {
      throw new LocalDatabaseException(e);
    }
  }

  /** How many rows of a series lie behind a cursor, up to a time. */
  long countAfter(Table table, Optional<Position> cursor, Optional<Instant> until)
      throws LocalDatabaseException {
    try {
      return database.countAfter(table, cursor, until);
    } catch (StoreException e) {
      throw new LocalDatabaseException(e);
    }
  }

  /** Whether reading keeps the logger from writing. */
  boolean readersBlockWriters() throws LocalDatabaseException {
    try {
      return database.readersBlockWriters();
    } catch (StoreException e) {
      throw new LocalDatabaseException(e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
