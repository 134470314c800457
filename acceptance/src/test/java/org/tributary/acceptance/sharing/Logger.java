package org.tributary.acceptance.sharing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Somebody else's logger, as a process of its own: writes one reading a transaction, as fast as it
 * can, tries a write once more where a lock was in its way, and ends at any other error, or at a
 * lock that is still there. Arguments: the file, the node, seconds, the busy timeout in
 * milliseconds, or {@code default} for whatever the driver sets, and perhaps the milliseconds
 * between two writes. Prints how many readings it wrote, and before that how many it had to try
 * again.
 */
public final class Logger {

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

  private Logger() {}

  public static void main(String[] args) throws SQLException, InterruptedException {
    Path file = Path.of(args[0]);
    long node = Long.parseLong(args[1]);
    Instant end = Instant.now().plus(Duration.ofSeconds(Long.parseLong(args[2])));
    String options = args[3].equals("default") ? "" : "?busy_timeout=" + args[3];
    long written = 0;
    long triedAgain = 0;
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file + options);
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO \"Reading\" (\"time\", \"nodeId\", \"type\", \"value\")"
                    + " VALUES (?, ?, 0, ?)")) {
      while (Instant.now().isBefore(end)) {
        // Each a microsecond later than the one before, all of them in the past.
        Instant time = Instant.parse("2024-01-01T00:00:00Z").plusNanos(written * 1_000);
        insert.setString(1, FORM.format(time));
        insert.setLong(2, node);
        insert.setDouble(3, (double) written);
        try {
          insert.executeUpdate(); // auto-commit: a transaction each
        } catch (SQLException e) {
          if (!String.valueOf(e.getMessage()).contains("database is locked")) {
            throw e;
          }
          triedAgain++;
          insert.executeUpdate();
        }
        written++;
        if (args.length > 4) {
          Thread.sleep(Long.parseLong(args[4]));
        }
      }
    }
    System.out.println(triedAgain);
    System.out.println(written);
  }
}
