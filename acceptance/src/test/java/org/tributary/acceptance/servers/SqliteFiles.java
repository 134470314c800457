package org.tributary.acceptance.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tributary.testbed.AtExit;

/** Creates SQLite databases, as the two servers do for their engines. */
public final class SqliteFiles {
  private SqliteFiles() {}

  /** Creates an empty database file and returns its URL in SQLAlchemy's form. */
  public static String freshDatabase(Path directory) {
    try {
      Path file = Files.createTempFile(directory.toAbsolutePath(), "test-", ".db");
      return "sqlite:///" + file; // and the path's own slash makes four
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create a database in " + directory, e);
    }
  }

  static Path sharedDirectory() {
    return Shared.DIRECTORY;
  }

  private static final class Shared {
    static final Path DIRECTORY = AtExit.temporaryDirectory("sqlite");
  }
}
