package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.server.CentralServer;
import org.tributary.store.DatabaseUrl;
import org.tributary.wire.MergeTerms;

/** A gateway pushes through the REST interface of a central of ours, which holds more. */
class RestToOurCentralTest {

  @TempDir Path folder;

  @Test
  void push_keepsWhatAnOriginalServerWouldSpoil_andSendsNothingTwice() throws Exception {
    String url = TestEngine.SQLITE.freshDatabase();
    try (CentralServer central =
            CentralServer.start(
                DatabaseUrl.parse(url, folder),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                CentralServer.Auth.OFF,
                "test",
                Clock.systemUTC());
        RestGateway gateway =
            RestGateway.withAHouse(
                folder, URI.create("http://127.0.0.1:%d/rest/".formatted(central.port())))) {
      gateway.sql("UPDATE House SET address = 'Flat_2 \uD83C\uDFE0'");
      gateway.sql(
          "INSERT INTO Room (id, roomTypeId, name) VALUES (13, 4, 'Conservatory, north east')");
      gateway.sql(
          "INSERT INTO Sensor (sensorTypeId, nodeId, calibrationSlope, calibrationOffset)"
              + " VALUES (0, 37, 1.5, -2)");
      gateway.reading("2024-05-01 08:00:00.200000", 1234567);
      gateway.reading("2024-05-01 08:00:00.700000", "1e300");
      gateway.reading("2023-05-01 08:00:00.000000", 37, 2, "NULL", 0.1);
      gateway.state("2024-05-01 08:00:00.200000", 37, 1);

      PushResult first = gateway.push();
      PushResult second = gateway.push();
      PushResult third = gateway.restart().push();

      assertThat(first.allDelivered()).as(first + " " + gateway.setAside()).isTrue();
      assertThat(second.sent()).isZero();
      assertThat(third.sent()).isZero();
      assertThat(column(url, "SELECT value FROM Reading ORDER BY time"))
          .containsExactly(0.1, 1234567.0, 1e300);
      assertThat(column(url, "SELECT address FROM House")).containsExactly("Flat_2 \uD83C\uDFE0");
      assertThat(column(url, "SELECT calibrationSlope FROM Sensor")).containsExactly(1.5);
      assertThat(column(url, "SELECT name FROM Room")).contains("Conservatory, north east");
      assertThat(column(url, "SELECT parent FROM NodeState")).hasSize(1);
    }
  }

  @Test
  void push_ofAMirror_removesASensorAndANodeWithoutReadingsThereToo() throws Exception {
    String url = TestEngine.SQLITE.freshDatabase();
    try (CentralServer central =
            CentralServer.start(
                DatabaseUrl.parse(url, folder),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                CentralServer.Auth.OFF,
                "test",
                Clock.systemUTC());
        RestGateway gateway =
            RestGateway.withAHouse(
                    folder, URI.create("http://127.0.0.1:%d/rest/".formatted(central.port())))
                .terms(MergeTerms.of(true, true, "central"))) {
      gateway
          .sql("INSERT INTO Node (id, locationId, nodeTypeId) VALUES (38, 9, 0)")
          .sql("INSERT INTO Sensor (sensorTypeId, nodeId, calibrationSlope) VALUES (0, 37, 1.5)")
          .sql("INSERT INTO Sensor (sensorTypeId, nodeId, calibrationSlope) VALUES (2, 38, 2.5)")
          .readings(0, 2);
      gateway.push();

      gateway.sql("DELETE FROM Sensor WHERE nodeId = 38").sql("DELETE FROM Node WHERE id = 38");
      gateway.push();

      assertThat(column(url, "SELECT calibrationSlope FROM Sensor")).containsExactly(1.5);
      assertThat(column(url, "SELECT id FROM Node")).hasSize(1);
      assertThat(gateway.restart().push().sent()).isZero();
    }
  }

  /** Sensors are looked at less often than the rest, so what is known of them is older. */
  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "MARIADB"})
  void push_ofAMirror_removesASensorAndANodeHereThatWereRemovedThere(TestEngine engine)
      throws Exception {
    String url = engine.freshDatabase();
    try (CentralServer central =
            CentralServer.start(
                DatabaseUrl.parse(url, folder),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                CentralServer.Auth.OFF,
                "test",
                Clock.systemUTC());
        RestGateway gateway =
            RestGateway.withAHouse(
                    folder, URI.create("http://127.0.0.1:%d/rest/".formatted(central.port())))
                .terms(MergeTerms.of(true, true, "central"));
        Connection there = TestEngine.connect(url);
        Statement statement = there.createStatement()) {
      gateway
          .sql("INSERT INTO Node (id, locationId, nodeTypeId) VALUES (38, 9, 0)")
          .sql("INSERT INTO Sensor (sensorTypeId, nodeId, calibrationSlope) VALUES (0, 37, 1.5)")
          .sql("INSERT INTO Sensor (sensorTypeId, nodeId, calibrationSlope) VALUES (2, 38, 2.5)")
          .readings(0, 2);
      gateway.push();
      statement.execute("DELETE FROM Sensor WHERE sensorTypeId = 2");
      statement.execute("DELETE FROM Node WHERE id = 38");
      gateway.restart().push();
      assertThat(gateway.column("SELECT id FROM Node")).as("created again").hasSize(2);
      assertThat(column(url, "SELECT id FROM Sensor")).as("created again").hasSize(2);
      gateway.restart().push();

      statement.execute("DELETE FROM Sensor WHERE sensorTypeId = 2");
      statement.execute("DELETE FROM Node WHERE id = 38");
      gateway.restart().push();

      assertThat(gateway.column("SELECT calibrationSlope FROM Sensor")).containsExactly(1.5);
      assertThat(gateway.column("SELECT id FROM Node")).hasSize(1);
      assertThat(column(url, "SELECT id FROM Node")).hasSize(1);
      assertThat(gateway.restart().push().sent()).isZero();
    }
  }

  /** Ours shows its sensors, which an original server does not. */
  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "MARIADB"})
  void push_afterSensorsWereEditedAndAddedThere_bringsThemHere(TestEngine engine) throws Exception {
    String url = engine.freshDatabase();
    try (CentralServer central =
            CentralServer.start(
                DatabaseUrl.parse(url, folder),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                CentralServer.Auth.OFF,
                "test",
                Clock.systemUTC());
        RestGateway gateway =
            RestGateway.withAHouse(
                    folder, URI.create("http://127.0.0.1:%d/rest/".formatted(central.port())))
                .terms(MergeTerms.of(true, false, "central"));
        Connection there = TestEngine.connect(url);
        Statement statement = there.createStatement()) {
      gateway.sql(
          "INSERT INTO Sensor (sensorTypeId, nodeId, calibrationSlope, calibrationOffset)"
              + " VALUES (0, 37, 1.23456789, -2)");
      gateway.push();
      statement.execute("UPDATE Sensor SET calibrationOffset = 0.123456789");
      statement.execute(
          "INSERT INTO Sensor (sensorTypeId, nodeId, calibrationSlope) VALUES (2, 37, 3.5)");

      PushResult result = gateway.restart().push();

      assertThat(result.taken().done()).hasSize(2);
      assertThat(gateway.column("SELECT calibrationOffset FROM Sensor WHERE sensorTypeId = 0"))
          .containsExactly(0.123456789);
      assertThat(gateway.column("SELECT calibrationSlope FROM Sensor ORDER BY sensorTypeId"))
          .containsExactly(1.23456789, 3.5);
      assertThat(gateway.push().sent()).isZero();
      assertThat(gateway.restart().push().sent()).isZero();
      assertThat(column(url, "SELECT id FROM Sensor")).hasSize(2);
    }
  }

  private static List<Object> column(String url, String sql) throws Exception {
    List<Object> cells = new ArrayList<>();
    try (Connection connection = TestEngine.connect(url);
        PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        cells.add(row.getObject(1));
      }
    }
    return cells;
  }
}
