package org.tributary.cli;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What somebody does to a SQLite file behind our back. */
public final class Sql {

  private Sql() {}

  /** Runs statements; how many rows they changed in all. */
  public static int run(Path file, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      int changed = 0;
      for (String sql : statements) {
        changed += statement.executeUpdate(sql);
      }
      return changed;
    }
  }

  /** The first cell of the answer. */
  public static String ask(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      return found.next() ? String.valueOf(found.getString(1)) : "nothing";
    }
  }
}
