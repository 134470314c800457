package org.tributary.store.ingest;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.tributary.store.Engine;
import org.tributary.wire.Micros;

/** Times in our own tables, bound and read as the engine writes them. */
record SqlTimes(Engine engine) {

  void set(PreparedStatement statement, int index, Instant time) throws SQLException {
    engine.setTime(statement, index, Micros.of(time));
  }

  Instant get(ResultSet found, int index) throws SQLException {
    return Micros.toInstant(engine.getTime(found, index));
  }
}
