package org.tributary.bench;

import java.sql.Connection;
import java.sql.SQLException;
import org.tributary.store.Engine;

/** MariaDB's {@code LOAD DATA LOCAL … IGNORE}. */
final class LoadData implements RawLoad {

  @Override
  public long load(Connection connection, Engine engine, RawReadings readings) throws SQLException {
    return RawLoad.execute(
        connection,
        engine,
        "LOAD DATA LOCAL INFILE '%s' IGNORE INTO TABLE @Reading@ (%s)"
            .formatted(readings.file().toAbsolutePath(), COLUMNS));
  }
}
