package org.tributary.acceptance.servers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Inserts many rows into one table, many to a statement, and counts those that were stored. A row
 * whose key is taken is left out.
 */
final class BulkInsert implements AutoCloseable {
  private static final int ROWS_PER_STATEMENT = 150;

  private final Connection connection;
  private final TestEngine engine;
  private final String table;
  private final List<String> columns;
  private final List<@Nullable Object[]> waiting = new ArrayList<>(ROWS_PER_STATEMENT);
  private final PreparedStatement full;
  private long stored;

  BulkInsert(Connection connection, TestEngine engine, String table, List<String> columns)
      throws SQLException {
    this.connection = connection;
    this.engine = engine;
    this.table = table;
    this.columns = List.copyOf(columns);
    this.full = connection.prepareStatement(sql(ROWS_PER_STATEMENT));
  }

  void add(@Nullable Object... values) throws SQLException {
    waiting.add(values);
    if (waiting.size() == ROWS_PER_STATEMENT) {
      execute(full);
    }
  }

  /** Stores what is still waiting and says how many rows were stored in all. */
  long finish() throws SQLException {
    if (!waiting.isEmpty()) {
      try (PreparedStatement rest = connection.prepareStatement(sql(waiting.size()))) {
        execute(rest);
      }
    }
    return stored;
  }

  @Override
  public void close() throws SQLException {
    full.close();
  }

  private void execute(PreparedStatement statement) throws SQLException {
    int parameter = 0;
    for (@Nullable Object[] row : waiting) {
      for (Object value : row) {
        parameter++;
        if (value instanceof Instant time) {
          engine.bindTime(statement, parameter, time);
        } else {
          statement.setObject(parameter, value);
        }
      }
    }
    stored += statement.executeUpdate();
    waiting.clear();
  }

  private String sql(int rows) {
    boolean ignore = engine == TestEngine.MARIADB;
    String row = "(" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
    return Stream.of(
            ignore ? "INSERT IGNORE INTO" : "INSERT INTO",
            engine.quoted(table),
            columns.stream().map(engine::quoted).collect(Collectors.joining(", ", "(", ")")),
            "VALUES",
            String.join(", ", Collections.nCopies(rows, row)),
            ignore ? "" : "ON CONFLICT DO NOTHING")
        .collect(Collectors.joining(" "));
  }
}
