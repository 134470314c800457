package org.tributary.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import org.tributary.store.Engine;

/** SQLite's {@code INSERT OR IGNORE} of a hundred rows a statement. */
final class ManyRowsInsert implements RawLoad {

  private static final int ROWS = 100;

  @Override
  public long load(Connection connection, Engine engine, RawReadings readings) throws SQLException {
    long inserted = 0;
    int whole = readings.size() - readings.size() % ROWS;
    try (PreparedStatement full = connection.prepareStatement(sql(engine, ROWS))) {
      for (int from = 0; from < whole; from += ROWS) {
        inserted += insert(full, readings, from, from + ROWS);
      }
    }
    if (whole < readings.size()) {
      int left = readings.size() - whole;
      try (PreparedStatement rest = connection.prepareStatement(sql(engine, left))) {
        inserted += insert(rest, readings, whole, readings.size());
      }
    }
    return inserted;
  }

  private static long insert(PreparedStatement insert, RawReadings readings, int from, int to)
      throws SQLException {
    int index = 1;
    for (int row = from; row < to; row++) {
      insert.setString(index++, readings.time(row));
      insert.setLong(index++, readings.node(row));
      insert.setLong(index++, readings.type(row));
      insert.setLong(index++, readings.location(row));
      insert.setDouble(index++, readings.value(row));
    }
    return insert.executeUpdate();
  }

  private static String sql(Engine engine, int rows) {
    String sql =
        "INSERT OR IGNORE INTO @Reading@ (%s) VALUES %s"
            .formatted(COLUMNS, String.join(", ", Collections.nCopies(rows, "(?, ?, ?, ?, ?)")));
    return sql.replace("@", engine.quote("").substring(1));
  }
}
