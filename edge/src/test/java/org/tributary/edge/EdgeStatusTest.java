package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.edge.config.TransportKind;
import org.tributary.store.WallClock;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.GatewayId;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.GatewayStatus.TableStatus;
import org.tributary.wire.Greeting;
import org.tributary.wire.Position;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Welcome;

class EdgeStatusTest {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final RemoteConfig REMOTE =
      new RemoteConfig(
          "central",
          TransportKind.AUTO,
          Optional.of(URI.create("http://central.example/")),
          Optional.empty());

  @TempDir Path folder;
  LoggerFile logger;
  LocalDatabase local;
  final AskedCentral central = new AskedCentral();
  PushRecord.Content lastPush = PushRecord.Content.NONE;

  @BeforeEach
  void setUp() throws SQLException {
    logger =
        LoggerFile.create(folder.resolve("house.db"))
            .withReading("2026-03-01 11:50:00", 37)
            .withReading("2026-03-01 11:55:00", 37)
            .withReading("2042-01-01 00:00:00", 37)
            .withReading("2042-01-02 00:00:00", 37);
    local = new LocalDatabase(logger.url(), WallClock.UTC);
  }

  @AfterEach
  void tearDown() {
    local.close();
  }

  @Test
  void status_whenCentralHasNeverHeardOfUs_countsEverything() throws SQLException {
    logger.run("INSERT INTO RoomType (id, name) VALUES (1, 'Bedroom')");

    RemoteStatus status = status();

    assertThat(status.standing()).isEqualTo(Standing.WAITING);
    assertThat(waiting(status, Tables.READING).rows()).isEqualTo(4);
    assertThat(waiting(status, Tables.ROOM_TYPE).rows()).isEqualTo(1);
    assertThat(status.rowsWaiting()).isEqualTo(5);
  }

  @Test
  void status_countsBehindThePositionOfEachLane() {
    central.knows(reading(position("2026-03-01T11:50:00Z"), position("2042-01-01T00:00:00Z"), 1));

    Waiting readings = waiting(status(), Tables.READING);

    assertThat(readings)
        .isEqualTo(
            new Waiting(
                Tables.READING,
                Optional.of(position("2026-03-01T11:50:00Z")),
                2,
                1,
                0,
                Optional.of(Instant.parse("2026-03-01T11:55:00Z")),
                0));
  }

  @Test
  void status_whenRowsFromTheFutureAreSetAsideAlready_doesNotCountThemAgain() {
    central.knows(reading(position("2026-03-01T11:55:00Z"), position("2042-01-02T00:00:00Z"), 2));
    central.keepsApart(Rule.CLOCK_UNTRUSTED);

    RemoteStatus status = status();

    assertThat(status.rowsWaiting()).isZero();
    assertThat(status.standing()).isEqualTo(Standing.ACTION_NEEDED);
    assertThat(status.firstSetAside()).hasSize(1);
    assertThat(status.clockOffset()).contains(Duration.ofMillis(1_500));
  }

  @Test
  void status_whenNothingIsMissing_isAllSent() {
    central.knows(reading(position("2026-03-01T11:55:00Z"), position("2042-01-02T00:00:00Z"), 0));

    assertThat(status().standing()).isEqualTo(Standing.ALL_SENT);
  }

  @Test
  void status_whenRowsHaveNoTime_asksForAPerson() throws SQLException {
    central.knows(reading(position("2026-03-01T11:55:00Z"), position("2042-01-02T00:00:00Z"), 0));
    logger.run("INSERT INTO Reading (time, nodeId, type, value) VALUES (NULL, 37, 0, 20.5)");

    RemoteStatus status = status();

    assertThat(status.rowsTimeless()).isEqualTo(1);
    assertThat(status.rowsWaiting()).isZero();
    assertThat(status.standing()).isEqualTo(Standing.ACTION_NEEDED);
  }

  @Test
  void status_whenAWholeTableHasChanged_countsAllOfIt() throws SQLException {
    central.knows(
        reading(position("2026-03-01T11:55:00Z"), position("2042-01-02T00:00:00Z"), 0),
        new TableStatus("RoomType", Optional.of(Position.fingerprint("old")), Optional.empty(), 0));
    logger
        .run("INSERT INTO RoomType (id, name) VALUES (1, 'Bedroom')")
        .run("INSERT INTO RoomType (id, name) VALUES (2, 'Wet Room')");

    RemoteStatus status = status();

    assertThat(status.standing()).isEqualTo(Standing.WAITING);
    assertThat(waiting(status, Tables.ROOM_TYPE).rows()).isEqualTo(2);
  }

  @Test
  void status_whenCentralIsAway_goesByTheLastPush() {
    central.failure = new IOException("nothing answers there");
    lastPush =
        new PushRecord.Content(
            Optional.of(NOW),
            Map.of("Reading", position("2042-01-01T00:00:00Z")),
            Map.of(),
            7,
            Optional.of("the line broke"),
            false,
            new Rates(List.of(0.5, 2.0)),
            Optional.empty());

    RemoteStatus status = status();

    assertThat(status.standing()).isEqualTo(Standing.WAITING_FOR_NETWORK);
    assertThat(status.lastContact()).contains(NOW);
    assertThat(status.setAside()).isEqualTo(7);
    assertThat(status.lastProblem()).contains("the line broke");
    assertThat(waiting(status, Tables.READING).rows()).isEqualTo(1);
    assertThat(status.timeLeft())
        .contains(new Rates.Range(Duration.ofSeconds(1), Duration.ofSeconds(2)));
  }

  @Test
  void status_whenRowsOfBeforeDiffer_isNotAllSent() {
    central.knows(
        new TableStatus(
            "Reading",
            Optional.of(position("2026-03-01T11:55:00Z")),
            Optional.of(position("2042-01-02T00:00:00Z")),
            0,
            Optional.empty(),
            4,
            3));

    RemoteStatus status = status();

    assertThat(status.standing()).isEqualTo(Standing.WAITING);
    assertThat(status.differing()).isEqualTo(3);
    assertThat(status.kept()).isEqualTo(4);
    assertThat(status.oldestWaiting()).isEmpty();
    assertThat(status.timeLeft()).isEmpty();
  }

  @Test
  void status_whenTheLastPushWasRefused_needsActionThoughNothingWaits() {
    central.knows(reading(position("2026-03-01T11:55:00Z"), position("2042-01-02T00:00:00Z"), 0));
    lastPush =
        new PushRecord.Content(
            Optional.of(NOW),
            Map.of(),
            Map.of(),
            0,
            Optional.of("another machine has that name"),
            true,
            Rates.NONE,
            Optional.empty());

    assertThat(status().standing()).isEqualTo(Standing.ACTION_NEEDED);
  }

  @Test
  void status_whenTheLocalDatabaseCantBeRead_stillSaysWhatCentralHas() throws SQLException {
    central.knows(reading(position("2026-03-01T11:55:00Z"), position("2042-01-02T00:00:00Z"), 0));
    logger.run("DROP TABLE House");

    RemoteStatus status = status();

    assertThat(status.standing()).isEqualTo(Standing.ACTION_NEEDED);
    assertThat(status.localFailure().orElseThrow()).hasMessageContaining("lacks House");
    assertThat(status.lastSample()).contains(Instant.parse("2026-03-01T11:55:00Z"));
    assertThat(status.waiting()).isEmpty();
  }

  @Test
  void status_neverGreets() {
    status();

    assertThat(central.changed).isFalse();
  }

  private RemoteStatus status() {
    return EdgeStatus.status(REMOTE, central, lastPush, local, NOW);
  }

  private static Waiting waiting(RemoteStatus status, Table table) {
    return status.waiting().stream()
        .filter(each -> each.table().equals(table))
        .findFirst()
        .orElseThrow();
  }

  private static Position position(String time) {
    return Position.of(Instant.parse(time), 37L, 0L);
  }

  private static TableStatus reading(Position live, Position untrusted, long setAside) {
    return new TableStatus("Reading", Optional.of(live), Optional.of(untrusted), setAside);
  }

  /** A central that answers questions, and remembers if it was asked to change anything. */
  private static final class AskedCentral implements Transport {
    private @Nullable IOException failure;
    private @Nullable GatewayStatus status;
    private List<SetAside> apart = List.of();
    private boolean changed;

    void knows(TableStatus... tables) {
      status =
          new GatewayStatus(
              new GatewayId("house12"),
              "raspi",
              "0.1.0",
              NOW,
              NOW,
              1_500,
              NOW.plus(Duration.ofHours(1)),
              List.of(tables));
    }

    void keepsApart(Rule rule) {
      apart = List.of(new SetAside("Reading", "[1]", rule, "because"));
    }

    @Override
    public Optional<GatewayStatus> status() throws IOException {
      if (failure != null) {
        throw failure;
      }
      return Optional.ofNullable(status);
    }

    @Override
    public List<SetAside> setAside() {
      return apart;
    }

    @Override
    public Welcome greet(Greeting greeting) {
      changed = true;
      throw new AssertionError("A question must not greet");
    }

    @Override
    public Ack send(Batch batch) {
      changed = true;
      throw new AssertionError("A question must not send");
    }
  }
}
