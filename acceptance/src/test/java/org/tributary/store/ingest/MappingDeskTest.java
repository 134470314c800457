package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.store.ingest.HistoryLaneTest.DAY;
import static org.tributary.store.ingest.HistoryLaneTest.contents;
import static org.tributary.store.ingest.HistoryLaneTest.differences;
import static org.tributary.store.ingest.HistoryLaneTest.history;
import static org.tributary.wire.Tables.DEPLOYMENT;
import static org.tributary.wire.Tables.HOUSE;
import static org.tributary.wire.Tables.LOCATION;
import static org.tributary.wire.Tables.NODE;
import static org.tributary.wire.Tables.NODE_STATE;
import static org.tributary.wire.Tables.READING;
import static org.tributary.wire.Tables.SENSOR;
import static org.tributary.wire.Tables.SENSOR_TYPE;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Ack;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.Table;

/** What a person decides about rows in doubt comes true at once, stands, and can be taken back. */
class MappingDeskTest {

  private static final Instant T = HistoryLaneTest.T;
  private static final long FRESH = 1_000_000;

  /** Two houses whose gateways have numbered their nodes alike. */
  @ParameterizedTest
  @EnumSource
  void different_ofANodeOfAnotherHouse_keepsBothApartFromThenOn(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed first = first(central);
      Feed second = second(central);
      assertThat(central.setAside(second))
          .extracting(SetAside::rule)
          .contains(Rule.CLAIMED, Rule.PARENT_MISSING);

      decide(central, second, NODE, 7, Verdict.DIFFERENT);
      second.live(READING, row(T.plusSeconds(90), 7, 0, 41, 3.0));

      assertThat(central.setAside(second)).isEmpty();
      assertThat(address(central, 2.0)).isEqualTo("2 Mill Lane");
      assertThat(address(central, 3.0)).isEqualTo("2 Mill Lane");
      assertThat(address(central, 1.0)).isEqualTo("1 High Street");
      assertThat(central.row(READING, "value", 3.0).get("nodeId")).isEqualTo(FRESH);
      assertThat(central.row(SENSOR, "calibrationSlope", 5.0).get("nodeId")).isEqualTo(FRESH);
      for (boolean afresh : List.of(false, true, false)) {
        assertThat(differences(central, first, afresh, row(T, 7, 0, 1, 1.0))).isEmpty();
        assertThat(
                differences(
                    central,
                    second,
                    afresh,
                    row(T, 7, 0, 41, 2.0),
                    row(T.plusSeconds(90), 7, 0, 41, 3.0)))
            .isEmpty();
      }
      assertThat(differences(central, second, false, row(T, 7, 0, 41, 2.0))).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void undo_ofADifference_leavesAllAsItWasAndLetsWhatCameSinceWait(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      first(central);
      Feed second = second(central);
      Map<String, List<String>> before = Dump.lasting(central.database);
      long number = decide(central, second, NODE, 7, Verdict.DIFFERENT);

      undo(central, number);

      assertThat(Dump.lasting(central.database)).isEqualTo(before);
      long again = decide(central, second, NODE, 7, Verdict.DIFFERENT);
      second.whole(NODE, row(7, 41, 0));
      second.live(READING, row(T.plusSeconds(90), 7, 0, 41, 3.0));
      undo(central, again);
      assertThat(central.column(READING, "value")).containsExactly(1.0);
      assertThat(central.setAside(second).stream().filter(e -> e.table().equals("Reading")))
          .hasSize(2)
          .allSatisfy(each -> assertThat(each.rule()).isEqualTo(Rule.PARENT_MISSING));
      assertThat(second.whole(NODE, row(7, 41, 0)).setAside())
          .extracting(SetAside::rule)
          .containsExactly(Rule.CLAIMED);
    }
  }

  @Test
  void different_ofANode_isMirroredAndRepairedByItsOwnIds() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      first(central);
      Feed second = second(central);
      decide(central, second, NODE, 7, Verdict.DIFFERENT);
      second.live(READING, row(T.plusSeconds(90), 7, 0, 41, 3.0));

      Ack ack =
          history(
              second, Optional.of(contents(OptionalLong.of(1), DAY.of(7))), row(T, 7, 0, 41, 2.0));

      assertThat(ack.settled()).contains(new Ack.Settled(0, 1, false));
      assertThat(central.column(READING, "value")).containsExactlyInAnyOrder(1.0, 2.0);
      assertThat(differences(central, second, true, row(T, 7, 0, 41, 2.0))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void same_ofOneOfTwoHouses_storesWhatWaitedThere(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      central.execute("INSERT INTO @Deployment@ (@name@) VALUES ('D')");
      Object deployment = central.column(DEPLOYMENT, "id").get(0);
      for (int i = 0; i < 2; i++) {
        central.execute(
            "INSERT INTO @House@ (@deploymentId@, @address@) VALUES (%s, '1 High Street')"
                .formatted(deployment));
      }
      List<Object> houses = central.column(HOUSE, "id");
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 High Street", 7);
      gateway.live(READING, row(T, 7, 0, 1, 1.0));
      Map<String, List<String>> before = Dump.lasting(central.database);
      MappingDesk desk = desk(central);
      assertThat(desk.questions(gateway.id).get(0).commands())
          .containsExactly(
              "tributary mapping same gw House 1 " + houses.get(0),
              "tributary mapping same gw House 1 " + houses.get(1),
              "tributary mapping different gw House 1");

      long second = (Long) houses.get(1);
      MappingDesk.Outcome tried =
          desk.decide(gateway.id, HOUSE, 1, Verdict.SAME, OptionalLong.of(second), "ann", true);
      assertThat(Dump.lasting(central.database)).isEqualTo(before);
      MappingDesk.Outcome done =
          desk.decide(gateway.id, HOUSE, 1, Verdict.SAME, OptionalLong.of(second), "ann", false);

      assertThat(tried.plan().effect().released()).isEqualTo(1);
      assertThat(done.plan().effect().released()).isEqualTo(1);
      Object place = central.row(READING, "value", 1.0).get("locationId");
      assertThat(central.row(LOCATION, "id", place).get("houseId")).isEqualTo(second);
      assertThat(central.setAside(gateway)).isEmpty();
      assertThat(desk.journal(gateway.id).stream().filter(e -> e.table().equals("House")))
          .singleElement()
          .satisfies(
              each ->
                  assertThat(each.evidence()).isEqualTo("decided by ann on 2016-06-01: the same"));
      gateway.house(0, "D", "1 High Street", 7);
      assertThat(central.setAside(gateway)).as("it stands").isEmpty();
      undo(central, done.number());
      assertThat(Dump.lasting(central.database)).isEqualTo(before);
    }
  }

  @Test
  void different_ofAHouseThatWasMatched_takesItsReadingsAlongAndUndoBringsThemBack()
      throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed first = first(central);
      Feed second = central.gateway("second");
      second.house(40, "D", "1 High Street", 8, 9);
      second.live(READING, row(T, 8, 0, 41, 2.0), row(T, 9, 0, 42, 4.0));
      Map<String, List<String>> before = Dump.lasting(central.database);
      Object house = place(central, 1.0).get("houseId");

      long number = decide(central, second, HOUSE, 41, Verdict.DIFFERENT);

      assertThat(place(central, 2.0).get("houseId")).isNotEqualTo(house);
      assertThat(place(central, 1.0).get("houseId")).isEqualTo(house);
      assertThat(address(central, 2.0)).isEqualTo("1 High Street");
      second.house(40, "D", "1 High Street", 8, 9);
      assertThat(central.rows(HOUSE)).hasSize(2);
      undo(central, number);
      assertThat(Dump.lasting(central.database)).isEqualTo(before);
      long again = decide(central, second, HOUSE, 41, Verdict.DIFFERENT);
      second.live(READING, row(T.plusSeconds(60), 8, 0, 41, 3.0));
      undo(central, again);
      assertThat(place(central, 3.0).get("houseId")).isEqualTo(house);
      assertThat(
              differences(
                  central,
                  second,
                  true,
                  row(T, 8, 0, 41, 2.0),
                  row(T, 9, 0, 42, 4.0),
                  row(T.plusSeconds(60), 8, 0, 41, 3.0)))
          .isEmpty();
      assertThat(differences(central, first, true, row(T, 7, 0, 1, 1.0))).isEmpty();
    }
  }

  @Test
  void different_ofOneOfTwoAlikeHouses_letsTheOtherBeFoundByItsAddress() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed gateway = central.gateway("gw");
      gateway.whole(DEPLOYMENT, row(1, "D", null, null, null));
      Object[][] alike = {
        row(1, 1, "1 High Street", null, null), row(2, 1, "1 High Street", null, null)
      };
      gateway.whole(HOUSE, alike);
      assertThat(central.rows(HOUSE)).isEmpty();

      decide(central, gateway, HOUSE, 2, Verdict.DIFFERENT);

      assertThat(central.rows(HOUSE)).hasSize(2);
      assertThat(gateway.whole(HOUSE, alike).setAside()).isEmpty();
      assertThat(central.rows(HOUSE)).hasSize(2);
    }
  }

  /** Two things of one gateway are two, even if they look alike. */
  @Test
  void same_ofASensorTypeUnderAnotherId_keepsThatIdFromBeingTakenAsWell() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      first(central).whole(SENSOR_TYPE, type(901, "Wind", "m/s"), type(902, "Rain", "mm"));
      Feed second = central.gateway("second");
      second.whole(SENSOR_TYPE, type(902, "Wind speed", "m/s"));
      desk(central)
          .decide(second.id, SENSOR_TYPE, 902, Verdict.SAME, OptionalLong.of(901), "ann", false);

      Ack ack = second.whole(SENSOR_TYPE, type(901, "Wind", "m/s"), type(902, "Wind speed", "m/s"));

      assertThat(ack.setAside())
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.key()).isEqualTo("901");
                assertThat(row.rule()).isEqualTo(Rule.AMBIGUOUS);
                assertThat(row.reason()).contains("SensorType 902", "is SensorType 901 at central");
              });
    }
  }

  @Test
  void same_ofASensorTypeUnderAnotherId_storesItsReadingsThere() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      first(central).whole(SENSOR_TYPE, type(901, "Wind", "m/s"), type(902, "Rain", "mm"));
      Feed second = central.gateway("second");
      second.house(40, "D", "2 Mill Lane", 8);
      second.whole(SENSOR_TYPE, type(0, "Temperature", "deg.C"), type(902, "Wind speed", "m/s"));
      second.live(READING, row(T, 8, 0, 41, 3.0), row(T, 8, 902, 41, 2.0));
      assertThat(central.setAside(second))
          .extracting(SetAside::rule)
          .contains(Rule.MEANING_DIFFERS);
      Map<String, List<String>> before = Dump.lasting(central.database);

      long number =
          desk(central)
              .decide(second.id, SENSOR_TYPE, 902, Verdict.SAME, OptionalLong.of(901), "ann", false)
              .number();

      assertThat(central.row(READING, "value", 2.0).get("type")).isEqualTo(901L);
      assertThat(central.row(SENSOR_TYPE, "id", 901L).get("name")).isEqualTo("Wind");
      second.whole(SENSOR_TYPE, type(0, "Temperature", "deg.C"), type(902, "Wind speed", "m/s"));
      assertThat(central.setAside(second)).isEmpty();
      for (boolean afresh : List.of(false, true, false)) {
        assertThat(
                differences(
                    central, second, afresh, row(T, 8, 0, 41, 3.0), row(T, 8, 902, 41, 2.0)))
            .isEmpty();
      }
      undo(central, number);
      assertThat(Dump.lasting(central.database)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void moved_ofANode_followsTheNewGatewayAndLeavesHistoryWhereItWas(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed first = first(central);
      Feed second = central.gateway("second");
      second.house(40, "D", "2 Mill Lane", 7);
      second.live(READING, row(T.plusSeconds(600), 7, 0, 41, 2.0));
      Map<String, List<String>> before = Dump.lasting(central.database);

      long number = decide(central, second, NODE, 7, Verdict.MOVED);
      first.whole(NODE, row(7, 2, 0), row(6, 1, 0)); // its word about the place counts no more
      first.live(READING, row(T.plusSeconds(30), 7, 0, 1, 5.0));

      Object place = central.row(NODE, "id", 7L).get("locationId");
      assertThat(central.addressOf(place)).isEqualTo("2 Mill Lane");
      assertThat(central.setAside(first)).isEmpty();
      assertThat(central.setAside(second)).isEmpty();
      assertThat(address(central, 1.0)).isEqualTo("1 High Street");
      assertThat(address(central, 5.0)).isEqualTo("1 High Street");
      assertThat(address(central, 2.0)).isEqualTo("2 Mill Lane");
      assertThat(
              differences(
                  central,
                  first,
                  false,
                  row(T, 7, 0, 1, 1.0),
                  row(T.plusSeconds(30), 7, 0, 1, 5.0)))
          .isEmpty();
      assertThat(differences(central, second, true, row(T.plusSeconds(600), 7, 0, 41, 2.0)))
          .isEmpty();
      undo(central, number);
      assertThat(central.addressOf(central.row(NODE, "id", 7L).get("locationId")))
          .isEqualTo("1 High Street");
      assertThat(central.column(READING, "value")).containsExactlyInAnyOrder(1.0, 5.0);
      assertThat(Dump.lasting(central.database).get("tributary_setaside"))
          .isEqualTo(before.get("tributary_setaside"));
    }
  }

  @Test
  void decide_whatCannotBe_isRefusedInWordsAndChangesNothing() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed first = first(central);
      Feed second = second(central);
      Map<String, List<String>> before = Dump.of(central.database);

      refused(central, new Feed(central, "nobody"), NODE, 7, Verdict.DIFFERENT)
          .hasMessage("central knows no gateway nobody; it knows: first, second");
      refused(central, second, NODE, 99, Verdict.DIFFERENT)
          .hasMessageContaining("has not heard of Node 99 of gateway second");
      refused(central, second, LOCATION, 41, Verdict.DIFFERENT).hasMessageContaining("Locations");
      refused(central, first, NODE, 7, Verdict.DIFFERENT).hasMessageContaining("nobody else's");
      refused(central, first, NODE, 7, Verdict.MOVED).hasMessageContaining("no other gateway's");
      refused(central, second, NODE, 7, Verdict.MOVED)
          .hasMessageContaining("one time and one node");
      refused(central, first, HOUSE, 1, Verdict.DIFFERENT)
          .hasMessageContaining("nothing to tell apart");
      assertThatThrownBy(
              () ->
                  desk(central)
                      .decide(second.id, NODE, 7, Verdict.SAME, OptionalLong.of(55), "ann", false))
          .hasMessage("there is no Node 55 at central");
      assertThatThrownBy(() -> undo(central, 77)).hasMessage("there is no decision 77");
      assertThat(Dump.of(central.database)).isEqualTo(before);

      long number = decide(central, second, NODE, 7, Verdict.DIFFERENT);
      refused(central, second, NODE, 7, Verdict.MOVED)
          .hasMessageContaining("undo it first: tributary mapping undo " + number);
      undo(central, number);
      assertThatThrownBy(() -> undo(central, number)).hasMessageContaining("was undone by ann");
    }
  }

  @Test
  void undo_whatCannotBeUndoneExactly_isRefusedInWordsAndChangesNothing() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      first(central);
      Feed second = central.gateway("second");
      second.house(40, "D", "2 Mill Lane", 7);
      long number = decide(central, second, NODE, 7, Verdict.MOVED);
      second.live(NODE_STATE, row(T, 7, 1, 5, 1, -60));
      Map<String, List<String>> before = Dump.of(central.database);

      assertThatThrownBy(() -> undo(central, number))
          .hasMessageContaining("central can't tell them apart");

      assertThat(Dump.of(central.database)).isEqualTo(before);
      central.execute("DELETE FROM @NodeState@");
      central.execute(
          "UPDATE @Node@ SET @locationId@ = (SELECT MAX(@id@) FROM @Location@) WHERE @id@ = 7");
      assertThatThrownBy(() -> undo(central, number)).hasMessageContaining("was changed since");
    }
  }

  @Test
  void undo_ofADecisionThatAnotherRestsOn_isRefused() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      first(central);
      Feed second = second(central);
      long number = decide(central, second, NODE, 7, Verdict.DIFFERENT);
      long later = decide(central, second, DEPLOYMENT, 41, Verdict.DIFFERENT);

      assertThatThrownBy(() -> undo(central, number))
          .hasMessageContaining("decision %d was taken later".formatted(later));
      undo(central, later);
      undo(central, number);
    }
  }

  private static Feed first(Central central) throws Exception {
    Feed first = central.gateway("first");
    first.house(0, "D", "1 High Street", 7);
    first.live(READING, row(T, 7, 0, 1, 1.0));
    return first;
  }

  /** Another house, whose node has the number of the first one's. */
  private static Feed second(Central central) throws Exception {
    Feed second = central.gateway("second");
    second.house(40, "D", "2 Mill Lane", 7);
    second.whole(SENSOR, row(41, 0, 7, 5.0, 0.0));
    second.live(READING, row(T, 7, 0, 41, 2.0));
    return second;
  }

  private static Object[] type(long id, String name, String units) {
    return row(id, name, id == 0 ? "T" : "X", units, 0.0, 1.0, 0.0, 0.0);
  }

  private static Map<String, Object> place(Central central, double value) throws Exception {
    return central.row(LOCATION, "id", central.row(READING, "value", value).get("locationId"));
  }

  private static Object address(Central central, double value) throws Exception {
    return central.addressOf(central.row(READING, "value", value).get("locationId"));
  }

  private static MappingDesk desk(Central central) {
    return new MappingDesk(central.database, central.clock); // the database is not the desk's
  }

  private static long decide(Central central, Feed gateway, Table table, long id, Verdict verdict)
      throws Exception {
    return desk(central)
        .decide(gateway.id, table, id, verdict, OptionalLong.empty(), "ann", false)
        .number();
  }

  private static void undo(Central central, long number) throws Exception {
    desk(central).undo(number, "ann", false);
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refused(
      Central central, Feed gateway, Table table, long id, Verdict verdict) {
    return assertThatThrownBy(() -> decide(central, gateway, table, id, verdict))
        .isInstanceOf(UndecidedException.class);
  }
}
