package org.tributary.store.ingest;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.tributary.store.Engine;

/** Times in our own tables, bound and read as the engine writes them. */
record SqlTimes(Engine engine) {

  void set(PreparedStatement statement, int index, Instant time) throws SQLException {
    engine.setTime(statement, index, ChronoUnit.MICROS.between(Instant.EPOCH, time));
  }

  Instant get(ResultSet found, int index) throws SQLException {
    return Instant.EPOCH.plus(engine.getTime(found, index), ChronoUnit.MICROS);
  }
}
