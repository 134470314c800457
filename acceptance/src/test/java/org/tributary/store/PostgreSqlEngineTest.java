package org.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tributary.acceptance.servers.TestEngine;

/** PostgreSQL, which holds every double, and whose references of series are kept by triggers. */
class PostgreSqlEngineTest extends EngineContract {

  private static final String INSERT_READING =
      "INSERT INTO \"Reading\" VALUES ('2016-02-29 12:00:00', 1, 0, 5, 1.0)";

  PostgreSqlEngineTest() {
    super(TestEngine.POSTGRESQL);
  }

  @Override
  boolean holds(double value) {
    return true;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM \"Location\" WHERE id = 5",
        "UPDATE \"Location\" SET id = 6 WHERE id = 5"
      })
  void whatAReadingRefersTo_cantGoBeforeTheReadingIsCommitted(String going) throws Exception {
    assertSecondWaitsAndFails(INSERT_READING, going);
  }

  @Test
  void reading_waitsForADeletionOfWhatItRefersTo() throws Exception {
    assertSecondWaitsAndFails("DELETE FROM \"Location\" WHERE id = 5", INSERT_READING);
  }

  private static void assertSecondWaitsAndFails(String first, String second) throws Exception {
    Database database = OurDatabases.shared(TestEngine.POSTGRESQL);
    execute(database, "INSERT INTO \"Node\" (id) VALUES (1)");
    execute(database, "INSERT INTO \"Location\" (id) VALUES (5)");
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<?> waiting =
          database.write(
              connection -> {
                run(connection, first);
                Future<?> started = other.submit(() -> execute(database, second));
                assertThatThrownBy(() -> started.get(300, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
                return started;
              });

      assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.DATA));
    } finally {
      other.shutdown();
    }
  }

  private static boolean execute(Database database, String sql) throws IOException {
    return database.write(connection -> run(connection, sql));
  }

  private static boolean run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(sql);
    }
  }
}
