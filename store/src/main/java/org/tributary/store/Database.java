package org.tributary.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A sensor database. Work is handed in and runs with a connection, reading work on its own, writing
 * work in one transaction. Thread-safe.
 */
public final class Database implements AutoCloseable {

  private static final int TRIES = 5;

  private final DatabaseUrl url;
  private final Engine engine;
  private final Connections connections;
  private final Presence presence;
  private final OneWriter oneWriter;

  private Database(DatabaseUrl url, Engine engine, Connections connections, boolean spoken) {
    this.url = url;
    this.engine = engine;
    this.connections = connections;
    this.presence = new Presence(url.printable(), spoken);
    this.oneWriter = new OneWriter(this::kept);
  }

  /** With one connection, opened when first needed: for a gateway and for tools. */
  public static Database open(DatabaseUrl url, Access access) {
    return open(url, access, WallClock.UTC);
  }

  /**
   * With one connection, for a gateway.
   *
   * @param wallClock by which the database's times without a zone were written
   */
  static Database open(DatabaseUrl url, Access access, WallClock wallClock) {
    Engine engine = Engine.of(url.dialect(), wallClock);
    return new Database(url, engine, new KeptConnection(engine, url, access), false);
  }

  /** With several connections and durable writes, logging when it is away and back: for central. */
  public static Database openPooled(DatabaseUrl url, int connections) {
    Engine engine = Engine.of(url.dialect(), WallClock.UTC);
    return new Database(url, engine, new Pool(engine, url, Access.DURABLE, connections), true);
  }

  /**
   * With one connection from beginning to end, opened at once: what is left in it stays until it is
   * closed or lost, and then nothing works any more.
   *
   * @param url what it is called where somebody reads of it
   * @param reached the same database as it can be reached now
   */
  public static Database openOnce(DatabaseUrl url, DatabaseUrl reached) throws StoreException {
    return openOnce(url, reached, WallClock.UTC);
  }

  /**
   * The same for a database whose times without a zone were written by a clock.
   *
   * @param wallClock by which they were written
   */
  public static Database openOnce(DatabaseUrl url, DatabaseUrl reached, WallClock wallClock)
      throws StoreException {
    Engine engine = Engine.of(url.dialect(), wallClock);
    Database opener =
        new Database(url, engine, new KeptConnection(engine, reached, Access.WRITE), false);
    try {
      Connection connection = engine.connect(reached, Access.WRITE);
      return new Database(
          url, engine, new OneConnection(connection, !(engine instanceof Sqlite)), false);
    } catch (SQLException e) {
      throw opener.failure(e);
    }
  }

  /** The same with the same connections, written as somebody else has built it. */
  public Database asBuilt(AsBuilt otherwise) {
    return new Database(url, engine.forOne(otherwise), connections, false);
  }

  /** Whether there are several connections, so that one piece of work need not wait for another. */
  public boolean worksSideBySide() {
    return connections instanceof Pool;
  }

  public DatabaseUrl url() {
    return url;
  }

  public Engine engine() {
    return engine;
  }

  /** Runs work that only reads. */
  public <T> T read(SqlWork<T> work) throws StoreException {
    Connection connection = borrow();
    boolean sound = false;
    try {
      if (!connection.getAutoCommit()) {
        connection.setAutoCommit(true);
      }
      T result = work.run(connection);
      sound = true;
      presence.succeeded(false);
      return result;
    } catch (SQLException e) {
      throw noted(e, false);
    } finally {
      connections.giveBack(connection, sound);
    }
  }

  /**
   * Runs work in one transaction: all of it is stored and durable when this returns, or nothing.
   * Where another transaction was in the way it is run again, a few times.
   */
  public <T> T write(SqlWork<T> work) throws StoreException {
    T result = engine instanceof Sqlite ? oneWriter.write(work) : kept(work);
    presence.succeeded(true);
    return result;
  }

  /**
   * Tries what storing a batch needs, and leaves nothing behind. A server's disk is not in sight:
   * once it was full, it counts as full until something could be stored.
   */
  public void tryWrite() throws StoreException {
    WriteTrial.requireRoom(url);
    Optional<StoreException> noRoom = presence.noRoom();
    if (noRoom.isPresent() && url.file().isEmpty()) {
      throw noRoom.get();
    }
    tried(
        connection -> {
          WriteTrial.insert(engine, connection);
          return true;
        },
        false);
    presence.succeeded(true);
  }

  /** Runs work in one transaction to see what comes of it, and takes all of it back. */
  public <T> T tryOut(SqlWork<T> work) throws StoreException {
    return tried(work, false);
  }

  private <T> T kept(SqlWork<T> work) throws StoreException {
    return tried(work, true);
  }

  private <T> T tried(SqlWork<T> work, boolean keep) throws StoreException {
    for (int attempt = 1; ; attempt++) {
      try {
        return transaction(work, keep);
      } catch (SQLException e) {
        if (attempt == TRIES || engine.troubleOf(e) != Trouble.CONFLICT) {
          throw noted(e, true);
        }
      }
    }
  }

  /** What tables and columns are there now. */
  public Reflection reflect() throws StoreException {
    return read(Reflection::of);
  }

  /** Asks whether the database answers at all. */
  public void ping() throws StoreException {
    boolean valid = read(connection -> connection.isValid(5));
    if (!valid) {
      throw new StoreException(Trouble.UNAVAILABLE, url.printable() + " does not answer");
    }
  }

  /** Says a failure of this database's driver in words that lead on. */
  public StoreException failure(SQLException e) {
    Trouble trouble = engine.troubleOf(e);
    String advice =
        switch (trouble) {
          case UNAVAILABLE -> engine.unreachable();
          case DENIED -> engine.denial(e).map(Denial::words).orElse("does not let us do that");
          case CONFLICT -> "is locked by another program; see which one keeps a transaction open";
          case READ_ONLY -> "takes no writes; make it, or its disk, writable again";
          case FULL -> "has no room left; free some disk space, nothing is lost meanwhile";
          case MISSING -> "lacks a table or column";
          case CORRUPT -> "is damaged or no database of this kind";
          case DATA -> "does not take a value";
          case OTHER -> "reports an error";
        };
    return new StoreException(
        trouble,
        "%s %s (%s)"
            .formatted(url.printable(), advice, DatabaseUrl.redact(String.valueOf(e.getMessage()))),
        e);
  }

  @Override
  public void close() {
    connections.close();
  }

  private <T> T transaction(SqlWork<T> work, boolean keep) throws SQLException {
    Connection connection = connections.borrow();
    boolean sound = false;
    try {
      // Auto-commit is off for the transaction only: the SQLite driver begins the next one at once,
      // and an idle connection would lock everybody out.
      if (connection.getAutoCommit()) {
        connection.setAutoCommit(false);
      }
      T result;
      try {
        result = work.run(connection);
        if (keep) {
          connection.commit();
        } else {
          connection.rollback();
        }
      } catch (SQLException | RuntimeException e) {
        rollBack(connection, e);
        throw e;
      }
      if (!connections.staysTransactional()) {
        connection.setAutoCommit(true);
      }
      sound = true;
      return result;
    } finally {
      connections.giveBack(connection, sound);
    }
  }

  private static void rollBack(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private Connection borrow() throws StoreException {
    try {
      return connections.borrow();
    } catch (SQLException e) {
      throw noted(e, false);
    }
  }

  private StoreException noted(SQLException e, boolean writing) {
    StoreException failure = failure(e);
    presence.failed(failure, writing);
    return failure;
  }
}
