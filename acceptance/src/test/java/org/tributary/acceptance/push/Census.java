package org.tributary.acceptance.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tributary.acceptance.servers.TestEngine;

/**
 * What a database holds, a line a row, by SQL of its own: nothing of the program under test is
 * asked what is there.
 */
public final class Census {

  // A name that has to be quoted as the engine does.
  private static final Pattern NAME = Pattern.compile("@(\\w+)");

  private final List<String> readings;
  private final List<String> states;

  private Census(List<String> readings, List<String> states) {
    this.readings = readings;
    this.states = states;
  }

  /** Counts what is in a database, given by its URL in SQLAlchemy's form. */
  public static Census of(TestEngine engine, String url) throws SQLException {
    try (Connection connection = TestEngine.connect(url)) {
      return new Census(
          lines(
              connection,
              engine,
              """
              SELECT r.@time, r.@nodeId, r.@type, h.@address, m.@name, r.@value
              FROM @Reading r
              LEFT JOIN @Location l ON l.@id = r.@locationId
              LEFT JOIN @House h ON h.@id = l.@houseId
              LEFT JOIN @Room m ON m.@id = l.@roomId
              ORDER BY r.@time, r.@nodeId, r.@type
              """),
          lines(
              connection,
              engine,
              """
              SELECT @time, @nodeId, @seq_num, @parent, @localtime, @rssi
              FROM @NodeState
              ORDER BY @time, @nodeId, @seq_num
              """));
    }
  }

  /** I1, I2: every row of the house is at central once, bit-equal, and nothing else is there. */
  public static void assertAllIsAtCentral(House house, TestEngine engine, String central)
      throws SQLException {
    Census here = of(TestEngine.SQLITE, house.url());
    Census there = of(engine, central);
    assertThat(here.readings).hasSize((int) house.logged()).doesNotHaveDuplicates();
    assertSame(here.readings, there.readings);
    assertSame(here.states, there.states);
  }

  /** How many readings there are. */
  public int readings() {
    return readings.size();
  }

  /** The first difference says more than two lists of thousands. */
  private static void assertSame(List<String> here, List<String> there) {
    for (int i = 0; i < Math.min(here.size(), there.size()); i++) {
      assertThat(there.get(i)).as("row %d of %d", i, here.size()).isEqualTo(here.get(i));
    }
    assertThat(there).as("rows at central").hasSameSizeAs(here);
  }

  private static List<String> lines(Connection connection, TestEngine engine, String sql)
      throws SQLException {
    String quoted =
        NAME.matcher(sql)
            .replaceAll(name -> Matcher.quoteReplacement(engine.quoted(name.group(1))));
    List<String> lines = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(quoted);
        ResultSet row = statement.executeQuery()) {
      int columns = row.getMetaData().getColumnCount();
      while (row.next()) {
        StringBuilder line = new StringBuilder(time(row, engine).toString());
        for (int i = 2; i <= columns; i++) {
          line.append('|').append(cell(row, i));
        }
        lines.add(line.toString());
      }
    }
    return lines;
  }

  private static LocalDateTime time(ResultSet row, TestEngine engine) throws SQLException {
    return engine == TestEngine.SQLITE
        ? LocalDateTime.parse(row.getString(1).replace(' ', 'T'))
        : row.getObject(1, LocalDateTime.class);
  }

  private static String cell(ResultSet row, int index) throws SQLException {
    Object cell = row.getObject(index);
    return cell instanceof Double real
        ? "0x" + Long.toHexString(Double.doubleToLongBits(real))
        : String.valueOf(cell);
  }
}
