package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tributary.wire.Tables.HOUSE;
import static org.tributary.wire.Tables.LOCATION;
import static org.tributary.wire.Tables.NODE;
import static org.tributary.wire.Tables.ROOM;
import static org.tributary.wire.Tables.ROOM_TYPE;
import static org.tributary.wire.Tables.SENSOR;
import static org.tributary.wire.Tables.SENSOR_TYPE;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.OurDatabases;
import org.tributary.store.ingest.Conflict;
import org.tributary.store.ingest.ConflictDesk;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Greeting;
import org.tributary.wire.MergeTerms;
import org.tributary.wire.Plan;
import org.tributary.wire.PlanCodec;
import org.tributary.wire.Proposal;
import org.tributary.wire.Table;

/** What is edited at one end reaches the other, and nobody's edit goes without a trace. */
class MetadataBothWaysTest {

  private static final MergeTerms BOTH = MergeTerms.of(true, false, "central");
  private static final MergeTerms MIRROR = MergeTerms.of(true, true, "central");
  private static final MergeTerms LOCAL = MergeTerms.of(true, false, "central House:local");

  private interface Story {
    void of(BothWaysGateway gateway, BothWaysCentral central) throws Exception;
  }

  private static BothWaysCentral fresh(TestEngine engine) throws IOException {
    try (Database made = OurDatabases.fresh(engine)) {
      return new BothWaysCentral(made.url());
    }
  }

  /** After the first push of a gateway with one house. */
  private static void pushed(TestEngine engine, MergeTerms terms, Story story) throws Exception {
    try (BothWaysCentral central = fresh(engine);
        BothWaysGateway gateway = gateway(engine, "gw-1")) {
      gateway.remote(central, terms, () -> false);
      gateway.furnish("Study", "1 Mill Lane", 81);
      gateway.push(0);
      story.of(gateway, central);
    }
  }

  private static BothWaysGateway gateway(TestEngine engine, String name) throws IOException {
    try (Database made = OurDatabases.fresh(engine)) {
      return new BothWaysGateway(name, made.url());
    }
  }

  private static Object cell(BothWaysCentral database, Table table, String column)
      throws IOException {
    return database.rows(table).value(column, 0);
  }

  @ParameterizedTest
  @EnumSource
  void push_afterAnEditAtCentral_bringsItToTheGateway(TestEngine engine) throws Exception {
    pushed(
        engine,
        BOTH,
        (gateway, central) -> {
          central.execute("UPDATE @House@ SET @address@ = '1a Mill Lane'");
          central.execute(
              "UPDATE @Sensor@ SET @calibrationSlope@ = 1.0625 WHERE @sensorTypeId@ = 2");

          PushResult result = gateway.push(0);

          assertThat(cell(gateway.own, HOUSE, "address")).isEqualTo("1a Mill Lane");
          assertThat(gateway.own.row(SENSOR, "sensorTypeId", 2L).orElseThrow())
              .containsEntry("calibrationSlope", 1.0625);
          assertThat(result.taken().done()).hasSize(2);
          assertThat(result.taken().left()).isEmpty();
          PushResult next = gateway.push(0);
          assertThat(next.sent()).isZero();
          assertThat(next.taken().done()).isEmpty();
          assertThat(central.conflicts()).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource
  void push_afterEditsOfTwoFieldsOfARow_givesEachToTheOther(TestEngine engine) throws Exception {
    pushed(
        engine,
        BOTH,
        (gateway, central) -> {
          central.execute("UPDATE @House@ SET @endDate@ = '2027-01-01 00:00:00.000000'");
          gateway.own.execute("UPDATE @House@ SET @address@ = 'The Mill'");

          gateway.push(0);

          assertThat(central.rows(HOUSE).row(0))
              .containsAllEntriesOf(
                  Map.of("address", "The Mill", "endDate", cell(gateway.own, HOUSE, "endDate")));
          assertThat(cell(gateway.own, HOUSE, "address")).isEqualTo("The Mill");
          assertThat(cell(gateway.own, HOUSE, "endDate")).isNotNull();
          assertThat(central.conflicts()).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource
  void push_afterTwoEditsOfAField_letsTheRuleDecideAndKeepsBoth(TestEngine engine)
      throws Exception {
    pushed(
        engine,
        BOTH,
        (gateway, central) -> {
          central.execute("UPDATE @House@ SET @address@ = 'as central says'");
          gateway.own.execute("UPDATE @House@ SET @address@ = 'as the gateway says'");

          gateway.push(0);

          assertThat(cell(central, HOUSE, "address")).isEqualTo("as central says");
          assertThat(cell(gateway.own, HOUSE, "address")).isEqualTo("as central says");
          assertThat(central.conflicts())
              .singleElement()
              .satisfies(
                  conflict -> {
                    assertThat(conflict.kind()).isEqualTo(Conflict.Kind.EDITED);
                    assertThat(conflict.winner()).isEqualTo(Conflict.Side.CENTRAL);
                    assertThat(conflict.versions())
                        .isEqualTo(
                            new Conflict.Versions(
                                "1 Mill Lane", "as the gateway says", "as central says"));
                  });
        });
  }

  @Test
  void push_afterTwoEditsOfAField_takesTheGatewaysWhereTheRuleSaysSo() throws Exception {
    pushed(
        TestEngine.SQLITE,
        LOCAL,
        (gateway, central) -> {
          central.execute("UPDATE @House@ SET @address@ = 'as central says'");
          gateway.own.execute("UPDATE @House@ SET @address@ = 'as the gateway says'");

          gateway.push(0);

          assertThat(cell(central, HOUSE, "address")).isEqualTo("as the gateway says");
          assertThat(central.conflicts())
              .extracting(Conflict::winner)
              .containsExactly(Conflict.Side.GATEWAY);
        });
  }

  @Test
  void push_afterTheSameEditAtBothEnds_isNoConflict() throws Exception {
    pushed(
        TestEngine.SQLITE,
        BOTH,
        (gateway, central) -> {
          central.execute("UPDATE @House@ SET @address@ = 'The Mill'");
          gateway.own.execute("UPDATE @House@ SET @address@ = 'The Mill'");

          gateway.push(0);

          assertThat(cell(central, HOUSE, "address")).isEqualTo("The Mill");
          assertThat(central.conflicts()).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource
  void push_afterRowsWereAddedAtCentral_addsThoseOfItsHouse(TestEngine engine) throws Exception {
    pushed(
        engine,
        BOTH,
        (gateway, central) -> {
          long type = central.add(ROOM_TYPE, Map.of("name", "Cellar"));
          long room = central.add(ROOM, Map.of("roomTypeId", type, "name", "Wine Cellar"));
          long house = (Long) cell(central, HOUSE, "id");
          long place = central.add(LOCATION, Map.of("houseId", house, "roomId", room));
          central.execute(
              "INSERT INTO @Node@ (@id@, @locationId@, @nodeTypeId@) VALUES (82, %d, 0)"
                  .formatted(place));
          central.add(SENSOR, Map.of("nodeId", 82L, "sensorTypeId", 0L, "calibrationSlope", 2.0));
          central.execute("INSERT INTO @SensorType@ (@id@, @name@) VALUES (901, 'Radon')");
          long deployment = (Long) central.rows(HOUSE).value("deploymentId", 0);
          central.add(HOUSE, Map.of("deploymentId", deployment, "address", "of other people"));

          PushResult result = gateway.push(0);

          assertThat(result.taken().left()).isEmpty();
          Map<String, Object> cellar = gateway.own.row(ROOM, "name", "Wine Cellar").orElseThrow();
          assertThat(gateway.own.row(ROOM_TYPE, "name", "Cellar").orElseThrow().get("id"))
              .isEqualTo(cellar.get("roomTypeId"));
          Map<String, Object> there =
              gateway.own.row(LOCATION, "roomId", cellar.get("id")).orElseThrow();
          assertThat(gateway.own.row(NODE, "id", 82L).orElseThrow())
              .containsEntry("locationId", there.get("id"));
          assertThat(gateway.own.row(SENSOR, "nodeId", 82L).orElseThrow())
              .containsEntry("calibrationSlope", 2.0);
          assertThat(gateway.own.row(SENSOR_TYPE, "id", 901L)).isPresent();
          assertThat(gateway.own.row(HOUSE, "address", "of other people")).isEmpty();
          assertThat(gateway.push(0).sent()).isZero();
        });
  }

  /** A node that central puts into another house takes that house to its gateway. */
  @Test
  void push_afterANodeWasMovedAtCentral_bringsItsNewPlace() throws Exception {
    pushed(
        TestEngine.SQLITE,
        BOTH,
        (gateway, central) -> {
          long deployment = (Long) central.rows(HOUSE).value("deploymentId", 0);
          long house =
              central.add(HOUSE, Map.of("deploymentId", deployment, "address", "2 Mill Lane"));
          long room = (Long) central.rows(ROOM).value("id", 3);
          long place = central.add(LOCATION, Map.of("houseId", house, "roomId", room));
          central.execute("UPDATE @Node@ SET @locationId@ = %d WHERE @id@ = 81".formatted(place));

          gateway.push(0);

          Map<String, Object> there =
              gateway.own.row(HOUSE, "address", "2 Mill Lane").orElseThrow();
          Map<String, Object> its =
              gateway.own.row(LOCATION, "houseId", there.get("id")).orElseThrow();
          assertThat(gateway.own.row(NODE, "id", 81L).orElseThrow())
              .containsEntry("locationId", its.get("id"));
        });
  }

  @ParameterizedTest
  @EnumSource
  void push_ofAMirror_removesAtTheOtherEndWhatWasRemoved(TestEngine engine) throws Exception {
    pushed(
        engine,
        MIRROR,
        (gateway, central) -> {
          central.execute("DELETE FROM @Sensor@ WHERE @sensorTypeId@ = 0");
          gateway.push(0);
          assertThat(gateway.own.rows(SENSOR).size()).isEqualTo(1);

          gateway.own.add(SENSOR, Map.of("nodeId", 81L, "sensorTypeId", 4L));
          gateway.push(0);
          assertThat(central.rows(SENSOR).size()).isEqualTo(2);
          gateway.own.execute("DELETE FROM @Sensor@ WHERE @sensorTypeId@ = 4");
          gateway.push(0);

          assertThat(central.row(SENSOR, "sensorTypeId", 4L)).isEmpty();
          assertThat(gateway.own.rows(SENSOR).size()).isEqualTo(1);
          assertThat(central.rows(SENSOR).size()).isEqualTo(1);
        });
  }

  @Test
  void push_ofAKeeper_leavesWhatTheOtherEndRemoved() throws Exception {
    pushed(
        TestEngine.SQLITE,
        BOTH,
        (gateway, central) -> {
          gateway.own.execute("DELETE FROM @Sensor@ WHERE @sensorTypeId@ = 0");
          gateway.push(0);
          gateway.push(0);

          assertThat(central.rows(SENSOR).size()).isEqualTo(2);
          assertThat(gateway.own.rows(SENSOR).size()).isEqualTo(1);
        });
  }

  @Test
  void push_ofAMirror_keepsWhatWasEditedAtTheOtherEnd() throws Exception {
    pushed(
        TestEngine.SQLITE,
        MIRROR,
        (gateway, central) -> {
          gateway.own.execute("DELETE FROM @Sensor@ WHERE @sensorTypeId@ = 0");
          central.execute("UPDATE @Sensor@ SET @calibrationSlope@ = 3.0 WHERE @sensorTypeId@ = 0");
          central.execute("DELETE FROM @Sensor@ WHERE @sensorTypeId@ = 2");
          gateway.own.execute(
              "UPDATE @Sensor@ SET @calibrationSlope@ = 4.0 WHERE @sensorTypeId@ = 2");

          gateway.push(0);

          assertThat(central.row(SENSOR, "calibrationSlope", 3.0)).isPresent();
          assertThat(central.row(SENSOR, "calibrationSlope", 4.0)).isPresent();
          assertThat(central.conflicts())
              .extracting(Conflict::kind)
              .containsExactlyInAnyOrder(Conflict.Kind.REMOVED_THERE, Conflict.Kind.REMOVED_HERE);
        });
  }

  @Test
  void push_toTwoCentrals_carriesAnEditFromOneToTheOtherOnce() throws Exception {
    try (BothWaysCentral first = fresh(TestEngine.SQLITE);
        BothWaysCentral second = fresh(TestEngine.SQLITE);
        BothWaysGateway gateway = gateway(TestEngine.SQLITE, "gw-1")) {
      gateway.remote(first, BOTH, () -> false).remote(second, BOTH, () -> false);
      gateway.furnish("Study", "1 Mill Lane", 81);
      gateway.push(0);
      gateway.push(1);
      first.execute("UPDATE @House@ SET @address@ = 'as the first says'");

      gateway.push(0);
      gateway.push(1);

      assertThat(cell(second, HOUSE, "address")).isEqualTo("as the first says");
      assertThat(gateway.push(0).sent()).isZero();
      assertThat(gateway.push(1).sent()).isZero();
    }
  }

  @Test
  void push_ofAGatewayThatOnlySends_leavesItsDatabaseAlone() throws Exception {
    pushed(
        TestEngine.SQLITE,
        MergeTerms.ONE_WAY,
        (gateway, central) -> {
          central.execute("UPDATE @House@ SET @address@ = 'as central says'");
          gateway.push(0);
          assertThat(cell(gateway.own, HOUSE, "address")).isEqualTo("1 Mill Lane");

          gateway.own.execute("UPDATE @House@ SET @address@ = 'as the gateway says'");
          gateway.push(0);

          assertThat(cell(central, HOUSE, "address")).isEqualTo("as central says");
          assertThat(central.conflicts()).hasSize(1);
        });
  }

  /** What a column can't hold as it is stays undone, and no push turns it into an edit. */
  @Test
  void push_ofAValueThatWouldChange_leavesItAndSaysWhy() throws Exception {
    pushed(
        TestEngine.MARIADB,
        BOTH,
        (gateway, central) -> {
          gateway.own.execute("ALTER TABLE @Sensor@ MODIFY @calibrationSlope@ FLOAT");
          central.execute(
              "UPDATE @Sensor@ SET @calibrationSlope@ = 1.123456789012 WHERE @sensorTypeId@ = 2");

          PushResult result = gateway.push(0);

          assertThat(result.taken().done()).isEmpty();
          assertThat(result.taken().left())
              .singleElement()
              .asString()
              .contains("calibrationSlope 1.123456789012 would become");
          assertThat(central.row(SENSOR, "calibrationSlope", 1.123456789012)).isPresent();
          assertThat(central.conflicts()).isEmpty();
        });
  }

  @Test
  void plan_ofAGatewayThatTakesEdits_tellsWhatItWouldTakeAndTakesNothing() throws Exception {
    pushed(
        TestEngine.SQLITE,
        BOTH,
        (gateway, central) -> {
          central.execute("UPDATE @House@ SET @address@ = 'as central says'");
          Greeting greeting =
              new Greeting(
                  new GatewayId("gw-1"),
                  "machine of gw-1",
                  "host",
                  "test",
                  2,
                  Clock.systemUTC().instant(),
                  List.of(),
                  Optional.empty(),
                  BOTH);

          Plan plan = central.ingest.plan(new Proposal(greeting, List.of()), Optional.empty());

          assertThat(plan.taken())
              .singleElement()
              .asString()
              .isEqualTo("House 1 from address \"1 Mill Lane\" to address \"as central says\"");
          assertThat(PlanCodec.decodePlan(PlanCodec.encode(plan))).isEqualTo(plan);
          assertThat(cell(gateway.own, HOUSE, "address")).isEqualTo("1 Mill Lane");
        });
  }

  @Test
  void resolve_forTheOtherSide_changesBothEnds() throws Exception {
    pushed(
        TestEngine.SQLITE,
        BOTH,
        (gateway, central) -> {
          central.execute("UPDATE @House@ SET @address@ = 'as central says'");
          gateway.own.execute("UPDATE @House@ SET @address@ = 'as the gateway says'");
          gateway.push(0);

          try (ConflictDesk desk =
              ConflictDesk.open(central.database.url(), Access.WRITE, Clock.systemUTC())) {
            Conflict conflict = desk.page(Optional.of(new GatewayId("gw-1")), true, 0, 10).get(0);
            assertThat(desk.resolve(conflict, Conflict.Side.GATEWAY, "me"))
                .isEqualTo(ConflictDesk.Outcome.CHANGED);
            assertThat(desk.page(Optional.empty(), true, 0, 10)).isEqualTo(List.of());
          }
          gateway.push(0);

          assertThat(cell(central, HOUSE, "address")).isEqualTo("as the gateway says");
          assertThat(cell(gateway.own, HOUSE, "address")).isEqualTo("as the gateway says");
        });
  }
}
