package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.OurDatabases;
import org.tributary.store.SourceDatabase;
import org.tributary.store.ingest.Ingest;
import org.tributary.wire.Rows;

/**
 * Central's process and database. On SQLite it can be killed in the middle of a statement and goes
 * on with what the files held at that moment, and it can be brought back from a backup. Not
 * thread-safe.
 */
final class SimulatedCentral implements AutoCloseable {

  private static final int INSTRUCTIONS_BETWEEN_STEPS = 3;
  private static final int BATCHES_REMEMBERED = 4;

  private final TestEngine engine;
  private final Clock clock;
  private final Deque<Rows> acknowledged = new ArrayDeque<>();
  private Database database;
  private Ingest ingest;
  private @Nullable DatabaseUrl backup;
  private @Nullable DatabaseUrl remains;

  SimulatedCentral(TestEngine engine, Clock clock) throws IOException {
    this.engine = engine;
    this.clock = clock;
    this.database =
        engine == TestEngine.SQLITE
            ? Database.open(SimulatedFiles.ours(), Access.WRITE)
            : OurDatabases.shared(engine);
    this.ingest = ingestOf(database);
  }

  private Ingest ingestOf(Database open) {
    return new Ingest(open, clock, new Ingest.Limits(500, 1 << 22));
  }

  /**
   * What answers.
   *
   * @throws IOException while it is down
   */
  Ingest ingest() throws IOException {
    if (remains != null) {
      throw new IOException("Central is down");
    }
    return ingest;
  }

  Database database() {
    return database;
  }

  /** The process starts anew, and remembers nothing but its database. */
  void restart() throws IOException {
    if (remains != null) {
      replace(remains);
      remains = null;
      assertHasWhatItAcknowledged();
    } else {
      ingest = ingestOf(database);
    }
  }

  /** A file of its own, so that it can be killed and copied. */
  boolean isOnFile() {
    return engine == TestEngine.SQLITE;
  }

  /** Kills it so many steps from now, be it within a statement, a transaction or between two. */
  void killAfter(int steps) throws IOException {
    database.read(
        connection -> {
          ProgressHandler.setHandler(
              connection,
              INSTRUCTIONS_BETWEEN_STEPS,
              new ProgressHandler() {
                private int left = steps;

                @Override
                protected int progress() {
                  if (left > 0) {
                    left--;
                    return 0;
                  }
                  if (remains == null) {
                    remains = copyOf(file());
                  }
                  return 1; // the statement fails, and so does all that comes after it
                }
              });
          return true;
        });
  }

  /** Nothing is going to kill it. */
  void spare() throws IOException {
    if (isOnFile() && remains == null) {
      database.read(
          connection -> {
            ProgressHandler.clearHandler(connection);
            return true;
          });
    }
  }

  boolean isDown() {
    return remains != null;
  }

  /** What stands in the files now, of a transaction that is under way as well. */
  private static DatabaseUrl copyOf(Path file) {
    try {
      DatabaseUrl copy = SimulatedFiles.blank();
      Path to = copy.file().orElseThrow();
      Files.copy(file, to);
      Path log = Path.of(file + "-wal");
      if (Files.exists(log)) {
        Files.copy(log, Path.of(to + "-wal"));
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file() {
    return database.url().file().orElseThrow();
  }

  void backUp() throws IOException {
    if (backup != null) {
      SimulatedFiles.delete(backup);
    }
    DatabaseUrl copy = SimulatedFiles.blank();
    database.read(
        connection -> {
          try (var statement = connection.createStatement()) {
            return statement.execute("VACUUM INTO '" + copy.file().orElseThrow() + "'");
          }
        });
    backup = copy;
  }

  /** Brings the last backup back, if there is one. */
  void restore() {
    if (backup != null) {
      forgetAcknowledged();
      replace(backup);
      backup = null;
    }
  }

  private void replace(DatabaseUrl by) {
    DatabaseUrl old = database.url();
    database.close();
    SimulatedFiles.delete(old);
    database = Database.open(by, Access.WRITE);
    ingest = ingestOf(database);
  }

  /** A gateway has been told that these are stored. */
  void acknowledged(Rows rows) {
    acknowledged.addLast(rows);
    if (acknowledged.size() > BATCHES_REMEMBERED) {
      acknowledged.removeFirst();
    }
  }

  /** What was acknowledged may have been deleted since. */
  void forgetAcknowledged() {
    acknowledged.clear();
  }

  private void assertHasWhatItAcknowledged() throws IOException {
    try (SourceDatabase source = new SourceDatabase(database.url())) {
      for (Rows rows : acknowledged) {
        for (int row = 0; row < rows.size(); row++) {
          var key = Objects.requireNonNull(rows.keyAt(row));
          assertThat(source.holds(rows.table(), key))
              .as("%s %s, acknowledged before central was killed", rows.table(), key)
              .isTrue();
        }
      }
    }
  }

  @Override
  public void close() {
    if (isOnFile()) { // the others are shared
      DatabaseUrl url = database.url();
      database.close();
      SimulatedFiles.delete(url);
      Optional.ofNullable(backup).ifPresent(SimulatedFiles::delete);
      Optional.ofNullable(remains).ifPresent(SimulatedFiles::delete);
    }
  }
}
