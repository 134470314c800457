package org.tributary.store.upgrade;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tributary.store.Engine;

/** Looks at tables of a SQLite file, whose driver says too little of keys. */
final class SqliteTables {

  private static final Pattern LENGTH = Pattern.compile("\\((\\d+)\\)");
  private static final Pattern ODD =
      Pattern.compile(
          "\\b(CHECK|GENERATED|COLLATE|DEFAULT|CASCADE|WITHOUT\\s+ROWID)\\b",
          Pattern.CASE_INSENSITIVE);

  private SqliteTables() {}

  static void fill(Connection connection, Engine engine, FoundTable table) throws SQLException {
    String name = engine.quote(table.name());
    try (Statement statement = connection.createStatement()) {
      Map<Integer, String> key = new TreeMap<>();
      try (ResultSet found = statement.executeQuery("PRAGMA table_info(" + name + ")")) {
        while (found.next()) {
          String column = found.getString("name");
          String type = String.valueOf(found.getString("type"));
          Matcher length = LENGTH.matcher(type);
          table.put(
              new FoundColumn(
                  column,
                  type,
                  jdbcType(type),
                  length.find() ? Integer.parseInt(length.group(1)) : Integer.MAX_VALUE,
                  found.getBoolean("notnull")));
          if (found.getInt("pk") > 0) {
            key.put(found.getInt("pk"), column);
          }
        }
      }
      table.setKey("PRIMARY", key.values());
      try (ResultSet found = statement.executeQuery("PRAGMA foreign_key_list(" + name + ")")) {
        while (found.next()) {
          table
              .links()
              .add(
                  new FoundLink(
                      "",
                      FoundTable.lower(found.getString("from")),
                      FoundTable.lower(found.getString("table"))));
        }
      }
      fillIndexes(statement, engine, table);
      fillOddity(statement, table);
    }
  }

  private static void fillIndexes(Statement statement, Engine engine, FoundTable table)
      throws SQLException {
    List<String> uniques = new ArrayList<>();
    List<String> indexes = new ArrayList<>();
    try (ResultSet found =
        statement.executeQuery("PRAGMA index_list(" + engine.quote(table.name()) + ")")) {
      while (found.next()) {
        if (!"pk".equals(found.getString("origin")) && !found.getBoolean("partial")) {
          (found.getBoolean("unique") ? uniques : indexes).add(found.getString("name"));
        }
      }
    }
    for (String index : uniques) {
      table.uniques().put(index, columns(statement, engine, index));
    }
    for (String index : indexes) {
      table.indexes().put(index, columns(statement, engine, index));
    }
  }

  private static List<String> columns(Statement statement, Engine engine, String index)
      throws SQLException {
    List<String> columns = new ArrayList<>();
    try (ResultSet found =
        statement.executeQuery("PRAGMA index_info(" + engine.quote(index) + ")")) {
      while (found.next()) {
        columns.add(FoundTable.lower(String.valueOf(found.getString("name"))));
      }
    }
    return columns;
  }

  private static void fillOddity(Statement statement, FoundTable table) throws SQLException {
    String sql =
        "SELECT type, sql FROM sqlite_master WHERE tbl_name = '%s' COLLATE NOCASE"
            .formatted(table.name().replace("'", "''"));
    try (ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        String text = String.valueOf(found.getString("sql"));
        Matcher odd = ODD.matcher(text);
        if (found.getString("type").equals("trigger")) {
          table.setOddity("a trigger");
        } else if (odd.find()) {
          table.setOddity(odd.group(1));
        }
      }
    }
  }

  /** By the same rules as SQLite's own affinity, and by the names that SQLAlchemy gives. */
  private static int jdbcType(String declared) {
    String type = declared.toUpperCase(Locale.ROOT);
    if (type.contains("BIGINT")) {
      return Types.BIGINT;
    }
    if (type.contains("INT")) {
      return Types.INTEGER;
    }
    if (type.contains("CHAR")) {
      return Types.VARCHAR;
    }
    if (type.contains("TEXT") || type.contains("CLOB")) {
      return Types.LONGVARCHAR;
    }
    if (type.contains("REAL") || type.contains("FLOA") || type.contains("DOUB")) {
      return Types.REAL;
    }
    if (type.contains("BOOL")) {
      return Types.BOOLEAN;
    }
    return type.contains("TIME") || type.contains("DATE") ? Types.TIMESTAMP : Types.OTHER;
  }
}
