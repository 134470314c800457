package org.tributary.acceptance.sharing;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.TableWriter;
import org.tributary.wire.Rows;
import org.tributary.wire.Tables;

/**
 * A process of ours that writes the file: batches of a hundred readings, a moment between them, and
 * ends at the first error. Arguments: the file, the node, seconds.
 */
public final class Writer {

  private static final int ROWS = 100;

  private Writer() {}

  public static void main(String[] args) throws Exception {
    DatabaseUrl url = DatabaseUrl.parse("sqlite:///" + args[0], Path.of("/"));
    long node = Long.parseLong(args[1]);
    Instant end = Instant.now().plus(Duration.ofSeconds(Long.parseLong(args[2])));
    long written = 0;
    try (Database database = Database.open(url, Access.WRITE)) {
      TableWriter writer = new TableWriter(database.engine(), Tables.READING);
      while (Instant.now().isBefore(end)) {
        Rows.Builder rows = new Rows.Builder(Tables.READING, Tables.READING.columns(), ROWS);
        for (int i = 0; i < ROWS; i++) {
          Instant time = Instant.parse("2024-01-01T00:00:00Z").plusNanos((written + i) * 1_000);
          rows.row(time, node, 0L, null, (double) i);
        }
        Rows batch = rows.build();
        written += database.write(connection -> writer.insertNew(connection, batch));
        Thread.sleep(1);
      }
    }
    System.out.println(written);
  }
}
