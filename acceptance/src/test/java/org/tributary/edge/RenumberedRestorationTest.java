package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.server.CentralServer;
import org.tributary.store.Access;
import org.tributary.store.TargetDatabase;
import org.tributary.store.ingest.MappingDesk;
import org.tributary.store.ingest.Verdict;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** A gateway comes back in its own numbers, whatever central calls its things by a decision. */
class RenumberedRestorationTest extends LostGateway {

  /** A node and a sensor type that are others' at central, and a node that is another's row. */
  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void from_afterDecisionsGaveOtherIds_bringsAllBackInTheGatewaysOwn(TestEngine engine)
      throws Exception {
    try (CentralServer running = start(engine)) {
      assertThat(running.port()).isPositive();
      pushAnothersNode();
      logHouse();
      sql("UPDATE SensorType SET units = 'furlongs' WHERE id = 0");
      push();
      decide(Tables.NODE, 37, Verdict.DIFFERENT);
      decide(Tables.SENSOR_TYPE, 0, Verdict.DIFFERENT);
      decide(Tables.NODE, 38, Verdict.SAME, 39);
      push();
      try (TargetDatabase target = new TargetDatabase(config.local())) {
        Instant future = Instant.parse("2091-01-01T00:00:00Z"); // waits there
        target.add(List.of(rows(Tables.READING, row(future, 37L, 0L, 72L, 5.5))));
      }
      push();
      Map<Table, List<String>> before = contents();
      loseHouse();
      permit();

      Restoration.Report dry = restoration().look(remote(), Restoration.Span.ALL);
      Restoration.Report report = restore(Restoration.Span.ALL);

      assertThat(contents()).isEqualTo(before);
      assertThat(report.isWhole()).isTrue();
      assertThat(report.differing()).isEmpty();
      assertThat(report.lost()).isZero();
      assertThat(report.same())
          .isEqualTo(before.get(Tables.READING).size() + before.get(Tables.NODE_STATE).size())
          .isEqualTo(dry.wanted());
      assertThat(verified().differing()).isEmpty();
      PushResult pushed = push();
      assertThat(pushed.inserted() + pushed.changed() + pushed.unchanged()).isZero();
      assertThat(pushed.healed()).isEqualTo(Healed.NOTHING);
      log(FIRST.plus(Duration.ofDays(DAYS)), 3);
      assertThat(push().inserted()).isEqualTo(3 * 3);
    }
  }

  /** Nobody can tell whose the rows without a place are; all others of the node come back. */
  @Test
  void from_ofANodeThatWasCarriedHere_bringsBackWhatWasReadInThisHouse() throws Exception {
    try (CentralServer running = start(TestEngine.SQLITE)) {
      assertThat(running.port()).isPositive();
      pushAnothersNode();
      logHouse();
      push();
      decide(Tables.NODE, 37, Verdict.MOVED);
      Map<Table, List<String>> before = contents();
      before
          .get(Tables.READING)
          .removeIf(row -> row.contains(", 37, ") && row.contains(", null, "));
      loseHouse();
      permit();

      Restoration.Report report = restore(Restoration.Span.ALL);

      assertThat(contents()).isEqualTo(before);
      assertThat(report.shared()).containsExactly(37L);
      assertThat(report.isWhole()).isTrue();
      assertThat(verified().differing()).isEmpty();
      assertThat(push().healed()).isEqualTo(Healed.NOTHING);
    }
  }

  /** Another gateway has node 37 in a house of its own, and central one more that nobody has. */
  private void pushAnothersNode() throws Exception {
    gateway = "another";
    local = "sqlite:///another.db";
    configure(server.port(), "");
    try (TargetDatabase target = new TargetDatabase(config.local())) {
      target.upgrade();
      target.add(
          List.of(
              rows(Tables.DEPLOYMENT, row(1L, "Trial", "a trial", FIRST, null)),
              rows(Tables.HOUSE, row(1L, 1L, "2 High Street", FIRST, null)),
              rows(Tables.LOCATION, row(1L, 1L, 1L)),
              rows(Tables.NODE, row(37L, 1L, 0L)),
              rows(Tables.READING, row(FIRST, 37L, 2L, 1L, 7.5))));
    }
    push();
    try (TargetDatabase target = new TargetDatabase(central)) {
      target.add(List.of(rows(Tables.NODE, row(39L, null, 0L))));
    }
    gateway = "house12";
    local = "sqlite:///house.db";
    configure(server.port(), "");
  }

  private void decide(Table table, long id, Verdict verdict, long... central) throws Exception {
    try (MappingDesk desk = MappingDesk.open(this.central, Access.WRITE, Clock.systemUTC())) {
      desk.decide(
          new GatewayId("house12"),
          table,
          id,
          verdict,
          central.length == 0 ? OptionalLong.empty() : OptionalLong.of(central[0]),
          "ann",
          false);
    }
  }

  private void sql(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + house);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
