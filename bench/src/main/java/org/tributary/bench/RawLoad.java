package org.tributary.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.tributary.store.Engine;

/**
 * Puts readings into a database by the fastest way that it has, for any number of times: rows that
 * are there already stay as they are. Implementations are stateless.
 */
interface RawLoad {

  /** What stands in a file of readings, in this order, with tabs between. */
  String COLUMNS = "@time@, @nodeId@, @type@, @locationId@, @value@";

  /** Makes an empty table of readings with their key and an index of locations, and no more. */
  default void create(Connection connection, Engine engine) throws SQLException {
    execute(
        connection,
        engine,
        """
        CREATE TABLE @Reading@ (
          @time@ %s NOT NULL,
          @nodeId@ INTEGER NOT NULL,
          @type@ INTEGER NOT NULL,
          @locationId@ INTEGER,
          @value@ %s,
          PRIMARY KEY (@time@, @nodeId@, @type@)
        ) %s
        """
            .formatted(
                engine.schemaWords().get("time"),
                engine.schemaWords().get("real"),
                engine.schemaWords().get("series")));
    execute(connection, engine, "CREATE INDEX raw_location ON @Reading@ (@locationId@, @time@)");
  }

  /**
   * Loads readings, all in one transaction, which the caller ends.
   *
   * @return how many were new
   */
  long load(Connection connection, Engine engine, RawReadings readings)
      throws SQLException, IOException;

  /** Runs a statement, names between {@code @}. */
  static int execute(Connection connection, Engine engine, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql.replace("@", engine.quote("").substring(1)));
    }
  }
}
