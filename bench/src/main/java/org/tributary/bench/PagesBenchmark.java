package org.tributary.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.slf4j.LoggerFactory;
import org.tributary.server.CentralServer;
import org.tributary.store.DatabaseUrl;
import org.tributary.wire.Micros;

/**
 * How long central's pages take for a fleet: the first look after a start, and the median of those
 * that follow. The books of the fleet are made up; no reading is needed for these pages.
 *
 * <p>Run with the number of gateways (1000) and of days that each has pushed (60).
 */
public final class PagesBenchmark {

  private static final int LOOKS = 15;
  private static final int NODES = 4;
  private static final int READINGS_A_DAY = 1_152;

  private PagesBenchmark() {}

  /** Measures and prints. */
  public static void main(String[] arguments) throws Exception {
    ((Logger) LoggerFactory.getLogger("ROOT")).setLevel(Level.ERROR);
    int gateways = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
    int days = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60;
    Path folder = Files.createTempDirectory("pages");
    DatabaseUrl url = DatabaseUrl.parse("sqlite:///" + folder.resolve("central.db"), folder);
    start(url).close(); // makes the tables
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("central.db"))) {
      connection.setAutoCommit(false);
      fill(connection, gateways, days);
      connection.commit();
    }
    try (CentralServer central = start(url)) {
      central.rehearse(); // as serve does
      Thread.sleep(5_000); // until somebody has found the address
      System.out.printf("%,d gateways, %d days each%n", gateways, days);
      for (String path :
          new String[] {
            "/",
            "/attention",
            "/gateways/gateway-0500",
            "/coverage",
            "/houses",
            "/inbox",
            "/metrics"
          }) {
        look("http://127.0.0.1:" + central.port(), path);
      }
    }
  }

  private static CentralServer start(DatabaseUrl url) throws IOException {
    return CentralServer.start(
        url,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        CentralServer.Auth.OFF,
        "bench",
        Clock.systemUTC());
  }

  private static void look(String root, String path) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(root + path)).header("Accept", "text/html").build();
    double[] millis = new double[LOOKS];
    int size = 0;
    for (int i = 0; i < LOOKS; i++) {
      long begun = System.nanoTime();
      size = client.send(request, BodyHandlers.ofByteArray()).body().length;
      millis[i] = (System.nanoTime() - begun) / 1e6;
    }
    double first = millis[0];
    Arrays.sort(millis);
    System.out.printf(
        "%-22s first %6.0f ms, then %6.0f ms (median of %d), %,d bytes%n",
        path, first, millis[LOOKS / 2], LOOKS, size);
  }

  private static void fill(Connection connection, int gateways, int days) throws SQLException {
    Instant now = Clock.systemUTC().instant();
    long today = now.getEpochSecond() / 86_400 * 24;
    String time = "2020-01-01 00:00:00";
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO Deployment (id, name) VALUES (1, 'Bench')");
    }
    try (PreparedStatement house =
            connection.prepareStatement(
                "INSERT INTO House (id, deploymentId, address) VALUES (?, 1, ?)");
        PreparedStatement location =
            connection.prepareStatement(
                "INSERT INTO Location (id, houseId, roomId) VALUES (?, ?, 1)");
        PreparedStatement node =
            connection.prepareStatement("INSERT INTO Node (id, locationId) VALUES (?, ?)");
        PreparedStatement gateway =
            connection.prepareStatement(
                """
                INSERT INTO tributary_gateway
                  (id, name, machine, hostname, version, first_contact, last_contact, compared,
                   clock_offset)
                VALUES (?, ?, '', 'pi', '0.1.0', '%s', ?, ?, 20)
                """
                    .formatted(time));
        PreparedStatement mapping =
            connection.prepareStatement(
                """
                INSERT INTO tributary_mapping
                  (gateway_id, table_name, local_id, central_id, evidence, base, since, in_force)
                VALUES (?, ?, ?, ?, '', '{}', '%s', 1)
                """
                    .formatted(time));
        PreparedStatement claim =
            connection.prepareStatement(
                """
                INSERT INTO tributary_claim
                  (gateway_id, table_name, first_hour, row_count, row_sum, missing, noticed)
                VALUES (?, 'Reading', ?, ?, 0, ?, ?)
                """);
        PreparedStatement digest =
            connection.prepareStatement(
                """
                INSERT INTO tributary_digest
                  (table_name, first_hour, node_id, column_set, place, row_count, row_sum, stale)
                VALUES ('Reading', ?, ?, 31, ?, ?, 0, 0)
                """)) {
      for (int i = 1; i <= gateways; i++) {
        run(house, i, i + " Orchard Lane");
        run(location, i, i);
        String greeted = stamp(now.minusSeconds(i % 900));
        run(gateway, i, "gateway-%04d".formatted(i), greeted, greeted);
        run(mapping, i, "House", 1, i);
        for (int n = 0; n < NODES; n++) {
          run(node, NODES * i + n, i);
          run(mapping, i, "Node", n, NODES * i + n);
        }
        for (int day = 0; day < days; day++) {
          long hour = today - 24L * day;
          run(
              claim,
              i,
              hour,
              NODES * READINGS_A_DAY,
              i % 20 == 0 && day == 0 ? 300 : 0,
              stamp(now.minus(Duration.ofDays(day))));
          for (int n = 0; n < NODES; n++) {
            run(digest, hour, NODES * i + n, i, READINGS_A_DAY);
          }
        }
      }
    }
  }

  /** As central writes them on SQLite. */
  private static String stamp(Instant time) {
    return Micros.toInstant(Micros.of(time)).toString().replace('T', ' ').replace("Z", "");
  }

  private static void run(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    statement.executeUpdate();
  }
}
