package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.HOUSE;
import static org.tributary.wire.Tables.LOCATION;
import static org.tributary.wire.Tables.NODE;
import static org.tributary.wire.Tables.READING;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Claims;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Grain;
import org.tributary.wire.Plan;
import org.tributary.wire.Table;

/**
 * What is said of houses that look alike, and of decisions that don't go in the order they are in.
 */
class MappingObjectionsTest {

  /** The second gateway's house has the first one's address, and nodes of the same numbers. */
  private static Feed alike(Central central) throws Exception {
    central.gateway("a").house(0, "D", "1 High Street", 10, 11);
    Feed second = central.gateway("b");
    second.house(40, "D", "1 High Street", 10, 11);
    return second;
  }

  @ParameterizedTest
  @EnumSource
  void sharings_ofTwoHousesThatLookAlike_nameThemAndWhatSaysThatTheyAreTwo(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed second = alike(central);
      MappingDesk desk = desk(central);
      long house = (Long) central.row(HOUSE, "address", "1 High Street").get("id");

      MappingDesk.Sharing sharing = desk.sharings(second.id).get(0);

      assertThat(sharing.evidence())
          .isEqualTo(
              "House 41 (address \"1 High Street\") is House %d at central, and it and its nodes 10, 11 are also gateway a's"
                  .formatted(house));
      assertThat(sharing.commands())
          .containsExactly(
              "tributary mapping same b House 41 " + house,
              "tributary mapping different b Node 10",
              "tributary mapping different b Node 11",
              "tributary mapping different b House 41");
      assertThat(desk.sharings(central.gateway("a").id)).as("it had it first").isEmpty();
      assertThatThrownBy(() -> decide(central, second, HOUSE, 41, Verdict.DIFFERENT))
          .isInstanceOf(UndecidedException.class)
          .hasMessage(
              ("its nodes 10, 11 are also gateway a's, and would stay behind in House %d; say first"
                      + " that they are others, then this: `tributary mapping different b Node 10`,"
                      + " `tributary mapping different b Node 11`, `tributary mapping different b"
                      + " House 41`")
                  .formatted(house));

      decide(central, second, NODE, 10, Verdict.DIFFERENT);
      decide(central, second, NODE, 11, Verdict.DIFFERENT);
      decide(central, second, HOUSE, 41, Verdict.DIFFERENT);

      assertThat(desk.sharings(second.id)).isEmpty();
      second.house(40, "D", "1 High Street", 10, 11);
      second.live(READING, row(HistoryLaneTest.T, 10, 0, 41, 2.0));
      Object place = central.row(READING, "value", 2.0).get("locationId");
      assertThat(central.row(LOCATION, "id", place).get("houseId")).isNotEqualTo(house);
      assertThat(central.column(NODE, "id"))
          .containsExactlyInAnyOrder(10L, 11L, 1_000_000L, 1_000_001L);
      assertThat(central.setAside(second)).isEmpty();
    }
  }

  @Test
  void different_ofAHouseOnceReadingsStandUnderItsNodes_saysThatItIsTooLateAndWhatToDo()
      throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed second = alike(central);
      second.live(READING, row(HistoryLaneTest.T, 10, 0, 41, 2.0));

      assertThatThrownBy(() -> decide(central, second, HOUSE, 41, Verdict.DIFFERENT))
          .isInstanceOf(UndecidedException.class)
          .hasMessageStartingWith("its nodes 10, 11 are also gateway a's, and readings")
          .hasMessageContaining("another address and its nodes other numbers at the gateway");

      assertThat(desk(central).sharings(second.id).get(0).commands()).hasSize(1);
    }
  }

  @Test
  void same_ofAHouseThatIsSharedAlready_settlesThatItIsOneAndCanBeUndone() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed second = alike(central);
      long house = (Long) central.row(HOUSE, "address", "1 High Street").get("id");
      Map<String, List<String>> before = Dump.lasting(central.database);

      MappingDesk.Outcome done =
          desk(central)
              .decide(second.id, HOUSE, 41, Verdict.SAME, OptionalLong.of(house), "ann", false);

      assertThat(done.plan().isQuiet()).isTrue();
      assertThat(desk(central).sharings(second.id)).isEmpty();
      desk(central).undo(done.number(), "ann", false);
      assertThat(desk(central).sharings(second.id)).hasSize(1);
      assertThat(Dump.lasting(central.database)).isEqualTo(before);
    }
  }

  @Test
  void moved_ofANodeThatIsThereAlready_isRefused() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed second = alike(central);

      assertThatThrownBy(() -> decide(central, second, NODE, 10, Verdict.MOVED))
          .isInstanceOf(UndecidedException.class)
          .hasMessageStartingWith(
              "Node 10 of gateway b is at central where this gateway has it already")
          .hasMessageEndingWith("nothing is to be decided");
    }
  }

  @Test
  void undo_whenALaterDecisionIsAboutTheSameNode_isRefusedNamingIt() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed first = central.gateway("a");
      first.house(0, "D", "1 High Street", 10);
      Feed second = central.gateway("b");
      second.house(40, "D", "2 Mill Lane", 10);
      long shared =
          desk(central)
              .decide(second.id, NODE, 10, Verdict.SAME, OptionalLong.of(10), "ann", false)
              .number();
      long later = decide(central, first, NODE, 10, Verdict.DIFFERENT);

      assertThatThrownBy(() -> desk(central).undo(shared, "ann", false))
          .isInstanceOf(UndecidedException.class)
          .hasMessageContaining("decision %d was taken later".formatted(later));
      desk(central).undo(later, "ann", false);
      desk(central).undo(shared, "ann", false);
    }
  }

  @Test
  void undo_ofAHouseThatWasMatched_saysThatItIsMatchedAndNotMade() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      central.gateway("a").house(0, "D", "1 High Street", 10);
      Feed second = central.gateway("b");
      second.house(40, "D", "1 High Street", 20);
      long number = decide(central, second, HOUSE, 41, Verdict.DIFFERENT);

      Plan plan = desk(central).undo(number, "ann", true).plan();

      assertThat(plan.steps())
          .filteredOn(step -> step.table().equals("House") && step.local().isPresent())
          .extracting(Plan.Step::act)
          .containsExactly(Plan.Act.MATCHED_ANEW);
    }
  }

  @Test
  void undo_whenReadingsWaitAgain_doesNotSayThatTheyAreElsewhere() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      central.gateway("a").house(0, "D", "1 High Street", 10);
      Feed second = central.gateway("b");
      second.house(40, "D", "2 Mill Lane", 10);
      second.live(READING, row(HistoryLaneTest.T, 10, 0, 41, 2.0));
      long number = decide(central, second, NODE, 10, Verdict.DIFFERENT);

      Plan plan = desk(central).undo(number, "ann", false).plan();

      assertThat(plan.effect()).isEqualTo(new Plan.Effect(0, 0, 1));
    }
  }

  @Test
  void gateways_whereNoneEverPushed_saysThatItIsAnotherDatabase() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      assertThatThrownBy(() -> desk(central).gateways())
          .isInstanceOf(UndecidedException.class)
          .hasMessageStartingWith(
              "no gateway has ever pushed to this database: it is a gateway's own");
    }
  }

  @Test
  void differences_ofAGatewayThatIsStopped_saysWhyAsAPushDoes() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      central.gateway("gw");
      central.execute(
          "UPDATE tributary_gateway SET stopped = '2016-01-01 00:00:00', stopped_why = 'Two machines go by it'");

      assertThatThrownBy(
              () ->
                  central.ingest.differences(
                      new GatewayId("gw"),
                      new Claims(
                          READING, 1, Optional.empty(), Grain.WHOLE, true, List.of(), List.of())))
          .isInstanceOf(RefusedGatewayException.class)
          .hasMessage("Two machines go by it");
    }
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
}
