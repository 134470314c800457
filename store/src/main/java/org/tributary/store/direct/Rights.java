package org.tributary.store.direct;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Engine;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * What whoever signs in may not do and has to. Tried where trying changes nothing: rows are written
 * that are none, and a temporary table goes with its connection.
 */
record Rights(Engine engine, DatabaseUrl.Dialect dialect, Fit fit) {

  /** What is lacking, each as the right is called. */
  List<String> lacking(Connection connection, boolean keepsBooks, boolean createTables)
      throws SQLException {
    List<String> lacking = new ArrayList<>(lackingOn(connection, Tables.ALL));
    if (!keepsBooks && !createTables) {
      tried(
          connection,
          "CREATE TEMPORARY TABLE tributary_trial (id INTEGER)",
          dialect == DatabaseUrl.Dialect.MYSQL
              ? "CREATE TEMPORARY TABLES"
              : "TEMPORARY on the database",
          lacking);
    } else if (!keepsBooks && !mayCreate(connection)) {
      lacking.add("CREATE");
    }
    return lacking;
  }

  /** What is lacking to write some tables, each as the right is called. */
  List<String> lackingOn(Connection connection, List<Table> tables) {
    List<String> lacking = new ArrayList<>();
    for (Table table : tables) {
      if (fit.refusal(table).isEmpty()) {
        String name = engine.quote(table.name());
        String column = engine.quote(table.hasId() ? Table.ID : table.key().get(0));
        tried(
            connection,
            "INSERT INTO %s SELECT * FROM %s WHERE 1 = 0".formatted(name, name),
            "INSERT on " + table,
            lacking);
        tried(
            connection,
            "UPDATE %s SET %s = %s WHERE 1 = 0".formatted(name, column, column),
            "UPDATE on " + table,
            lacking);
      }
    }
    return lacking;
  }

  private static void tried(Connection connection, String sql, String right, List<String> lacking) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      lacking.add("%s (%s)".formatted(right, DatabaseUrl.redact(String.valueOf(e.getMessage()))));
    }
  }

  private boolean mayCreate(Connection connection) throws SQLException {
    String sql =
        switch (dialect) {
          case SQLITE -> "SELECT 1";
          case POSTGRESQL -> "SELECT 1 WHERE has_schema_privilege(current_schema(), 'CREATE')";
          case MYSQL ->
              """
              SELECT 1
              FROM information_schema.user_privileges
              WHERE privilege_type = 'CREATE'
              UNION
              SELECT 1
              FROM information_schema.schema_privileges
              WHERE privilege_type = 'CREATE' AND DATABASE() LIKE table_schema
              """;
        };
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet found = select.executeQuery()) {
      return found.next();
    }
  }
}
