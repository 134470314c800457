package org.tributary.acceptance.sharing;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Page;
import org.tributary.store.SourceDatabase;
import org.tributary.wire.Position;
import org.tributary.wire.Tables;

/**
 * A process that opens the file, reads some pages and closes it, over and over, and ends at the
 * first error. Arguments: the file, seconds.
 */
public final class Reader {

  private Reader() {}

  public static void main(String[] args) throws Exception {
    DatabaseUrl url = DatabaseUrl.parse("sqlite:///" + args[0], Path.of("/"));
    Instant end = Instant.now().plus(Duration.ofSeconds(Long.parseLong(args[1])));
    long read = 0;
    while (Instant.now().isBefore(end)) {
      try (SourceDatabase database = new SourceDatabase(url)) {
        Optional<Position> cursor = Optional.empty();
        for (int page = 0; page < 20; page++) {
          Page rows = database.readAfter(Tables.READING, cursor, Optional.empty(), 1_000);
          read += rows.rows().size();
          cursor = rows.cursor();
        }
      }
    }
    System.out.println(read);
  }
}
