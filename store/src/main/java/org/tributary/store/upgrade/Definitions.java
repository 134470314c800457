package org.tributary.store.upgrade;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The definitions of a database's tables as SQL, as the engine itself tells them, to be kept. */
final class Definitions {

  private Definitions() {}

  static List<String> of(Connection connection, Ddl ddl, Picture picture) throws SQLException {
    List<String> definitions = new ArrayList<>();
    for (FoundTable table : picture.tables()) {
      switch (ddl.dialect()) {
        case MYSQL -> {
          try (Statement statement = connection.createStatement();
              ResultSet found =
                  statement.executeQuery(
                      "SHOW CREATE TABLE `" + table.name().replace("`", "``") + "`")) {
            found.next();
            definitions.add(found.getString(2) + ";");
          }
        }
        case SQLITE ->
            definitions.addAll(
                texts(
                    connection,
                    "SELECT sql || ';' FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL"
                        + " ORDER BY type DESC, name",
                    table.name()));
        case POSTGRESQL -> definitions.addAll(postgreSql(connection, table.name()));
      }
    }
    if (picture.has("Server", "houseid")) {
      definitions.addAll(housesOfServers(connection, ddl, picture.require("Server")));
    }
    return definitions;
  }

  /** What the chain drops for good. */
  private static List<String> housesOfServers(Connection connection, Ddl ddl, FoundTable servers)
      throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT id, %s FROM %s"
                    .formatted(
                        ddl.quote(Draft.actual(servers, "houseid")), ddl.quote(servers.name())))) {
      while (found.next()) {
        lines.add("-- Server %d had houseid %s".formatted(found.getLong(1), found.getString(2)));
      }
    }
    return lines;
  }

  private static List<String> postgreSql(Connection connection, String table) throws SQLException {
    List<String> parts =
        new ArrayList<>(
            texts(
                connection,
                """
                SELECT quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
                  || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
                  || COALESCE(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')
                FROM pg_attribute a
                LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                WHERE a.attrelid = quote_ident(?)::regclass AND a.attnum > 0
                  AND NOT a.attisdropped
                ORDER BY a.attnum
                """,
                table));
    parts.addAll(
        texts(
            connection,
            """
            SELECT 'CONSTRAINT ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid)
            FROM pg_constraint
            WHERE conrelid = quote_ident(?)::regclass AND contype IN ('p', 'u', 'f', 'c')
            ORDER BY contype DESC, conname
            """,
            table));
    List<String> definitions = new ArrayList<>();
    definitions.add(
        "CREATE TABLE \"%s\" (%n  %s%n);"
            .formatted(table, String.join("," + System.lineSeparator() + "  ", parts)));
    definitions.addAll(
        texts(
            connection,
            """
            SELECT pg_get_indexdef(i.indexrelid) || ';'
            FROM pg_index i
            WHERE i.indrelid = quote_ident(?)::regclass
              AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)
            ORDER BY 1
            """,
            table));
    return definitions;
  }

  private static List<String> texts(Connection connection, String sql, String table)
      throws SQLException {
    List<String> texts = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, table);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          texts.add(found.getString(1));
        }
      }
    }
    return texts;
  }
}
