package org.tributary.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Schema;
import org.tributary.testbed.AtExit;

/**
 * SQLite databases for simulations: in memory where the system has a folder there, because a
 * simulated day should cost milliseconds, and copied from one that was made by the migrations.
 * Thread-safe.
 */
final class SimulatedFiles {

  private static final Path IN_MEMORY = Path.of("/dev/shm");
  private static final AtomicInteger COUNT = new AtomicInteger();

  private SimulatedFiles() {}

  /** A database of our own schema, with nothing in it but what it is born with. */
  static DatabaseUrl ours() throws IOException {
    DatabaseUrl url = blank();
    Files.write(url.file().orElseThrow(), Template.BYTES);
    return url;
  }

  /** A name that no file has yet. */
  static DatabaseUrl blank() {
    Path file = Template.FOLDER.resolve("simulated-" + COUNT.incrementAndGet() + ".db");
    return DatabaseUrl.parse("sqlite:///" + file, Path.of("/"));
  }

  static void delete(DatabaseUrl url) {
    try {
      for (String suffix : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(Path.of(url.file().orElseThrow() + suffix));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Made when it is first needed. */
  private static final class Template {
    static final Path FOLDER =
        Files.isWritable(IN_MEMORY)
            ? AtExit.temporaryDirectory(IN_MEMORY, "simulation")
            : AtExit.temporaryDirectory("simulation");
    static final byte[] BYTES = made();

    private static byte[] made() {
      DatabaseUrl url =
          DatabaseUrl.parse("sqlite:///" + FOLDER.resolve("template.db"), Path.of("/"));
      try {
        try (Database database = Database.open(url, Access.WRITE)) {
          Schema.upgrade(database);
        }
        return Files.readAllBytes(url.file().orElseThrow());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
