package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;

/** Rows that a database without tables of ours can't take are remembered at the gateway. */
class DirectSetAsideTest {

  private static final int NODE = 37;
  private static final String HOT = "2024-05-02 08:00:00.000000";

  @TempDir Path folder;
  private TestEngine engine = TestEngine.MARIADB;
  private String url = "";
  private DirectGateway gateway;

  /** A database that takes no reading of 1000 or more, and a gateway with two of them. */
  private void start(TestEngine on) throws Exception {
    engine = on;
    url = on.freshDatabase();
    DirectRemote.createOriginal(url, on);
    change("ALTER TABLE @Reading@ ADD CONSTRAINT plausible CHECK (@value@ < 1000)");
    gateway = new DirectGateway(folder, "house-1", url, false).withAHouse("12 Lane", NODE);
    gateway.measured(NODE, 0, 50).reading(HOT, NODE, 4711.5);
    gateway.reading("2024-05-02 08:01:00.000000", NODE, 4712.5);
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "POSTGRESQL"})
  void status_afterTheConnectionIsClosed_tellsTheSameAsThePush(TestEngine on) throws Exception {
    start(on);
    PushResult pushed = gateway.push();

    GatewayStatus status = gateway.restart().transport().status().orElseThrow();

    assertThat(pushed.setAside()).isEqualTo(2);
    assertThat(status.setAside()).isEqualTo(2);
    assertThat(status.setAsideByRule()).isEqualTo(Map.of(Rule.DATABASE, 2L));
    assertThat(gateway.transport().setAside())
        .extracting(SetAside::table)
        .containsExactly("Reading", "Reading");
    PushResult again = gateway.restart().push();
    assertThat(again.sent()).as("what is set aside is no difference").isZero();
    assertThat(again.setAside()).isEqualTo(2);
    assertThat(gateway.setAside()).hasSize(2).anyMatch(line -> line.contains("4711.5"));
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "POSTGRESQL"})
  void push_afterTheRowWasMendedHere_forgetsIt(TestEngine on) throws Exception {
    start(on);
    gateway.push();
    gateway.sql("UPDATE Reading SET value = 47.5 WHERE value = 4711.5").restart();

    PushResult result = gateway.push();

    assertThat(result.setAside()).isEqualTo(1);
    assertThat(gateway.setAside()).singleElement().asString().contains("4712.5");
    assertThat(there("47.5")).isEqualTo(1);
    assertThat(gateway.restart().transport().status().orElseThrow().setAside()).isEqualTo(1);
  }

  /** Edited, and no better than before: what is remembered is the row as it is now. */
  @ParameterizedTest
  @EnumSource(names = {"MARIADB"})
  void push_afterTheRowWasEditedInVain_remembersItAsItIs(TestEngine on) throws Exception {
    start(on);
    gateway.push();
    gateway.sql("UPDATE Reading SET value = 5000 WHERE value = 4711.5").push();

    assertThat(gateway.setAside()).hasSize(2).anyMatch(line -> line.contains("5000"));
    assertThat(gateway.restart().push().sent()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "POSTGRESQL"})
  void push_afterTheTableThereWasMended_storesTheRowsAndForgetsThem(TestEngine on)
      throws Exception {
    start(on);
    gateway.push();
    change("ALTER TABLE @Reading@ DROP CONSTRAINT plausible");
    gateway.restart();
    assertThat(gateway.transport().status().orElseThrow().setAside())
        .as("asking stores nothing")
        .isEqualTo(2);

    PushResult result = gateway.restart().push();

    assertThat(result.setAside()).isZero();
    assertThat(gateway.setAside()).isEmpty();
    assertThat(there("4711.5") + there("4712.5")).isEqualTo(2);
    assertThat(gateway.restart().transport().status().orElseThrow().setAside()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB"})
  void push_afterAPowerCutLeftHalfALine_remembersAllOfThemAgain(TestEngine on) throws Exception {
    start(on);
    gateway.push();
    gateway.tearSetAside();

    gateway.push();

    assertThat(gateway.setAside()).hasSize(2).allMatch(line -> line.endsWith("}"));
    assertThat(gateway.restart().transport().status().orElseThrow().setAside()).isEqualTo(2);
  }

  /** The file of another database says nothing about this one. */
  @ParameterizedTest
  @EnumSource(names = {"MARIADB"})
  void push_whenNobodyKnowsWhichDatabaseItWas_looksAtEverythingAnew(TestEngine on)
      throws Exception {
    start(on);
    gateway.push();
    change("ALTER TABLE @Reading@ DROP CONSTRAINT plausible");
    gateway.forgetWhatWasMatched();

    PushResult result = gateway.push();

    assertThat(result.setAside()).isZero();
    assertThat(gateway.setAside()).isEmpty();
    assertThat(there("4711.5")).isEqualTo(1);
  }

  private int there(String value) throws SQLException {
    try (Connection connection = TestEngine.connect(url)) {
      return (int)
          DirectGateway.readings(connection, engine).stream()
              .filter(line -> line.endsWith(" " + value))
              .count();
    }
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = TestEngine.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(DirectGateway.spelled(engine, sql));
    }
  }
}
