package org.tributary.acceptance.real;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tributary.acceptance.servers.TestEngine;

/** What a database holds, in key order, by SQL that is written for this purpose alone. */
final class Rows {

  // A name that has to be quoted as the engine does.
  private static final Pattern NAME = Pattern.compile("@(\\w+)");

  private static final DateTimeFormatter SQLITE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

  private final Connection connection;
  private final TestEngine engine;

  Rows(Connection connection, TestEngine engine) {
    this.connection = connection;
    this.engine = engine;
  }

  Readings readings() throws SQLException {
    return new Readings(
        query(
            """
            SELECT r.@time, r.@nodeId, r.@type, h.@address, m.@name, r.@value
            FROM @Reading r
            LEFT JOIN @Location l ON l.@id = r.@locationId
            LEFT JOIN @House h ON h.@id = l.@houseId
            LEFT JOIN @Room m ON m.@id = l.@roomId
            ORDER BY r.@time, r.@nodeId, r.@type
            """));
  }

  States states() throws SQLException {
    return new States(
        query(
            """
            SELECT @time, @nodeId, @seq_num, @parent, @localtime, @rssi
            FROM @NodeState
            ORDER BY @time, @nodeId, @seq_num
            """));
  }

  /** Node, type, and calibration as single-precision numbers, which is what the original holds. */
  List<List<Object>> sensors() throws SQLException {
    List<List<Object>> sensors = new ArrayList<>();
    try (ResultSet rows =
        query(
            """
            SELECT @nodeId, @sensorTypeId, @calibrationSlope, @calibrationOffset
            FROM @Sensor
            ORDER BY @nodeId, @sensorTypeId
            """)) {
      while (rows.next()) {
        sensors.add(List.of(rows.getLong(1), rows.getLong(2), rows.getFloat(3), rows.getFloat(4)));
      }
    }
    return sensors;
  }

  private ResultSet query(String sql) throws SQLException {
    connection.setAutoCommit(false); // PostgreSQL streams only so
    PreparedStatement statement = connection.prepareStatement(quoted(sql));
    statement.setFetchSize(10_000);
    statement.closeOnCompletion();
    return statement.executeQuery();
  }

  private String quoted(String sql) {
    return NAME.matcher(sql)
        .replaceAll(name -> Matcher.quoteReplacement(engine.quoted(name.group(1))));
  }

  private LocalDateTime time(ResultSet row) throws SQLException {
    return engine == TestEngine.SQLITE
        ? LocalDateTime.parse(row.getString(1), SQLITE_TIME)
        : row.getObject(1, LocalDateTime.class);
  }

  /** Readings one by one. */
  final class Readings implements AutoCloseable {
    private final ResultSet row;
    private final boolean single;

    Readings(ResultSet row) throws SQLException {
      this.row = row;
      ResultSetMetaData columns = row.getMetaData();
      this.single = engine == TestEngine.MARIADB && columns.getColumnType(6) == Types.REAL;
    }

    boolean next() throws SQLException {
      return row.next();
    }

    List<Object> key() throws SQLException {
      return List.of(time(row), row.getLong(2), row.getLong(3));
    }

    /** House and room by name: ids differ on the two sides. */
    String place() throws SQLException {
      return row.getString(4) + " / " + row.getString(5);
    }

    /** Whether the other side holds this very value; for a FLOAT, its shortest decimal. */
    boolean sameValue(Readings other) throws SQLException {
      @Nullable Double there = other.value();
      if (single) {
        Float here = row.getObject(6) == null ? null : row.getFloat(6) + 0.0f;
        return Objects.equals(here, there == null ? null : there.floatValue())
            && (here == null || digits(there.toString()) <= digits(here.toString()));
      }
      return Objects.equals(value(), there);
    }

    private static int digits(String number) {
      return new BigDecimal(number).stripTrailingZeros().precision();
    }

    private @Nullable Double value() throws SQLException {
      double value = row.getDouble(6);
      return row.wasNull() ? null : value + 0.0; // −0.0 is stored as 0.0
    }

    @Override
    public void close() throws SQLException {
      row.close();
    }
  }

  /** Node states one by one. */
  final class States implements AutoCloseable {
    private final ResultSet row;

    States(ResultSet row) {
      this.row = row;
    }

    boolean next() throws SQLException {
      return row.next();
    }

    List<String> row() throws SQLException {
      List<String> cells = new ArrayList<>();
      cells.add(time(row).toString());
      for (int i = 2; i <= 6; i++) {
        cells.add(String.valueOf(row.getString(i)));
      }
      return cells;
    }

    @Override
    public void close() throws SQLException {
      row.close();
    }
  }
}
