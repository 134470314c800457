package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tributary.acceptance.original.OriginalServer;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;

/**
 * What arrives at a server that speaks only the REST interface of old. The numbers are those of the
 * ways in which the original client lost or misplaced rows.
 */
class RestTransportTest {

  @TempDir Path folder;
  OriginalServer server;
  RestGateway gateway;

  @BeforeEach
  void startBothEnds() throws Exception {
    server = new OriginalServer("/rest/");
    gateway = RestGateway.withAHouse(folder.resolve("house"), server.url());
    server.seed(gateway.connection());
  }

  @AfterEach
  void stopBothEnds() throws Exception {
    gateway.close();
    server.close();
  }

  @Test
  void push_theFirstTime_createsWhatIsMissingAndDeliversEveryRow() throws Exception {
    gateway.readings(0, 250).state(RestGateway.minute(0), 37, 1);

    PushResult result = gateway.push();

    assertThat(result.allDelivered()).as(result + " " + gateway.setAside()).isTrue();
    assertThat(server.rows("House")).extracting("address").containsExactly("12 Orchard Lane");
    assertThat(server.rows("Location")).extracting("roomId").containsExactly(4L);
    assertThat(server.rows("Reading")).hasSize(250).extracting("locationId").containsOnly(1L);
    assertThat(server.rows("NodeState")).hasSize(1);
    assertThat(server.rows("Room")).as("nothing that is there is created again").hasSize(12);
  }

  @Test
  void push_whenNothingIsNew_sendsNothingButItsReport() throws Exception {
    gateway.readings(0, 30).state(RestGateway.minute(0), 37, 1);
    gateway.push();
    server.requests();

    PushResult again = gateway.restart().push();

    assertThat(again.sent()).isZero();
    List<String> requests = server.requests();
    assertThat(requests).hasSizeLessThan(15);
    assertThat(requests)
        .filteredOn(line -> !line.startsWith("GET"))
        .containsExactly("POST pushstatus/");
  }

  /** F21: the original's database cuts, or refuses in strict mode, what is too long. */
  @Test
  void push_reportsItselfWithinWhatTheServerHolds() throws Exception {
    gateway.push();

    assertThat(server.rows("Pushstatus").get(0))
        .containsEntry("hostname", "a-host-with-quite-a-long-")
        .containsEntry("version", "0.1.0-SNAPSHOT-of-to");
  }

  /** F21. */
  @Test
  void push_whenTheReportIsNotTaken_sendsTheRowsAllTheSame() throws Exception {
    server.each("POST pushstatus", new OriginalServer.Fault.Answer(500, "text/plain", "no"));

    gateway.readings(0, 3).push();

    assertThat(server.rows("Reading")).hasSize(3);
  }

  /** F1. */
  @Test
  void push_whenABatchEndsBetweenRowsOfOneTime_losesNone() throws Exception {
    gateway.batchesOf(10);
    for (int minute = 0; minute < 10; minute++) {
      for (int type : new int[] {0, 2, 6, 8}) {
        gateway.reading(RestGateway.minute(minute), 37, type, "9", minute);
      }
    }

    gateway.push();

    assertThat(server.rows("Reading")).hasSize(40);
  }

  /** F3. */
  @Test
  void push_whenMoreIsLoggedAtTheLastSecondAndTheNext_sendsIt() throws Exception {
    gateway.reading("2024-05-01 08:00:00.000000", 37, 0, "9", 1).push();
    gateway.reading("2024-05-01 08:00:00.000000", 37, 2, "9", 2);
    gateway.reading("2024-05-01 08:00:01.000000", 37, 0, "9", 3);

    gateway.push();

    assertThat(values()).containsExactlyInAnyOrder(1.0, 2.0, 3.0);
  }

  /** F4: the server keeps whole seconds, and one would take the other's place. */
  @Test
  void push_whenTwoReadingsOfOneKeyLieInASecond_keepsTheFirstAndShowsTheOther() throws Exception {
    gateway.reading("2024-05-01 08:00:00.200000", 1);
    gateway.reading("2024-05-01 08:00:00.700000", 2);
    gateway.reading("2024-05-01 08:00:01.100000", 3);

    PushResult result = gateway.push();

    assertThat(values()).containsExactly(1.0, 3.0);
    assertThat(result.setAside()).isEqualTo(1);
    assertThat(gateway.setAside())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.rule()).isEqualTo(Rule.VALUE_NOT_HELD);
              assertThat(row.key()).contains("08:00:00.7");
              assertThat(row.reason()).contains("whole seconds");
            });
  }

  /** F4: not even where a batch or a process ends in between. */
  @Test
  void push_whenABatchEndsWithinASecond_stillTellsItsReadingsApart() throws Exception {
    gateway.batchesOf(1);
    gateway.reading("2024-05-01 08:00:00.200000", 1);
    gateway.reading("2024-05-01 08:00:00.700000", 2);
    gateway.push();
    gateway.reading("2024-05-01 08:00:00.900000", 3);

    PushResult result = gateway.restart().push();

    assertThat(values()).containsExactly(1.0);
    assertThat(result.setAside()).isEqualTo(2);
  }

  /** F5. */
  @Test
  void push_sendsReadingsWithoutALocation() throws Exception {
    gateway.readings(0, 2).reading("2023-01-01 00:00:00.000000", 37, 0, "NULL", 7);

    assertThat(gateway.push().allDelivered()).isTrue();

    assertThat(values()).containsExactlyInAnyOrder(0.0, 1.0, 7.0);
  }

  /** F6, F7. */
  @Test
  void push_sendsAllStatesOfNodesThatMeasuredNothing() throws Exception {
    gateway.batchesOf(10).sql("INSERT INTO Node (id, locationId, nodeTypeId) VALUES (38, 9, 0)");
    for (int number = 0; number < 50; number++) {
      gateway.state(RestGateway.minute(number), 37, number);
      gateway.state(RestGateway.minute(number), 38, number);
    }

    gateway.push();

    assertThat(server.rows("NodeState")).hasSize(100);
  }

  @Test
  void push_whenRowsCannotBeKept_setsThemAsideWithReasonsAndSendsTheirNeighbours()
      throws Exception {
    gateway.reading(RestGateway.minute(0), 1);
    gateway.reading(RestGateway.minute(1), "9e999");
    gateway.reading(RestGateway.minute(2), "'warm'");
    gateway.reading(RestGateway.minute(3), "1e300");
    gateway.reading("1970-01-01 00:00:10.000000", 5);
    gateway.reading("2042-01-01 00:00:00.000000", 6);
    gateway.reading(RestGateway.minute(4), 7);

    PushResult result = gateway.push();

    assertThat(values()).containsExactly(1.0, 7.0);
    assertThat(result.allDelivered()).isFalse();
    assertThat(result.setAside()).isEqualTo(5);
    assertThat(gateway.setAside())
        .extracting(SetAside::rule)
        .containsExactlyInAnyOrder(
            Rule.VALUE_NOT_HELD,
            Rule.VALUE_NOT_HELD,
            Rule.UNREADABLE,
            Rule.CLOCK_UNTRUSTED,
            Rule.CLOCK_UNTRUSTED);
    assertThat(gateway.restart().push().setAside()).as("each is counted once").isEqualTo(5);
    assertThat(gateway.status().setAsideByRule())
        .containsEntry(Rule.VALUE_NOT_HELD, 2L)
        .containsEntry(Rule.UNREADABLE, 1L)
        .containsEntry(Rule.CLOCK_UNTRUSTED, 2L)
        .hasSize(3);
    assertThat(gateway.files().setAside()).content().contains("warm", "in the future");
  }

  @Test
  void push_whenTheListOfRowsSetAsideIsGone_looksAtEverythingAgain() throws Exception {
    gateway.readings(0, 3).reading("1970-01-01 00:00:10.000000", 5).push();
    assertThat(gateway.files().setAside().toFile().delete()).isTrue();

    PushResult result = gateway.restart().push();

    assertThat(result.setAside()).isEqualTo(1);
    assertThat(server.rows("Reading")).hasSize(3);
  }

  @Test
  void push_whenTheRecordIsGone_completesWhatTheServerLacksAndDoublesNothing() throws Exception {
    gateway.readings(0, 30).state(RestGateway.minute(0), 37, 1);
    gateway.sql(
        "INSERT INTO Sensor (sensorTypeId, nodeId, calibrationSlope, calibrationOffset)"
            + " VALUES (0, 37, 1.5, -2)");
    gateway.push();
    server.delete(
        "Reading", row -> Double.valueOf(7).equals(((Number) row.get("value")).doubleValue()));

    gateway.forget().restart().push();

    assertThat(server.rows("Reading")).hasSize(30);
    for (String table : List.of("House", "Location", "Deployment", "Sensor", "Node")) {
      assertThat(server.rows(table)).as(table).hasSize(1);
    }
    assertThat(server.rows("Sensor").get(0)).containsEntry("calibrationSlope", 1.5);
  }

  /** F10: whatever it is, it is not 201 with a list. */
  @ParameterizedTest
  @ValueSource(ints = {503, 404, 401, 302, 200, 201, 429, 502})
  void push_whenABatchIsAnsweredWithAnythingElse_sendsItAgain(int status) throws Exception {
    gateway.batchesOf(10).readings(0, 30);
    gateway.push();
    gateway.readings(30, 60);
    server.next("POST bulk", new OriginalServer.Fault.Answer(status, "text/html", "<p>Welcome!"));

    assertThatThrownBy(gateway::push).isInstanceOf(java.io.IOException.class);
    gateway.push();

    assertThat(server.rows("Reading")).hasSize(60);
    assertThat(gateway.setAside()).isEmpty();
  }

  /** F11 to F16. */
  @ParameterizedTest
  @ValueSource(strings = {"answer", "request"})
  void push_whenTheConnectionBreaksAtAnyRequest_deliversEveryRowOnce(String lost) throws Exception {
    OriginalServer.Fault fault =
        lost.equals("answer")
            ? new OriginalServer.Fault.LoseAnswer()
            : new OriginalServer.Fault.LoseRequest();
    gateway.batchesOf(10).readings(0, 30);
    for (int number = 0; number < 30; number++) {
      gateway.state(RestGateway.minute(number), 37, number);
    }
    for (String request :
        List.of(
            "POST pushstatus",
            "POST deployment",
            "POST house",
            "POST location",
            "POST node/",
            "POST bulk",
            "POST bulk",
            "POST bulk",
            "POST bulk",
            "POST bulk",
            "POST bulk")) {
      server.next(request, fault);
      assertThatThrownBy(gateway::push).as(request).isInstanceOf(java.io.IOException.class);
      gateway.restart();
    }

    assertThat(gateway.push().allDelivered()).isTrue();

    assertThat(server.rows("Reading")).hasSize(30);
    assertThat(server.rows("NodeState")).hasSize(30);
    for (String table : List.of("House", "Location", "Deployment", "Node")) {
      assertThat(server.rows(table)).as(table).hasSize(1);
    }
  }

  /** F18. */
  @Test
  void push_whenTheServerNeverAnswers_givesUp() throws Exception {
    gateway.patience(java.time.Duration.ofMillis(300)).readings(0, 3);
    server.next("POST bulk", new OriginalServer.Fault.Hang());

    assertThatThrownBy(gateway::push).hasMessageContaining("did not answer within");
  }

  /** F19. */
  @Test
  void push_whenTheServerFailsOnARow_setsThatOneAside() throws Exception {
    gateway.readings(0, 200);
    server.poison(row -> isValue(row, 77) || isValue(row, 150));

    PushResult result = gateway.push();

    assertThat(result.setAside()).isEqualTo(2);
    assertThat(server.rows("Reading")).hasSize(198);
    assertThat(gateway.setAside()).extracting(SetAside::rule).containsOnly(Rule.DATABASE);
    server.requests();
    assertThat(gateway.restart().push().setAside()).isEqualTo(2);
    assertThat(server.requests()).noneMatch(line -> line.contains("bulk"));
  }

  @Test
  void push_whenTheServerFailsOnManyRows_getsThroughInTheEnd() throws Exception {
    gateway.readings(0, 200);
    server.poison(row -> row.get("value") instanceof Number value && value.intValue() % 2 == 1);

    assertThatThrownBy(gateway::push).hasMessageContaining("the next push goes on");
    assertThatThrownBy(gateway::push).hasMessageContaining("the next push goes on");
    gateway.push();

    assertThat(server.rows("Reading")).hasSize(100);
    assertThat(gateway.status().setAside()).isEqualTo(100);
  }

  /** A server that is broken for all is no reason to set anything aside. */
  @ParameterizedTest
  @ValueSource(strings = {"POST", "POST bulk"})
  void push_whenTheServerFailsOnEverything_setsNothingAside(String broken) throws Exception {
    gateway.readings(0, 5).push();
    gateway.readings(5, 10);
    server.each(
        broken, new OriginalServer.Fault.Answer(500, "text/plain", "Internal Server Error"));

    assertThatThrownBy(gateway::push).isInstanceOf(java.io.IOException.class);
    server.heal();
    gateway.push();

    assertThat(server.rows("Reading")).hasSize(10);
    assertThat(gateway.setAside()).isEmpty();
  }

  @Test
  void push_whenAnUploadIsTooLarge_sendsItInParts() throws Exception {
    gateway.readings(0, 80);
    server.next("POST bulk", new OriginalServer.Fault.Answer(413, "text/html", "too large"));
    server.next("POST bulk", new OriginalServer.Fault.Answer(413, "text/html", "too large"));

    gateway.push();

    assertThat(server.rows("Reading")).hasSize(80);
    assertThat(gateway.setAside()).isEmpty();
  }

  /** A backup was played in at central: it has less than it acknowledged. */
  @Test
  void push_whenTheServerHasGoneBack_sendsAgainFromThere() throws Exception {
    gateway.readings(0, 60).reading(RestGateway.minute(50), 37, 2, "NULL", 1000);
    for (int number = 0; number < 60; number++) {
      gateway.state(RestGateway.minute(number), 37, number);
    }
    gateway.push();
    java.time.LocalDateTime restored = java.time.LocalDateTime.parse("2024-05-01T08:30:00");
    for (String table : List.of("Reading", "NodeState")) {
      server.delete(table, row -> ((java.time.LocalDateTime) row.get("time")).isAfter(restored));
    }

    PushResult result = gateway.restart().push();

    assertThat(server.rows("Reading")).hasSize(61);
    assertThat(server.rows("NodeState")).hasSize(60);
    assertThat(result.sent()).as("not from the beginning").isLessThan(70);
    assertThat(gateway.push().sent()).isZero();
  }

  /** A witness that will not see what it was told must not make every push begin anew. */
  @Test
  void push_whenTheServerNeverShowsWhatItTook_sendsItAgainOnceOnly() throws Exception {
    gateway.readings(0, 30).push();
    server.each("GET lastsync", new OriginalServer.Fault.Answer(200, "application/json", "null"));

    assertThat(gateway.push().sent()).isEqualTo(30);
    assertThat(gateway.push().sent()).isZero();
    assertThat(gateway.restart().push().sent()).isZero();
  }

  private List<Object> values() {
    return server.rows("Reading").stream().map(row -> row.get("value")).toList();
  }

  private static boolean isValue(Map<?, ?> row, double value) {
    return row.get("value") instanceof Number number && number.doubleValue() == value;
  }
}
