package org.tributary.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Instant;
import org.tributary.wire.Micros;

/** Central's SQLite file with a house, and two days of a node but for three hours. */
final class CentralFile {

  static final int READINGS = 2 * 288 - 35;

  private static byte[] made = {};

  private CentralFile() {}

  /** Makes it; the tables only once for all tests, since that takes a while. */
  static synchronized void create(Path file) throws Exception {
    if (made.length == 0) {
      make(file);
      made = Files.readAllBytes(file);
    }
    Files.write(file, made);
  }

  private static void make(Path file) throws Exception {
    LoggerFile central = LoggerFile.create(file);
    try (Connection connection = central.connect();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO Reading (time, nodeId, type, locationId, value)"
                    + " VALUES (?, 37, 0, 1, ?)")) {
      connection.setAutoCommit(false);
      for (int i = 0; i < 2 * 288; i++) {
        if (i <= 120 || i >= 156) { // nothing between 10:00 and 13:00
          Instant time = Instant.parse("2026-03-01T00:00:00Z").plusSeconds(300L * i);
          insert.setString(1, Micros.spell(Micros.of(time), ' ')); // as central writes it
          insert.setDouble(2, 18 + i / 100.0);
          insert.addBatch();
        }
      }
      insert.executeBatch();
      connection.commit();
    }
  }
}
