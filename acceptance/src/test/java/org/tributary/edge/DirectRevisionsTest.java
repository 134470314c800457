package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tributary.acceptance.servers.TestEngine;

/** Straight into a database of whatever revision: what fits arrives, what doesn't is told. */
class DirectRevisionsTest {

  private static final int NODE = 37;
  private static final int MINUTES = 150;

  @TempDir Path folder;
  private String url = "";

  static Stream<Arguments> fitting() {
    return cases(
        List.of(
            RemoteRevision.LATEST,
            RemoteRevision.MIGRATED,
            RemoteRevision.BEFORE_NODE_BOOT,
            RemoteRevision.BEFORE_RPC,
            RemoteRevision.BEFORE_SERVER,
            RemoteRevision.BEFORE_RSSI,
            RemoteRevision.WITH_MORE_COLUMNS,
            RemoteRevision.WITH_FEWER_COLUMNS));
  }

  static Stream<Arguments> cases(List<RemoteRevision> revisions) {
    List<Arguments> cases = new ArrayList<>();
    for (RemoteRevision revision : revisions) {
      for (TestEngine engine : List.of(TestEngine.MARIADB, TestEngine.POSTGRESQL)) {
        for (boolean createTables : new boolean[] {true, false}) {
          cases.add(Arguments.of(revision, engine, createTables));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0} on {1}, create_tables {2}")
  @MethodSource("fitting")
  void push_intoARevisionThatFits_bringsAllAndThenNothing(
      RemoteRevision revision, TestEngine engine, boolean createTables) throws Exception {
    try (DirectGateway gateway = gateway(revision, engine, createTables)) {
      gateway.measured(NODE, 0, MINUTES);

      PushResult result = gateway.push();
      gateway.measured(NODE, MINUTES, MINUTES + 20).push();
      PushResult nothing = gateway.restart().push();

      assertThat(result.refused()).isEmpty();
      assertThat(readings(engine)).isEqualTo(gateway.readings()).hasSize(MINUTES + 20);
      assertThat(number(engine, "SELECT COUNT(*) FROM @NodeState@")).isEqualTo(MINUTES + 20);
      assertThat(nothing.sent()).isZero();
      if (revision == RemoteRevision.BEFORE_RSSI) {
        assertThat(gateway.transport().caveat().orElseThrow()).contains("NodeState.rssi");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "POSTGRESQL"})
  void push_intoATableWithoutItsKey_storesNothingTwice(TestEngine engine) throws Exception {
    try (DirectGateway gateway = gateway(RemoteRevision.BEFORE_SEQ_NUM, engine, false)) {
      gateway.measured(NODE, 0, MINUTES);

      PushResult result = gateway.push();

      assertThat(readings(engine)).isEqualTo(gateway.readings()).hasSize(MINUTES);
      assertThat(result.refused())
          .singleElement()
          .asString()
          .contains("NodeState lacks seq_num (INTEGER)")
          .contains("rows of NodeState stay here");
      assertThat(number(engine, "SELECT COUNT(*) FROM @NodeState@")).isZero();
      assertThat(gateway.transport().caveat().orElseThrow()).contains("NodeState");
    }
  }

  /** Duplicates of before are tolerated; what they say is brought to what the gateway says. */
  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "POSTGRESQL"})
  void push_whereRowsStandTwice_multipliesNothing(TestEngine engine) throws Exception {
    for (boolean createTables : new boolean[] {true, false}) {
      try (DirectGateway gateway = gateway(RemoteRevision.MIGRATED, engine, createTables)) {
        gateway.measured(NODE, 0, MINUTES).push();
        change(
            engine,
            "INSERT INTO @Reading@ SELECT * FROM @Reading@ WHERE @value@ < 3"); // the same again
        change(
            engine,
            "INSERT INTO @Reading@ (time, @nodeId@, type, @locationId@, value)"
                + " SELECT time, @nodeId@, type, @locationId@, 99 FROM @Reading@ WHERE value = 7");
        long twice = number(engine, "SELECT COUNT(*) FROM @Reading@");

        gateway.forget().measured(NODE, MINUTES, MINUTES + 150).push();
        PushResult nothing = gateway.push();

        assertThat(twice).isGreaterThan(MINUTES);
        assertThat(number(engine, "SELECT COUNT(*) FROM @Reading@")).isEqualTo(twice + 150);
        assertThat(readings(engine).stream().distinct()).isEqualTo(gateway.readings());
        assertThat(nothing.sent()).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "POSTGRESQL"})
  void push_intoARevisionThatDoesNotFit_isRefusedWithWhatIsInTheWay(TestEngine engine)
      throws Exception {
    refused(RemoteRevision.BEFORE_LOCATION, engine, "31851b4865f1", "no table Location");
    refused(RemoteRevision.WITH_A_NEEDY_COLUMN, engine, "House.owner", "no default");
    refused(
        RemoteRevision.WITH_WHOLE_NUMBERS,
        engine,
        "Reading.value is INT",
        engine == TestEngine.MARIADB ? "DOUBLE here" : "DOUBLE PRECISION here");
    refused(
        RemoteRevision.WITH_A_RENAMED_COLUMN,
        engine,
        engine == TestEngine.MARIADB
            ? "Reading lacks value (DOUBLE)"
            : "Reading lacks value (DOUBLE PRECISION)",
        engine == TestEngine.MARIADB
            ? "Nothing here is its Reading.reading_value (FLOAT)"
            : "Nothing here is its Reading.reading_value (float8)");
  }

  private void refused(RemoteRevision revision, TestEngine engine, String... words)
      throws Exception {
    for (boolean createTables : new boolean[] {true, false}) {
      try (DirectGateway gateway = gateway(revision, engine, createTables)) {
        gateway.measured(NODE, 0, 10);

        assertThatThrownBy(gateway::push)
            .isInstanceOf(RefusedException.class)
            .hasMessageContaining("db upgrade")
            .message()
            .containsIgnoringCase(words[0])
            .contains(words[1]);

        assertThat(number(engine, "SELECT COUNT(*) FROM @Reading@")).isZero();
        assertThat(hasOurTables()).as("nothing was changed").isFalse();
      }
    }
  }

  private DirectGateway gateway(RemoteRevision revision, TestEngine engine, boolean createTables)
      throws Exception {
    url = engine.freshDatabase();
    revision.create(url, engine);
    String id = "house-" + url.replaceAll("\\W+", "-").length() + url.hashCode();
    return new DirectGateway(folder, id, url, createTables).withAHouse("12 Orchard Lane", NODE);
  }

  private List<String> readings(TestEngine engine) throws Exception {
    try (Connection connection = TestEngine.connect(url)) {
      return DirectGateway.readings(connection, engine);
    }
  }

  private boolean hasOurTables() throws Exception {
    try (Connection connection = TestEngine.connect(url);
        ResultSet found =
            connection
                .getMetaData()
                .getTables(connection.getCatalog(), connection.getSchema(), "tributary%", null)) {
      return found.next();
    }
  }

  private void change(TestEngine engine, String sql) throws Exception {
    try (Connection connection = TestEngine.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(DirectGateway.spelled(engine, sql));
    }
  }

  private long number(TestEngine engine, String sql) throws Exception {
    try (Connection connection = TestEngine.connect(url);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(DirectGateway.spelled(engine, sql))) {
      found.next();
      return found.getLong(1);
    }
  }
}
