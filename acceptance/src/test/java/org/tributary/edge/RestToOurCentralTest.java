package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.server.CentralServer;
import org.tributary.store.DatabaseUrl;

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
