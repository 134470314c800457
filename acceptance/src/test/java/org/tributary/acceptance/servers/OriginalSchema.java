package org.tributary.acceptance.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The schema of Cogent-house as a fresh installation has it, with the rows it is born with. The
 * statements stand in {@code original-*.sql}, one file an engine.
 */
public final class OriginalSchema {
  /** A field in quotes, with quotes in it doubled, or one without; and the comma after it. */
  private static final Pattern CSV_FIELD = Pattern.compile("(?:\"((?:[^\"]|\"\")*)\"|([^\",]*)),");

  private OriginalSchema() {}

  /** Creates the tables and their first rows in an empty database. */
  public static void create(Connection connection, TestEngine engine) throws SQLException {
    String script =
        switch (engine) {
          case SQLITE -> "original-sqlite.sql";
          case MARIADB -> "original-mariadb.sql";
          case POSTGRESQL -> "original-postgresql.sql";
        };
    try (Statement statement = connection.createStatement()) {
      for (String sql : resource(script).split(";\n", -1)) {
        if (!sql.isBlank()) {
          statement.execute(sql);
        }
      }
    }
    for (String table : List.of("SensorType", "NodeType", "RoomType", "Room")) {
      seed(connection, engine, table);
    }
    if (engine == TestEngine.POSTGRESQL) {
      countOn(connection);
    }
  }

  private static void seed(Connection connection, TestEngine engine, String table)
      throws SQLException {
    List<String> lines = resource("/org/tributary/store/seed/" + table + ".csv").lines().toList();
    List<String> columns = Arrays.asList(lines.get(0).split(",", -1));
    try (BulkInsert rows = new BulkInsert(connection, engine, table, columns)) {
      for (String line : lines.subList(1, lines.size())) {
        List<@Nullable String> fields = fields(line);
        @Nullable Object[] row = new Object[columns.size()];
        for (int i = 0; i < row.length; i++) {
          row[i] = value(columns.get(i), fields.get(i));
        }
        rows.add(row);
      }
      rows.finish();
    }
  }

  /** The rows came with their ids, which PostgreSQL's counters have not noticed. */
  private static void countOn(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : List.of("RoomType", "Room")) {
        statement.execute(
            """
            SELECT setval(pg_get_serial_sequence('"%1$s"', 'id'), MAX(id))
            FROM "%1$s"
            """
                .formatted(table));
      }
    }
  }

  private static @Nullable Object value(String column, @Nullable String text) {
    if (text == null) {
      return null;
    }
    return switch (column) {
      case "name", "code", "units", "configured" -> text;
      case "time" -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
      case "blink" -> text.equals("1");
      case "c0", "c1", "c2", "c3" -> Double.valueOf(text);
      default -> Integer.valueOf(text);
    };
  }

  private static List<@Nullable String> fields(String line) {
    List<@Nullable String> fields = new ArrayList<>();
    Matcher field = CSV_FIELD.matcher(line + ",");
    while (field.find()) {
      String inQuotes = field.group(1);
      String bare = field.group(2);
      if (inQuotes != null) {
        fields.add(inQuotes.replace("\"\"", "\""));
      } else {
        fields.add(bare.isEmpty() ? null : bare);
      }
    }
    return fields;
  }

  private static String resource(String name) {
    try (InputStream in = OriginalSchema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("Not on the class path: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
