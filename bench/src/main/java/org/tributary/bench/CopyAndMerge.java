package org.tributary.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.tributary.store.Engine;

/** PostgreSQL's {@code COPY} into a staging table, and one statement that merges it. */
final class CopyAndMerge implements RawLoad {

  @Override
  public long load(Connection connection, Engine engine, RawReadings readings)
      throws SQLException, IOException {
    RawLoad.execute(
        connection,
        engine,
        "CREATE TEMPORARY TABLE staging ON COMMIT DROP AS SELECT %s FROM @Reading@ LIMIT 0"
            .formatted(COLUMNS));
    try (InputStream content = Files.newInputStream(readings.file())) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY staging FROM STDIN", content, 65_536);
    }
    return RawLoad.execute(
        connection,
        engine,
        "INSERT INTO @Reading@ (%s) SELECT %s FROM staging ON CONFLICT DO NOTHING"
            .formatted(COLUMNS, COLUMNS));
  }
}
