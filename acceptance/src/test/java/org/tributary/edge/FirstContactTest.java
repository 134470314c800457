package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.testbed.SlowLink;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;

/** What it costs to be new at a remote database: turns on the way to it, counted and not timed. */
class FirstContactTest {

  /** Of a first push with ten houses; a link of 300 ms makes 300 turns a minute and a half. */
  private static final int MOST_TURNS = 300;

  /** A hundred more rows of a table may take so many more. */
  private static final int MORE_TURNS_OF_A_TABLE = 2;

  private static final int TABLES = 9;

  @TempDir Path folder;

  static Stream<Arguments> remotes() {
    return Stream.of(
        Arguments.of(TestEngine.MARIADB, true),
        Arguments.of(TestEngine.MARIADB, false),
        Arguments.of(TestEngine.POSTGRESQL, true));
  }

  @ParameterizedTest
  @MethodSource("remotes")
  void push_ofManyHouses_takesNoMoreTurnsThanOfAFew(TestEngine engine, boolean createTables)
      throws Exception {
    int few = turns(engine, createTables, 10);
    int many = turns(engine, createTables, 120);

    assertThat(few).isLessThanOrEqualTo(MOST_TURNS);
    assertThat(many)
        .as("for 120 houses, rooms, locations, nodes and sensors; ten of each took %d", few)
        .isLessThanOrEqualTo(few + MORE_TURNS_OF_A_TABLE * TABLES);
  }

  /** Of a push of so many houses to where none of them is known. */
  private int turns(TestEngine engine, boolean createTables, int houses) throws Exception {
    String url = engine.freshDatabase();
    DirectRemote.createOriginal(url, engine);
    try (SlowLink link = new SlowLink(URI.create(url).getPort(), Duration.ZERO);
        DirectGateway gateway =
            new DirectGateway(
                folder,
                "gateway-" + houses,
                url.replaceFirst(":\\d+/", ":" + link.port() + "/"),
                createTables)) {
      addHouses(gateway, houses);
      PushResult result = gateway.push();
      int turns = link.turns();

      assertThat(result.refused()).isEmpty();
      assertThat(result.setAside()).isZero();
      String places = "FROM @House@ h JOIN @Location@ l ON l.@houseId@ = h.@id@";
      assertThat(
              lines(
                  url,
                  engine,
                  "SELECT h.@address@, m.@name@, n.@id@, s.@calibrationOffset@ "
                      + places
                      + " JOIN @Room@ m ON m.@id@ = l.@roomId@"
                      + " JOIN @Node@ n ON n.@locationId@ = l.@id@"
                      + " JOIN @Sensor@ s ON s.@nodeId@ = n.@id@ ORDER BY n.@id@"))
          .as("each in its house, its room, its place")
          .isEqualTo(expected(houses));
      return turns;
    }
  }

  private static List<String> expected(int houses) {
    List<String> lines = new ArrayList<>();
    for (int i = 1; i <= houses; i++) {
      lines.add("%d Orchard Lane|Study %d|%d|%d".formatted(i, i, 1_000 + i, i));
    }
    return lines;
  }

  private static void addHouses(DirectGateway gateway, int houses) throws SQLException {
    gateway.sql("INSERT INTO Deployment (id, name) VALUES (7, 'Orchard')");
    for (int i = 1; i <= houses; i++) {
      addHouse(gateway, i, i + " Orchard Lane");
    }
  }

  private static void addHouse(DirectGateway gateway, int i, String address) throws SQLException {
    int id = 500 + i;
    gateway
        .sql(
            "INSERT INTO House (id, deploymentId, address) VALUES (%d, 7, '%s')"
                .formatted(id, address))
        .sql("INSERT INTO Room (id, roomTypeId, name) VALUES (%d, 1, 'Study %d')".formatted(id, i))
        .sql("INSERT INTO Location (id, houseId, roomId) VALUES (%d, %d, %d)".formatted(id, id, id))
        .sql(
            "INSERT INTO Node (id, locationId, nodeTypeId) VALUES (%d, %d, 0)"
                .formatted(1_000 + i, id))
        .sql(
            "INSERT INTO Sensor (sensorTypeId, nodeId, calibrationSlope, calibrationOffset)"
                + " VALUES (0, %d, 1.0, %d)".formatted(1_000 + i, i));
  }

  @Test
  void push_ofNewRowsOfWhichOneIsRefusedThere_storesItsNeighbours() throws Exception {
    String url = TestEngine.MARIADB.freshDatabase();
    DirectRemote.createOriginal(url, TestEngine.MARIADB);
    try (Connection connection = TestEngine.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE `House` MODIFY address VARCHAR(20)");
    }
    try (DirectGateway gateway = new DirectGateway(folder, "house-1", url, true)) {
      gateway.sql("INSERT INTO Deployment (id, name) VALUES (7, 'Orchard')");
      addHouse(gateway, 1, "1 Orchard Lane");
      addHouse(gateway, 2, "2 Orchard Lane, behind the mill");
      addHouse(gateway, 3, "3 Orchard Lane");

      gateway.push();

      assertThat(gateway.transport().setAside())
          .extracting(SetAside::rule)
          .contains(Rule.DATABASE, Rule.PARENT_MISSING);
      assertThat(
              lines(
                  url,
                  TestEngine.MARIADB,
                  "SELECT h.@address@, n.@id@ FROM @House@ h"
                      + " JOIN @Location@ l ON l.@houseId@ = h.@id@"
                      + " JOIN @Node@ n ON n.@locationId@ = l.@id@ ORDER BY n.@id@"))
          .containsExactly("1 Orchard Lane|1001", "3 Orchard Lane|1003");
    }
  }

  private static List<String> lines(String url, TestEngine engine, String sql) throws Exception {
    List<String> lines = new ArrayList<>();
    try (Connection connection = TestEngine.connect(url);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(DirectGateway.spelled(engine, sql))) {
      int columns = found.getMetaData().getColumnCount();
      while (found.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          cells.add(
              found.getObject(i) instanceof Number number
                  ? Long.toString(number.longValue())
                  : found.getString(i));
        }
        lines.add(String.join("|", cells));
      }
    }
    return lines;
  }
}
