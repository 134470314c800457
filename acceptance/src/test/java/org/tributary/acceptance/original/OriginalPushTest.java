package org.tributary.acceptance.original;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.tributary.acceptance.push.Program;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.testbed.DatabaseServer;
import org.tributary.testbed.MariaDbServer;
import org.tributary.testbed.PostgresServer;

/**
 * A gateway of the original system, which can't be changed, pushes to {@code serve}: every row that
 * it sends is at central afterwards, whatever goes wrong on the way.
 */
class OriginalPushTest {

  private static final int SAMPLES = 4_000;
  private static final int LIMIT = 5_000;
  private static final Pattern NAME = Pattern.compile("@(\\w+)");

  @TempDir Path folder;
  private final int port = Program.freePort();

  @ParameterizedTest
  @EnumSource
  void push_ofAWholeHouse_bringsEveryRow_andThenNothingTwice(TestEngine engine) throws Exception {
    String database = engine.freshDatabase();
    OriginalGateway gateway = new OriginalGateway(SAMPLES);
    OriginalClient client = new OriginalClient(port, gateway, LIMIT);
    try (Program serve = Program.serve(folder, database, port)) {
      client.push();
      int first = client.requests;
      client.push();

      assertThat(first).isGreaterThan(20);
      assertThat(client.requests).as("with nothing new").isEqualTo(7);
      assertThat(serve.isAlive()).isTrue();
    }
    assertThat(client.sentReadings).hasSizeGreaterThan(20_000);
    assertThat(client.sentStates).hasSizeGreaterThan(3_000);
    assertAllArrived(engine, database, client);
    try (Connection connection = TestEngine.connect(database)) {
      assertThat(rows(connection, engine, "SELECT @hostname, @version FROM @Pushstatus"))
          .containsExactly(
              OriginalClient.HOSTNAME + "|" + OriginalClient.VERSION,
              OriginalClient.HOSTNAME + "|" + OriginalClient.VERSION);
      assertThat(rows(connection, engine, "SELECT @hostname FROM @Server"))
          .containsExactly(OriginalClient.HOSTNAME);
      assertThat(rows(connection, engine, "SELECT COUNT(*) FROM tributary_setaside"))
          .containsExactly("0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void push_goesOn_whereANodeMoves_andNewReadingsCome(TestEngine engine) throws Exception {
    String database = engine.freshDatabase();
    OriginalGateway gateway = new OriginalGateway(400);
    List<OriginalGateway.Reading> later =
        new ArrayList<>(gateway.readings.subList(1_200, gateway.readings.size()));
    gateway.readings.removeAll(later);
    OriginalClient client = new OriginalClient(port, gateway, 600);
    try (Program serve = Program.serve(folder, database, port)) {
      client.push();
      long node = later.get(later.size() - 1).node();
      gateway.nodes.put(node, gateway.places.get(3));
      gateway.readings.addAll(later);
      client.push();

      assertThat(serve.isAlive()).isTrue();
      try (Connection connection = TestEngine.connect(database)) {
        assertThat(rows(connection, engine, "SELECT @locationId FROM @Node WHERE @id = " + node))
            .containsExactly(Long.toString(client.central(gateway.places.get(3))));
      }
    }
    assertThat(client.sentReadings).hasSizeGreaterThan(2_000);
    assertAllArrived(engine, database, client);
  }

  /** F19: nothing of the house came through, on every run. */
  @ParameterizedTest
  @EnumSource
  void push_withAPoisonedRowAndANodeThatCantBeMade_bringsAllTheRest(TestEngine engine)
      throws Exception {
    String database = engine.freshDatabase();
    OriginalGateway gateway = new OriginalGateway(400);
    OriginalGateway.Reading poisoned = gateway.readings.get(700);
    gateway.readings.set(
        700,
        new OriginalGateway.Reading(
            poisoned.time(), poisoned.node(), poisoned.type(), poisoned.location(), Double.NaN));
    gateway.nodeTypes.put(10L, 99); // its type is never synchronised
    OriginalClient client = new OriginalClient(port, gateway, 500);
    try (Program serve = Program.serve(folder, database, port)) {
      client.push();
      client.sentReadings.remove(List.of(poisoned.time(), poisoned.node(), poisoned.type()));
      Map<List<Object>, OriginalGateway.Reading> waiting = new HashMap<>(client.sentReadings);
      waiting.values().removeIf(reading -> reading.node() != 10);
      assertThat(waiting).isNotEmpty();

      try (Connection connection = TestEngine.connect(database)) {
        assertThat(rows(connection, engine, "SELECT COUNT(*) FROM @Reading"))
            .containsExactly(Integer.toString(client.sentReadings.size() - waiting.size()));
        assertThat(
                rows(
                    connection,
                    engine,
                    "SELECT rule, COUNT(*) FROM tributary_setaside WHERE table_name = 'Reading' GROUP BY rule ORDER BY rule"))
            .containsExactly("PARENT_MISSING|" + waiting.size(), "VALUE_NOT_HELD|1");
      }

      post("nodetype/", "{\"id\": 99, \"name\": \"new\"}");
      client.push();

      assertThat(serve.isAlive()).isTrue();
    }
    assertAllArrived(engine, database, client);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
  void push_whileTheDatabaseDies_hears500_andTheNextRunCompletesIt(TestEngine engine)
      throws Exception {
    try (DatabaseServer server =
        engine == TestEngine.MARIADB ? MariaDbServer.start() : PostgresServer.start()) {
      String database = server.freshDatabase();
      OriginalGateway gateway = new OriginalGateway(1_000);
      OriginalClient client = new OriginalClient(port, gateway, 1_000);
      try (Program serve = Program.serve(folder, database, port)) {
        client.beforeBatch =
            batch -> {
              if (batch == 3) {
                server.kill();
              }
            };
        assertThatThrownBy(client::push)
            .isInstanceOf(OriginalClient.UploadFails.class)
            .hasMessageContaining("Not stored");
        assertThat(client.sentReadings).hasSize(3_000);

        server.restart();
        client.push();

        assertThat(serve.isAlive()).isTrue();
      }
      assertThat(client.sentReadings).hasSizeGreaterThan(5_500);
      assertAllArrived(engine, database, client);
    }
  }

  @Test
  void push_whileCentralDies_completesOnTheNextRun() throws Exception {
    String database = TestEngine.SQLITE.freshDatabase();
    OriginalGateway gateway = new OriginalGateway(1_000);
    OriginalClient client = new OriginalClient(port, gateway, 1_000);
    try (Program first = Program.serve(folder, database, port)) {
      client.beforeBatch =
          batch -> {
            if (batch == 3) {
              first.kill();
            }
          };
      assertThatThrownBy(client::push).isInstanceOf(IOException.class);
    }
    try (Program second = Program.serve(folder, database, port)) {
      client.push();

      assertThat(second.isAlive()).isTrue();
    }
    assertThat(client.sentReadings).hasSizeGreaterThan(5_500);
    assertAllArrived(TestEngine.SQLITE, database, client);
  }

  private void post(String path, String body) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/rest/%s".formatted(port, path)))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  /** Every row that it sent is there with the same cells, at its house and room, and no other. */
  private static void assertAllArrived(TestEngine engine, String database, OriginalClient client)
      throws SQLException {
    Map<Long, String> rooms = new HashMap<>();
    new OriginalGateway(1).places.forEach(place -> rooms.put(place.location(), place.roomName()));
    try (Connection connection = TestEngine.connect(database)) {
      List<String> readings =
          rows(
              connection,
              engine,
              """
              SELECT r.@time, r.@nodeId, r.@type, h.@address, d.@name, m.@name, r.@value
              FROM @Reading r
              JOIN @Location l ON l.@id = r.@locationId
              JOIN @House h ON h.@id = l.@houseId
              JOIN @Deployment d ON d.@id = h.@deploymentId
              JOIN @Room m ON m.@id = l.@roomId
              """);
      List<String> sent = new ArrayList<>();
      for (OriginalGateway.Reading reading : client.sentReadings.values()) {
        sent.add(
            String.join(
                "|",
                time(reading.time()),
                Long.toString(reading.node()),
                Integer.toString(reading.type()),
                "1 Elm_Street & 2",
                "Push test",
                rooms.get(reading.location()),
                Double.toString(reading.value() + 0.0)));
      }
      assertSame(readings, sent);
      List<String> states =
          rows(
              connection,
              engine,
              "SELECT @time, @nodeId, @parent, @localtime, @seq_num, @rssi FROM @NodeState");
      sent.clear();
      for (OriginalGateway.State state : client.sentStates.values()) {
        sent.add(
            "%s|%d|%d|%d|%d|%d"
                .formatted(
                    time(state.time()),
                    state.node(),
                    state.parent(),
                    state.localtime(),
                    state.sequence(),
                    state.rssi()));
      }
      assertSame(states, sent);
    }
  }

  private static void assertSame(List<String> there, List<String> sent) {
    List<String> sortedThere = there.stream().sorted().toList();
    List<String> sortedSent = sent.stream().sorted().toList();
    for (int i = 0; i < Math.min(sortedThere.size(), sortedSent.size()); i++) {
      assertThat(sortedThere.get(i)).isEqualTo(sortedSent.get(i));
    }
    assertThat(there).hasSameSizeAs(sent);
  }

  private static String time(Instant time) {
    return LocalDateTime.ofInstant(time, ZoneOffset.UTC).toString();
  }

  private static List<String> rows(Connection connection, TestEngine engine, String sql)
      throws SQLException {
    String quoted =
        NAME.matcher(sql)
            .replaceAll(name -> Matcher.quoteReplacement(engine.quoted(name.group(1))));
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(quoted)) {
      List<String> rows = new ArrayList<>();
      while (found.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          cells.add(RestCentral.text(found.getObject(i)));
        }
        rows.add(String.join("|", cells));
      }
      return rows;
    }
  }
}
