package org.tributary.acceptance.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tributary.acceptance.servers.TestEngine;

/**
 * What a database holds, by SQL of its own: nothing of the program under test is asked.
 *
 * @param rows key to everything else, as {@link Oracle.Row} has them
 * @param twice keys that are there more than once
 * @param apart how many rows central keeps apart
 */
record Stock(Map<String, String> rows, List<String> twice, int apart) {

  private static final Pattern NAME = Pattern.compile("@(\\w+)"); // quoted as the engine does

  static Stock of(TestEngine engine, String url) throws SQLException {
    try (Connection connection = TestEngine.connect(url)) {
      Map<String, String> rows = new TreeMap<>();
      List<String> twice = new ArrayList<>();
      read(
          connection,
          engine,
          "R",
          """
          SELECT r.@time, r.@nodeId, r.@type, h.@address, m.@name, r.@value
          FROM @Reading r
          LEFT JOIN @Location l ON l.@id = r.@locationId
          LEFT JOIN @House h ON h.@id = l.@houseId
          LEFT JOIN @Room m ON m.@id = l.@roomId
          """,
          rows,
          twice);
      read(
          connection,
          engine,
          "S",
          "SELECT @time, @nodeId, @seq_num, @parent, @localtime, @rssi FROM @NodeState",
          rows,
          twice);
      return new Stock(
          rows, twice, count(connection, engine, "SELECT COUNT(*) FROM tributary_setaside"));
    }
  }

  /** How many rows there are, quicker than all of them. */
  static int size(TestEngine engine, String url) throws SQLException {
    try (Connection connection = TestEngine.connect(url)) {
      return count(connection, engine, "SELECT COUNT(*) FROM @Reading")
          + count(connection, engine, "SELECT COUNT(*) FROM @NodeState");
    }
  }

  private static int count(Connection connection, TestEngine engine, String sql)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery(quoted(engine, sql))) {
      return count.next() ? count.getInt(1) : 0;
    }
  }

  private static void read(
      Connection connection,
      TestEngine engine,
      String kind,
      String sql,
      Map<String, String> rows,
      List<String> twice)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(quoted(engine, sql))) {
      while (row.next()) {
        LocalDateTime time =
            engine == TestEngine.SQLITE
                ? LocalDateTime.parse(row.getString(1).replace(' ', 'T'))
                : row.getObject(1, LocalDateTime.class);
        String key = key(kind, time, row.getInt(2), row.getInt(3));
        String rest = rest(row.getObject(4), row.getObject(5), row.getObject(6));
        if (rows.put(key, rest) != null) {
          twice.add(key);
        }
      }
    }
  }

  static String key(String kind, LocalDateTime time, long node, long third) {
    return "%s %s %d %d".formatted(kind, time, node, third);
  }

  /** Reals bit by bit. */
  static String rest(Object... cells) {
    StringBuilder line = new StringBuilder();
    for (Object cell : cells) {
      line.append('|');
      line.append(
          cell instanceof Double real
              ? "0x" + Long.toHexString(Double.doubleToLongBits(real))
              : String.valueOf(cell));
    }
    return line.toString();
  }

  private static String quoted(TestEngine engine, String sql) {
    return NAME.matcher(sql)
        .replaceAll(name -> Matcher.quoteReplacement(engine.quoted(name.group(1))));
  }
}
