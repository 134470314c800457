package org.tributary.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.tributary.wire.Micros;

/** Times in our own tables, bound and read as the engine writes them. */
public record SqlTimes(Engine engine) {

  /** Binds a time. */
  public void set(PreparedStatement statement, int index, Instant time) throws SQLException {
    engine.setTime(statement, index, Micros.of(time));
  }

  /** Reads a time that is not null. */
  public Instant get(ResultSet found, int index) throws SQLException {
    return Micros.toInstant(engine.getTime(found, index));
  }

  /** Reads a time; empty if it is null. */
  public Optional<Instant> optional(ResultSet found, int index) throws SQLException {
    return found.getObject(index) == null ? Optional.empty() : Optional.of(get(found, index));
  }
}
