package org.tributary.store.upgrade;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an upgrade that is under way has to know if it was broken off: what must be done once only,
 * and what the tables held before. It stands in the database and goes when all is done.
 */
final class Journal {

  static final String TABLE = "tributary_upgrade";

  /** That readings have to be given the new numbers of sensor types. */
  static final String RELABEL = "relabel";

  /** That readings have to be given their nodes' locations. */
  static final String LOCATE = "locate";

  private static final String BEGUN = "begun";
  private static final String FROM = "from";
  private static final String DUE = "due:";
  private static final String EXPECTED = "expected:";

  private final Map<String, String> entries;

  private Journal(Map<String, String> entries) {
    this.entries = entries;
  }

  /** The one that stands in a database; empty if no upgrade has been begun, or none got so far. */
  static Optional<Journal> find(Connection connection, Picture picture) throws SQLException {
    Map<String, String> entries = new LinkedHashMap<>();
    if (picture.has(TABLE)) {
      try (Statement statement = connection.createStatement();
          ResultSet found = statement.executeQuery("SELECT name, content FROM " + TABLE)) {
        while (found.next()) {
          entries.put(found.getString(1), found.getString(2));
        }
      }
    }
    return entries.containsKey(BEGUN) ? Optional.of(new Journal(entries)) : Optional.empty();
  }

  static Journal of(Revision from, List<String> due, List<Expectation> expectations) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put(BEGUN, "yes");
    entries.put(FROM, from.name());
    due.forEach(each -> entries.put(DUE + each, "yes"));
    expectations.forEach(each -> entries.put(EXPECTED + each.table(), each.written()));
    return new Journal(entries);
  }

  static void createTable(Connection connection, Picture picture) throws SQLException {
    if (!picture.has(TABLE)) {
      Ask.run(
          connection,
          "CREATE TABLE %s (name VARCHAR(190) NOT NULL PRIMARY KEY, content TEXT)"
              .formatted(TABLE));
    }
  }

  /** Writes all entries; to be committed together. */
  void write(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + TABLE + " (name, content) VALUES (?, ?)")) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        insert.setString(1, entry.getKey());
        insert.setString(2, entry.getValue());
        insert.executeUpdate();
      }
    }
  }

  static void done(Connection connection, String due) throws SQLException {
    Ask.run(connection, "DELETE FROM %s WHERE name = '%s%s'".formatted(TABLE, DUE, due));
  }

  Revision from() {
    return Revision.valueOf(Objects.requireNonNull(entries.get(FROM), FROM));
  }

  boolean isDue(String what) {
    return entries.containsKey(DUE + what);
  }

  List<Expectation> expectations() {
    return entries.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(EXPECTED))
        .map(
            entry ->
                Expectation.read(entry.getKey().substring(EXPECTED.length()), entry.getValue()))
        .toList();
  }

  /** Whether rows that are the same may become one in that table. */
  boolean folds(String table) {
    return expectations().stream()
        .anyMatch(each -> each.table().equalsIgnoreCase(table) && each.distinct());
  }
}
