package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tributary.acceptance.servers.OriginalSchema;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.testbed.SlowLink;
import org.tributary.wire.Batch;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Greeting;
import org.tributary.wire.Lane;
import org.tributary.wire.Plan;
import org.tributary.wire.Position;
import org.tributary.wire.Proposal;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.Tables;

/** What becomes of rows that are pushed straight into a remote database of the original schema. */
class DirectTransportTest {

  private static final int NODE = 37;

  @TempDir Path folder;
  private String url = "";
  private TestEngine engine = TestEngine.MARIADB;
  private final List<AutoCloseable> opened = new ArrayList<>();

  static Stream<Arguments> remotes() {
    return Stream.of(
        Arguments.of(TestEngine.MARIADB, true),
        Arguments.of(TestEngine.MARIADB, false),
        Arguments.of(TestEngine.POSTGRESQL, true),
        Arguments.of(TestEngine.POSTGRESQL, false));
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  @ParameterizedTest
  @MethodSource("remotes")
  void push_bringsEveryRowOnceAndThenNothing(TestEngine on, boolean createTables) throws Exception {
    remote(on);
    DirectGateway gateway = gateway("house-1", createTables, "12 Orchard Lane", NODE);
    gateway.measured(NODE, 0, 3_000);

    PushResult first = gateway.push();
    PushResult again = gateway.push();
    PushResult later = gateway.restart().push();

    assertThat(first.refused()).isEmpty();
    assertThat(there()).isEqualTo(gateway.readings()).hasSize(3_000);
    assertThat(count("NodeState")).isEqualTo(3_000);
    assertThat(again.sent()).isZero();
    assertThat(later.sent()).as("a new process knows what is there").isZero();
    assertThat(ourTables()).isEqualTo(createTables);
  }

  @ParameterizedTest
  @MethodSource("remotes")
  void push_afterTheSmallFilesAreLost_matchesAnewAndStoresNothingTwice(
      TestEngine on, boolean createTables) throws Exception {
    remote(on);
    DirectGateway gateway = gateway("house-1", createTables, "12 Orchard Lane", NODE);
    gateway.measured(NODE, 0, 500).push();

    gateway.forget().measured(NODE, 500, 600).push();

    assertThat(there()).isEqualTo(gateway.readings()).hasSize(600);
    assertThat(count("House")).isEqualTo(1);
    assertThat(count("Sensor")).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("remotes")
  void push_ofRowsLoggedLateOrEdited_mendsThem(TestEngine on, boolean createTables)
      throws Exception {
    remote(on);
    DirectGateway gateway = gateway("house-1", createTables, "12 Orchard Lane", NODE);
    gateway.measured(NODE, 100, 800).push();

    gateway.measured(NODE, 0, 100).sql("UPDATE Reading SET value = 99.5 WHERE value = 3.25");
    gateway.push();

    assertThat(there()).isEqualTo(gateway.readings()).hasSize(800);
  }

  @ParameterizedTest
  @MethodSource("remotes")
  void push_byTwoGateways_sharesRoomsAndKeepsHousesApart(TestEngine on, boolean createTables)
      throws Exception {
    remote(on);
    DirectGateway one = gateway("house-1", createTables, "12 Orchard Lane", NODE);
    DirectGateway two = gateway("house-2", createTables, "14 Orchard Lane", 38);
    one.measured(NODE, 0, 300).push();
    two.measured(38, 0, 200).push();
    one.measured(NODE, 300, 400).push();

    List<String> all = new ArrayList<>(one.readings());
    all.addAll(two.readings());

    assertThat(there()).containsExactlyInAnyOrderElementsOf(all);
    assertThat(count("House")).isEqualTo(2);
    assertThat(count("Deployment")).isEqualTo(1);
  }

  /** Another program has put a node of that number into a house that is not this gateway's. */
  @ParameterizedTest
  @MethodSource("remotes")
  void push_ofANodeThatIsInSomebodyElsesHouse_takesNothingOver(TestEngine on, boolean createTables)
      throws Exception {
    remote(on);
    change("INSERT INTO @Deployment@ (id, name) VALUES (1, 'Orchard')");
    change("INSERT INTO @House@ (id, @deploymentId@, address) VALUES (1, 1, '99 Elsewhere')");
    change("INSERT INTO @Location@ (id, @houseId@, @roomId@) VALUES (1, 1, 4)");
    change("INSERT INTO @Node@ (id, @locationId@, @nodeTypeId@) VALUES (37, 1, 0)");
    if (on == TestEngine.POSTGRESQL) {
      change(
          "SELECT setval(pg_get_serial_sequence('\"Deployment\"', 'id'), 5),"
              + " setval(pg_get_serial_sequence('\"House\"', 'id'), 5),"
              + " setval(pg_get_serial_sequence('\"Location\"', 'id'), 5)");
    }
    DirectGateway gateway = gateway("house-1", createTables, "12 Orchard Lane", NODE);
    gateway.measured(NODE, 0, 10).push();

    assertThat(there()).isEmpty();
    assertThat(gateway.transport().setAside())
        .anyMatch(row -> row.rule() == Rule.CLAIMED && row.reason().contains("no house of this"));

    change("UPDATE @House@ SET @endDate@ = '2020-01-01 00:00:00' WHERE id = 1"); // it has moved
    gateway.push();
    assertThat(there()).isEqualTo(gateway.readings()).hasSize(10);
  }

  @ParameterizedTest
  @MethodSource("remotes")
  void push_whenHandsChangedTheRemote_leavesTheirEditsAlone(TestEngine on, boolean createTables)
      throws Exception {
    remote(on);
    DirectGateway gateway = gateway("house-1", createTables, "12 Orchard Lane", NODE);
    gateway.measured(NODE, 0, 10).push();
    change("UPDATE @Sensor@ SET @calibrationOffset@ = 4.5");
    change("UPDATE @House@ SET @endDate@ = '2025-01-01 00:00:00'");

    gateway.restart().measured(NODE, 10, 20).push();
    gateway.sql("UPDATE Sensor SET calibrationSlope = 2.0").restart().push();

    assertThat(number("SELECT @calibrationOffset@ FROM @Sensor@")).isEqualTo(4.5);
    assertThat(number("SELECT @calibrationSlope@ FROM @Sensor@")).isEqualTo(2.0);
    assertThat(number("SELECT COUNT(*) FROM @House@ WHERE @endDate@ IS NOT NULL")).isEqualTo(1);
    assertThat(there()).isEqualTo(gateway.readings());
  }

  /** The remote was set up anew: ids that were matched before belong to others now. */
  @ParameterizedTest
  @MethodSource("remotes")
  void push_whenTheRemoteWasMadeAnew_filesNothingUnderWhatWasThereBefore(
      TestEngine on, boolean createTables) throws Exception {
    remote(on);
    DirectGateway gateway = gateway("house-1", createTables, "12 Orchard Lane", NODE);
    gateway.measured(NODE, 0, 10).push();
    if (createTables) {
      return; // it says so itself: its books went with it
    }
    change("DELETE FROM @Reading@");
    change("DELETE FROM @NodeState@");
    change("DELETE FROM @Sensor@");
    change("DELETE FROM @Node@");
    change("UPDATE @House@ SET @address@ = 'Somebody else lives here'");

    gateway.restart().measured(NODE, 10, 20).push();

    assertThat(there()).isEqualTo(gateway.readings()).hasSize(20);
    assertThat(count("House")).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("remotes")
  void push_whenAnAnswerOrARequestIsLost_goesOnWithTheNextPush(TestEngine on, boolean createTables)
      throws Exception {
    remote(on);
    int number = 0;
    for (SlowLink.Loss loss : SlowLink.Loss.values()) {
      number++;
      try (SlowLink link = link(Duration.ZERO)) {
        int node = NODE + number;
        DirectGateway gateway =
            gateway("house-" + number, createTables, loss + " Lane", node, link.port());
        gateway.measured(node, 0, 300).batchesOf(200).push();
        int readings = gateway.readings().size();
        // Wherever it breaks, be it before the commit, in it or after it.
        for (int turns = 5; turns < 90; turns += 27) {
          gateway.measured(node, readings, readings + 300);
          readings += 300;
          link.breakAfter(turns, loss);
          try {
            gateway.push();
          } catch (IOException e) {
            assertThat(link.hasBroken()).isTrue();
          }
          gateway.push();
          assertThat(thereOf(node)).as("%s after %d", loss, turns).isEqualTo(gateway.readings());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("remotes")
  void push_afterTheProcessEndedInTheMiddle_goesOnWhereTheRowsEnd(
      TestEngine on, boolean createTables) throws Exception {
    remote(on);
    try (SlowLink link = link(Duration.ZERO)) {
      DirectGateway gateway =
          gateway("house-1", createTables, "12 Orchard Lane", NODE, link.port());
      gateway.batchesOf(100).push();
      gateway.measured(NODE, 0, 2_000).sql("DELETE FROM NodeState");
      link.breakAfter(200, SlowLink.Loss.REQUEST);
      assertThatThrownBy(gateway::push).isInstanceOf(IOException.class);
      long before = count("Reading");

      PushResult result = gateway.restart().push();

      assertThat(before).isBetween(1L, 1_999L);
      assertThat(there()).isEqualTo(gateway.readings());
      assertThat(result.unchanged()).as("hardly anything travels twice").isLessThan(500);
    }
  }

  @ParameterizedTest
  @MethodSource("remotes")
  void push_ofMoreRows_takesNoMoreTurns(TestEngine on, boolean createTables) throws Exception {
    remote(on);
    try (SlowLink link = link(Duration.ZERO)) {
      DirectGateway gateway =
          gateway("house-1", createTables, "12 Orchard Lane", NODE, link.port());
      gateway.measured(NODE, 0, 200).push();
      Transport transport = gateway.batchesOf(20_000).transport();
      gateway.push();
      gateway.measured(NODE, 200, 10_200);

      int small = turns(link, transport, 200, 300);
      int large = turns(link, transport, 300, 10_200);

      assertThat(large).as("for 9,900 readings; 100 took %d", small).isLessThanOrEqualTo(20);
    }
  }

  /** Turns of one batch of readings. */
  private static int turns(SlowLink link, Transport transport, int from, int to) throws Exception {
    Rows.Builder rows = new Rows.Builder(Tables.READING, Tables.READING.columns(), to - from);
    for (int minute = from; minute < to; minute++) {
      rows.row(
          DirectGateway.MORNING.plusSeconds(minute * 60L), (long) NODE, 0L, 9L, minute % 100 / 4.0);
    }
    Rows all = rows.build();
    Position after =
        Position.of(DirectGateway.MORNING.plusSeconds((from - 1) * 60L), (long) NODE, 0L);
    int before = link.turns();
    transport.send(
        new Batch(
            Tables.READING,
            Lane.LIVE,
            Optional.of(after),
            Optional.ofNullable(all.keyAt(all.size() - 1)),
            all,
            List.of()));
    return link.turns() - before;
  }

  /** As the original MariaDB has it: single precision, whole seconds. */
  @ParameterizedTest
  @MethodSource("remotes")
  void push_ofWhatTheRemoteWouldChange_setsItAsideAndStoresItsNeighbours(
      TestEngine on, boolean createTables) throws Exception {
    if (on != TestEngine.MARIADB) {
      return; // the original's FLOAT is double precision there
    }
    engine = on;
    url = on.freshDatabase();
    try (Connection connection = TestEngine.connect(url)) {
      OriginalSchema.create(connection, on);
    }
    DirectGateway gateway = gateway("house-1", createTables, "12 Orchard Lane", NODE);
    gateway
        .measured(NODE, 0, 50)
        .reading("2024-05-02 08:00:00.000000", NODE, 1234567.25)
        .reading("2024-05-02 08:01:00.500000", NODE, 21.34)
        .reading("2024-05-02 08:02:00.000000", NODE, 21.34);

    PushResult result = gateway.push();

    List<SetAside> aside = gateway.transport().setAside();
    assertThat(aside).extracting(SetAside::rule).containsOnly(Rule.VALUE_NOT_HELD).hasSize(2);
    assertThat(aside).extracting(SetAside::reason).anyMatch(reason -> reason.contains("FLOAT"));
    assertThat(aside)
        .extracting(SetAside::reason)
        .anyMatch(reason -> reason.contains("whole seconds"));
    assertThat(result.setAside()).isEqualTo(2);
    assertThat(there()).hasSize(51).isSubsetOf(gateway.readings());
    assertThat(gateway.transport().caveat().orElseThrow()).contains("Reading.value (FLOAT)");
    assertThat(gateway.push().sent()).as("what is set aside is no difference").isZero();
  }

  @ParameterizedTest
  @MethodSource("remotes")
  void status_ofAnotherProcess_knowsHowFarThePushHasCome(TestEngine on, boolean createTables)
      throws Exception {
    remote(on);
    DirectGateway gateway = gateway("house-1", createTables, "12 Orchard Lane", NODE);
    assertThat(gateway.transport().status()).isEmpty();
    assertThat(ourTables()).as("asking makes no tables").isFalse();
    gateway.measured(NODE, 0, 10).push();

    Transport other = gateway.restart().transport();

    assertThat(other.status().orElseThrow().tables())
        .filteredOn(table -> table.table().equals("Reading"))
        .allMatch(table -> table.position().isPresent());
    assertThat(other.caveat().orElseThrow())
        .contains(createTables ? "in tables named tributary_" : "create_tables = no");
  }

  @ParameterizedTest
  @MethodSource("remotes")
  void plan_beforeTheFirstPush_saysWhatWouldComeOfItAndChangesNothing(
      TestEngine on, boolean createTables) throws Exception {
    remote(on);
    DirectGateway gateway = gateway("house-1", createTables, "12 Orchard Lane", NODE);
    Rows deployments =
        new Rows.Builder(Tables.DEPLOYMENT, Tables.DEPLOYMENT.travelling(), 1)
            .row(7L, "Orchard", null, null, null)
            .build();
    Proposal proposal =
        new Proposal(
            new Greeting(
                new GatewayId("house-1"), "machine", "host", "1", 2, DirectGateway.MORNING),
            List.of(
                new Batch(
                    Tables.DEPLOYMENT,
                    Lane.LIVE,
                    Optional.empty(),
                    Optional.empty(),
                    deployments,
                    List.of())));

    Plan plan = gateway.transport().plan(proposal).orElseThrow();

    assertThat(plan.steps())
        .singleElement()
        .returns(Plan.Act.CREATED, Plan.Step::act)
        .returns("name \"Orchard\"", Plan.Step::shown);
    assertThat(count("Deployment")).isZero();
    assertThat(ourTables()).isFalse();
    gateway.measured(NODE, 0, 3).push();
    assertThat(there()).hasSize(3);
  }

  private void remote(TestEngine on) throws Exception {
    engine = on;
    url = on.freshDatabase();
    DirectRemote.createOriginal(url, on);
  }

  private DirectGateway gateway(String id, boolean createTables, String address, int node)
      throws Exception {
    return gateway(id, createTables, address, node, URI.create(url).getPort());
  }

  private DirectGateway gateway(String id, boolean createTables, String address, int node, int port)
      throws Exception {
    String through = url.replaceFirst(":\\d+/", ":" + port + "/");
    DirectGateway gateway =
        new DirectGateway(folder, id, through, createTables).withAHouse(address, node);
    opened.add(gateway);
    return gateway;
  }

  private SlowLink link(Duration roundTrip) throws IOException {
    return new SlowLink(URI.create(url).getPort(), roundTrip);
  }

  /** What is edited in the remote database comes into the logger's own, and goes no further. */
  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "POSTGRESQL"})
  void push_ofAGatewayThatTakesEdits_bringsThoseOfTheRemoteDatabase(TestEngine on)
      throws Exception {
    remote(on);
    DirectGateway gateway =
        gateway("house-1", true, "12 Orchard Lane", NODE).takingEdits().measured(NODE, 0, 10);
    gateway.push();
    change("UPDATE @House@ SET @address@ = '12a Orchard Lane'");
    change("UPDATE @Sensor@ SET @calibrationOffset@ = 0.75");

    PushResult taking = gateway.push();
    PushResult again = gateway.push();

    assertThat(taking.taken().left()).isEmpty();
    assertThat(taking.taken().done()).hasSize(2);
    assertThat(again.taken().done()).isEmpty();
    assertThat(again.sent()).isZero();
    try (Statement statement = gateway.connection().createStatement();
        ResultSet found =
            statement.executeQuery("SELECT address, calibrationOffset FROM House, Sensor")) {
      assertThat(found.next()).isTrue();
      assertThat(found.getString(1)).isEqualTo("12a Orchard Lane");
      assertThat(found.getDouble(2)).isEqualTo(0.75);
    }
  }

  private List<String> there() throws Exception {
    try (Connection connection = TestEngine.connect(url)) {
      return DirectGateway.readings(connection, engine);
    }
  }

  private List<String> thereOf(int node) throws Exception {
    return there().stream().filter(line -> line.contains(" " + node + " 0 ")).toList();
  }

  private boolean ourTables() throws Exception {
    try (Connection connection = TestEngine.connect(url);
        ResultSet found =
            connection
                .getMetaData()
                .getTables(connection.getCatalog(), connection.getSchema(), "tributary%", null)) {
      return found.next();
    }
  }

  private void change(String sql) throws Exception {
    try (Connection connection = TestEngine.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(DirectGateway.spelled(engine, sql));
    }
  }

  private long count(String table) throws Exception {
    return (long) number("SELECT COUNT(*) FROM @" + table + "@");
  }

  private double number(String sql) throws Exception {
    try (Connection connection = TestEngine.connect(url);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(DirectGateway.spelled(engine, sql))) {
      found.next();
      return found.getDouble(1);
    }
  }
}
