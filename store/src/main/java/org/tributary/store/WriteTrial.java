package org.tributary.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Tries what storing a batch needs, and leaves nothing behind. For databases of ours. */
final class WriteTrial {

  // What the largest batch takes in a SQLite file and its log, with something to spare.
  private static final long ROOM = 16L << 20;

  // No gateway has it: names are not empty.
  private static final String NOBODY = "";

  private WriteTrial() {}

  /** Looks at a file's disk: a transaction that is rolled back does not get that far. */
  static void requireRoom(DatabaseUrl url) throws StoreException {
    if (url.file().isEmpty()) {
      return; // a server's disk is not in sight
    }
    Path file = url.file().get().toAbsolutePath();
    long left;
    try {
      left = Files.getFileStore(file).getUsableSpace();
    } catch (IOException e) {
      return; // the trial itself says what is wrong with the file
    }
    if (left < ROOM) {
      throw new StoreException(
          Trouble.FULL,
          "%s has no room left: %,d kB are free, and a batch may take %,d; free some disk space"
              .formatted(url.printable(), left >> 10, ROOM >> 10));
    }
  }

  /** Inserts a row; to be rolled back. */
  static void insert(Engine engine, Connection connection) throws SQLException {
    String sql =
        """
        INSERT INTO tributary_gateway
          (id, name, machine, hostname, version, first_contact, last_contact, clock_offset)
        VALUES (-1, ?, '', '', '', ?, ?, 0)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, NOBODY);
      engine.setTime(insert, 2, 0);
      engine.setTime(insert, 3, 0);
      insert.executeUpdate();
    }
  }
}
