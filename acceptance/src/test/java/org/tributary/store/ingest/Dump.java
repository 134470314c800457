package org.tributary.store.ingest;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tributary.store.Database;

/** Everything that a database holds, as texts that can be compared. */
final class Dump {

  /** Where to start, and what is made again whenever it is asked for: nothing is lost with them. */
  private static final Set<String> CACHES = Set.of("tributary_position", "tributary_digest");

  private Dump() {}

  /** All rows of all tables. */
  static Map<String, List<String>> of(Database database) throws IOException {
    return of(database, Set.of(), Set.of());
  }

  /** Without times of ours, numbers of entries, and what is only remembered to be quicker. */
  static Map<String, List<String>> lasting(Database database) throws IOException {
    return of(
        database,
        Set.of(
            "tributary_setaside.id",
            "tributary_setaside.since",
            "tributary_mapping.since",
            "tributary_gateway.last_contact",
            "tributary_gateway.compared"),
        Set.of(
            "tributary_decision",
            "tributary_claim",
            "tributary_missing",
            // What once happened stays on record.
            "tributary_audit",
            "tributary_audit_end",
            "tributary_contact",
            "tributary_receipt",
            "tributary_hour",
            "tributary_told",
            "tributary_conflict",
            "tributary_edit"));
  }

  private static Map<String, List<String>> of(
      Database database, Set<String> withoutColumns, Set<String> withoutTables) throws IOException {
    return database.read(
        connection -> {
          Map<String, List<String>> all = new TreeMap<>();
          for (String table : tables(connection)) {
            boolean isCache = !withoutTables.isEmpty() && CACHES.contains(table);
            if (!isCache && !withoutTables.contains(table)) {
              all.put(table, rows(connection, database, table, withoutColumns));
            }
          }
          return all;
        });
  }

  private static Set<String> tables(Connection connection) throws SQLException {
    Set<String> names = new TreeSet<>();
    try (ResultSet found =
        connection
            .getMetaData()
            .getTables(
                connection.getCatalog(),
                connection.getSchema(),
                "%",
                new String[] {"TABLE", "BASE TABLE"})) {
      while (found.next()) {
        String name = found.getString("TABLE_NAME");
        if (!name.toLowerCase(Locale.ROOT).startsWith("sqlite_")) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private static List<String> rows(
      Connection connection, Database database, String table, Set<String> withoutColumns)
      throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement select = connection.createStatement();
        ResultSet found = select.executeQuery("SELECT * FROM " + database.engine().quote(table))) {
      ResultSetMetaData columns = found.getMetaData();
      while (found.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          String name = columns.getColumnLabel(i);
          if (!withoutColumns.contains(table + "." + name)) {
            row.append(name).append('=').append(found.getString(i)).append(' ');
          }
        }
        rows.add(row.toString());
      }
    }
    rows.sort(null);
    return rows;
  }
}
