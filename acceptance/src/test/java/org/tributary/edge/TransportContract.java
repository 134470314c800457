package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.BatchCodec;
import org.tributary.wire.GatewayId;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.Greeting;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.SyncApi;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Unreadable;
import org.tributary.wire.Welcome;

/**
 * What every way to a central has to do, be it that central knows gateways or not, on every engine
 * that central may keep its rows in. One central an engine serves all tests; each test is another
 * gateway with another node.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TransportContract {

  static final Instant MORNING = Instant.parse("2024-05-01T08:00:00Z");

  /** A central at work, and the way to it. */
  interface Central extends AutoCloseable {
    Transport transport(GatewayId gateway);

    @Override
    void close();
  }

  private final Map<TestEngine, String> urls = new EnumMap<>(TestEngine.class);
  private final Map<TestEngine, Central> centrals = new EnumMap<>(TestEngine.class);
  long node;
  GatewayId house = new GatewayId("house");

  /** Starts a central on a database, which is given in SQLAlchemy's form. */
  abstract Central start(String databaseUrl) throws IOException;

  @BeforeEach
  void moveToAnotherHouse() {
    node++;
    house = new GatewayId("house-" + node);
  }

  @AfterAll
  void closeAll() {
    centrals.values().forEach(Central::close);
  }

  @ParameterizedTest
  @EnumSource
  void greet_theFirstTime_hasNothingAndSaysWhatIsTaken(TestEngine engine) throws Exception {
    Instant before = Instant.now();

    Welcome welcome = transport(engine).greet(greeting("machine"));

    assertThat(welcome.protocol()).isEqualTo(SyncApi.PROTOCOL);
    assertThat(welcome.positions()).isEmpty();
    assertThat(welcome.untrusted()).isEmpty();
    assertThat(welcome.setAside()).isZero();
    assertThat(welcome.maxRows()).isGreaterThanOrEqualTo(1_000);
    assertThat(welcome.now()).isBetween(before.minusSeconds(60), before.plusSeconds(60));
    assertThat(welcome.trustedUntil()).isAfter(welcome.now());
  }

  @ParameterizedTest
  @EnumSource
  void status_beforeAnyGreeting_isEmpty(TestEngine engine) throws Exception {
    Transport transport = transport(engine);

    assertThat(transport.status()).isEmpty();
    assertThat(transport.status()).as("asking is not greeting").isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void send_accountsForEachRowAndMovesThePosition(TestEngine engine) throws Exception {
    Transport transport = ready(transport(engine));

    Ack ack = transport.send(live(none(), row(0, 1), row(1, 2), row(2, 3)));

    assertThat(ack).isEqualTo(new Ack(3, 0, 0, List.of(), Optional.of(at(2))));
    assertThat(transport.greet(greeting("machine")).position(Tables.READING, Lane.LIVE))
        .contains(at(2));
  }

  @ParameterizedTest
  @EnumSource
  void send_twice_storesOnce(TestEngine engine) throws Exception {
    Transport transport = ready(transport(engine));
    Batch batch = live(none(), row(0, 1), row(1, 2));
    transport.send(batch);

    Ack again = transport.send(batch);

    assertThat(again.accountedFor()).isEqualTo(2);
    assertThat(again.position()).contains(at(1));
    assertThat(values(engine)).containsExactly(1.0, 2.0);
  }

  @ParameterizedTest
  @EnumSource
  void send_whenAnOldBatchComesAfterNewerOnes_changesNothing(TestEngine engine) throws Exception {
    Transport transport = ready(transport(engine));
    Batch old = live(none(), row(0, 1), row(1, 2));
    transport.send(old);
    transport.send(live(Optional.of(at(1)), row(2, 3), row(3, 4)));

    Ack ack = transport.send(old);

    assertThat(ack.accountedFor()).isEqualTo(2);
    assertThat(ack.position()).contains(at(3));
    assertThat(values(engine)).containsExactly(1.0, 2.0, 3.0, 4.0);
  }

  @ParameterizedTest
  @EnumSource
  void send_whenAValueWasChanged_bringsItOver(TestEngine engine) throws Exception {
    Transport transport = ready(transport(engine));
    transport.send(live(none(), row(0, 1), row(1, 2)));

    transport.send(live(none(), row(0, 1), row(1, 2.5)));

    assertThat(values(engine)).containsExactly(1.0, 2.5);
  }

  @ParameterizedTest
  @EnumSource
  void send_whenRowsCannotBeStored_setsThemAsideWithReasonsAndStoresTheirNeighbours(
      TestEngine engine) throws Exception {
    Transport transport = ready(transport(engine));
    Rows rows =
        readings(
            row(0, 1),
            new Object[] {MORNING.plusSeconds(1), node + 100_000, 0L, null, 2.0}, // no such node
            new Object[] {Instant.parse("1970-01-01T00:00:10Z"), node, 0L, null, 3.0},
            row(2, 4));
    Unreadable bad = new Unreadable("[x, 1, 0]", "{\"value\":\"warm\"}", "value is no number");
    Batch batch =
        new Batch(Tables.READING, Lane.LIVE, none(), Optional.of(at(2)), rows, List.of(bad));

    Ack ack = transport.send(batch);

    assertThat(ack.inserted()).isEqualTo(2);
    assertThat(ack.setAside())
        .extracting(SetAside::rule)
        .containsExactlyInAnyOrder(Rule.PARENT_MISSING, Rule.CLOCK_UNTRUSTED, Rule.UNREADABLE);
    assertThat(ack.setAside()).allMatch(row -> !row.reason().isBlank());
    assertThat(ack.accountedFor()).isEqualTo(batch.size());
    assertThat(values(engine)).containsExactly(1.0, 4.0);
    assertThat(setAside(transport)).isEqualTo(3);

    transport.send(batch);
    assertThat(setAside(transport)).as("each is kept once").isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void send_whenRowsComeFromTheFuture_setsThemAsideAndLeavesTheLivePosition(TestEngine engine)
      throws Exception {
    Transport transport = ready(transport(engine));
    transport.send(live(none(), row(0, 1)));
    Instant future = Instant.now().plus(Duration.ofDays(400)).truncatedTo(ChronoUnit.SECONDS);
    Optional<Position> upTo = Optional.of(Position.of(future, node, 0L));
    Rows rows = readings(new Object[] {future, node, 0L, null, 1.0});

    Ack ack =
        transport.send(new Batch(Tables.READING, Lane.UNTRUSTED, none(), upTo, rows, List.of()));

    assertThat(ack.setAside()).extracting(SetAside::rule).containsExactly(Rule.CLOCK_UNTRUSTED);
    assertThat(ack.position()).isEqualTo(upTo);
    Welcome welcome = transport.greet(greeting("machine"));
    assertThat(welcome.position(Tables.READING, Lane.LIVE)).contains(at(0));
    assertThat(welcome.position(Tables.READING, Lane.UNTRUSTED)).isEqualTo(upTo);
    assertThat(welcome.setAside()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void send_keepsEveryBitOfAValue(TestEngine engine) throws Exception {
    double[] odd = {
      0.0, 0.1, -273.15, 1.4e38, -1.1e38, 1e308, Double.MIN_VALUE, Double.MAX_VALUE, 1.0 / 3, 1e-7
    };
    Transport transport = ready(transport(engine));
    Object[][] rows = new Object[odd.length][];
    List<Object> expected = new ArrayList<>();
    for (int i = 0; i < odd.length; i++) {
      rows[i] = row(i, odd[i]);
      expected.add(odd[i]);
    }

    Ack ack = transport.send(live(none(), rows));

    assertThat(ack.inserted()).isEqualTo(odd.length);
    assertThat(values(engine)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void send_ofAWholeTable_isRememberedByItsFingerprint(TestEngine engine) throws Exception {
    Transport transport = transport(engine);
    transport.greet(greeting("machine"));
    Batch nodes = nodes(node);

    Ack ack = transport.send(nodes);

    assertThat(ack.inserted()).isEqualTo(1);
    assertThat(transport.greet(greeting("machine")).position(Tables.NODE, Lane.LIVE))
        .isEqualTo(nodes.upTo())
        .isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void status_tellsWhatGreetingsAndBatchesLeft(TestEngine engine) throws Exception {
    Transport transport = ready(transport(engine));
    transport.send(live(none(), row(0, 1)));

    GatewayStatus status = transport.status().orElseThrow();

    assertThat(status.gateway()).isEqualTo(house);
    assertThat(status.hostname()).isEqualTo("host");
    assertThat(status.version()).isEqualTo("test");
    assertThat(status.lastContact()).isAfterOrEqualTo(status.firstContact());
    assertThat(Math.abs(status.clockOffsetMillis())).isLessThan(60_000);
    assertThat(status.tables())
        .contains(
            new GatewayStatus.TableStatus("Reading", Optional.of(at(0)), Optional.empty(), 0));
  }

  @ParameterizedTest
  @EnumSource
  void anyAct_afterCentralWasStartedAgain_findsEverything(TestEngine engine) throws Exception {
    String url = engine.freshDatabase();
    try (Central central = start(url)) {
      ready(central.transport(house)).send(live(none(), row(0, 1)));
    }
    try (Central central = start(url)) {
      Transport transport = central.transport(house);

      assertThat(transport.greet(greeting("machine")).position(Tables.READING, Lane.LIVE))
          .contains(at(0));
      assertThat(transport.send(live(none(), row(0, 1))).accountedFor()).isEqualTo(1);
    }
  }

  Transport transport(TestEngine engine) throws IOException {
    Central central = centrals.get(engine);
    if (central == null) {
      urls.put(engine, engine.freshDatabase());
      central = start(urls.get(engine));
      centrals.put(engine, central);
    }
    return central.transport(house);
  }

  /** Greeted, and the node is known. */
  Transport ready(Transport transport) throws IOException, RefusedException {
    transport.greet(greeting("machine"));
    transport.send(
        whole(
            Tables.SENSOR_TYPE,
            new Object[] {0L, "Temperature", "T", "deg.C", 0.0, 1.0, 0.0, 0.0}));
    transport.send(nodes(node));
    return transport;
  }

  Greeting greeting(String machine) {
    return new Greeting(house, machine, "host", "test", SyncApi.PROTOCOL, Instant.now());
  }

  Batch nodes(long... ids) {
    Object[][] rows = new Object[ids.length][];
    for (int i = 0; i < ids.length; i++) {
      rows[i] = new Object[] {ids[i], null, null};
    }
    return whole(Tables.NODE, rows);
  }

  static Batch whole(Table table, Object[]... cells) {
    Rows.Builder rows = new Rows.Builder(table, table.travelling(), cells.length);
    for (Object[] row : cells) {
      rows.row(row);
    }
    Batch whole = new Batch(table, Lane.LIVE, none(), none(), rows.build(), List.of());
    Position fingerprint = Position.fingerprint(BatchCodec.fingerprint(whole));
    return new Batch(table, Lane.LIVE, none(), Optional.of(fingerprint), whole.rows(), List.of());
  }

  /** Readings behind a position, up to the last of them. */
  Batch live(Optional<Position> after, Object[]... cells) {
    Rows rows = readings(cells);
    Optional<Position> upTo = Optional.ofNullable(rows.keyAt(rows.size() - 1));
    return new Batch(Tables.READING, Lane.LIVE, after, upTo, rows, List.of());
  }

  Rows readings(Object[]... cells) {
    Rows.Builder rows = new Rows.Builder(Tables.READING, Tables.READING.columns(), cells.length);
    for (Object[] row : cells) {
      rows.row(row);
    }
    return rows.build();
  }

  Object[] row(int second, double value) {
    return new Object[] {MORNING.plusSeconds(second), node, 0L, null, value};
  }

  Position at(int second) {
    return Position.of(MORNING.plusSeconds(second), node, 0L);
  }

  static Optional<Position> none() {
    return Optional.empty();
  }

  static long setAside(Transport transport) throws IOException, RefusedException {
    return transport.status().orElseThrow().setAside();
  }

  List<Object> values(TestEngine engine) throws Exception {
    String sql =
        "SELECT value FROM %s WHERE %s IN (%d, %d) ORDER BY %s"
            .formatted(
                engine.quoted("Reading"),
                engine.quoted("nodeId"),
                node,
                node + 200_000,
                engine.quoted("time"));
    List<Object> values = new ArrayList<>();
    try (Connection connection = TestEngine.connect(urls.get(engine));
        PreparedStatement select = connection.prepareStatement(sql);
        ResultSet found = select.executeQuery()) {
      while (found.next()) {
        values.add(found.getDouble(1));
      }
    }
    return values;
  }
}
