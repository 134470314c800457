package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.DEPLOYMENT;
import static org.tributary.wire.Tables.HOUSE;
import static org.tributary.wire.Tables.LOCATION;
import static org.tributary.wire.Tables.NODE;
import static org.tributary.wire.Tables.READING;
import static org.tributary.wire.Tables.ROOM;
import static org.tributary.wire.Tables.ROOM_TYPE;
import static org.tributary.wire.Tables.SENSOR;
import static org.tributary.wire.Tables.SENSOR_TYPE;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Ack;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;

/** What is whose: rows of a gateway find their own at central, or are refused, never guessed. */
class MatchingTest {

  private static final Instant T = Instant.parse("2016-05-01T00:00:00Z");

  /** F23: the same names under swapped ids. */
  @ParameterizedTest
  @EnumSource
  void accept_ofNamesUnderSwappedIds_mixesNothingUp(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed first = central.gateway("first");
      first.rooms(0);
      first.whole(DEPLOYMENT, row(1, "D", null, null, null), row(2, "E", null, null, null));
      Feed second = central.gateway("second");
      second.rooms(0);
      second.whole(DEPLOYMENT, row(2, "D", null, null, null), row(1, "E", null, null, null));
      second.whole(ROOM_TYPE, row(1, "Wet Room"), row(2, "Living Area"), row(3, "Loft"));
      second.whole(ROOM, row(5, 3, "Attic"), row(6, 3, "Cellar"));
      second.whole(HOUSE, row(1, 2, "of D", null, null), row(2, 1, "of E", null, null));
      second.whole(LOCATION, row(1, 1, 5), row(2, 2, 6));
      second.whole(NODE, row(21, 1, 0), row(22, 2, 0));
      second.live(READING, row(T, 21, 0, 1, 1.0), row(T, 22, 0, 2, 2.0));

      assertThat(central.rows(DEPLOYMENT)).hasSize(2);
      assertThat(central.row(HOUSE, "address", "of D").get("deploymentId"))
          .isEqualTo(central.row(DEPLOYMENT, "name", "D").get("id"));
      assertThat(central.row(HOUSE, "address", "of E").get("deploymentId"))
          .isEqualTo(central.row(DEPLOYMENT, "name", "E").get("id"));
      Object attic = central.row(READING, "value", 1.0).get("locationId");
      assertThat(central.addressOf(attic)).isEqualTo("of D");
      assertThat(central.row(LOCATION, "id", attic).get("roomId"))
          .isEqualTo(central.row(ROOM, "name", "Attic").get("id"));
    }
  }

  /** Two rows at the gateway that swap their names are still the same rows. */
  @ParameterizedTest
  @EnumSource
  void accept_ofSwappedNames_swapsThemAtCentral(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.whole(DEPLOYMENT, row(1, "D", null, null, null), row(2, "E", null, null, null));
      Object d = central.row(DEPLOYMENT, "name", "D").get("id");

      gateway.whole(DEPLOYMENT, row(1, "E", null, null, null), row(2, "D", null, null, null));

      assertThat(central.rows(DEPLOYMENT)).hasSize(2);
      assertThat(central.row(DEPLOYMENT, "id", d).get("name")).isEqualTo("E");
    }
  }

  /** F27: letters that mean something to LIKE. */
  @ParameterizedTest
  @EnumSource
  void accept_ofAddressesWithWildcards_takesThemLetterByLetter(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed first = central.gateway("first");
      first.whole(DEPLOYMENT, row(1, "D", null, null, null));
      first.whole(
          HOUSE,
          row(1, 1, "Flat_1", null, null),
          row(2, 1, "FlatA1", null, null),
          row(3, 1, "100%", null, null),
          row(4, 1, "100 Mill Lane", null, null),
          row(5, 1, "flat_1", null, null),
          row(6, 1, "Flat_1 ", null, null));
      assertThat(central.rows(HOUSE)).hasSize(6);

      Feed second = central.gateway("second");
      second.whole(DEPLOYMENT, row(7, "D", null, null, null));
      Ack ack = second.whole(HOUSE, row(8, 7, "100%", null, null), row(9, 7, "Flat_1", null, null));

      assertThat(ack.unchanged()).isEqualTo(2);
      assertThat(central.rows(HOUSE)).hasSize(6);
    }
  }

  /** F28. */
  @ParameterizedTest
  @EnumSource
  void accept_ofAHouseWithoutDeployment_attachesToNoneInADeployment(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      central.gateway("first").house(0, "D", "1 High Street", 7);

      Ack ack = central.gateway("second").whole(HOUSE, row(1, null, "1 High Street", null, null));
      assertThat(ack.inserted()).isEqualTo(1);
      Ack third = central.gateway("third").whole(HOUSE, row(1, null, "1 High Street", null, null));

      assertThat(third.unchanged()).isEqualTo(1);
      assertThat(central.column(HOUSE, "deploymentId")).hasSize(2).containsOnlyOnce((Object) null);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_whereCentralHasTwoCandidates_namesBothAndTakesNeither(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      central.execute("INSERT INTO @Deployment@ (@name@) VALUES ('D')");
      central.execute("INSERT INTO @Deployment@ (@name@) VALUES ('D')");
      List<Object> ids = central.column(DEPLOYMENT, "id");
      Feed gateway = central.gateway("gw");

      Ack ack =
          gateway.whole(DEPLOYMENT, row(1, "D", null, null, null), row(2, "E", null, null, null));

      assertThat(ack.inserted()).isEqualTo(1);
      assertThat(ack.setAside()).singleElement().returns(Rule.AMBIGUOUS, SetAside::rule);
      assertThat(ack.setAside().get(0).reason())
          .contains("\"D\"", ids.get(0).toString(), ids.get(1).toString());
      assertThat(central.rows(DEPLOYMENT)).hasSize(3);
      assertThat(gateway.position(DEPLOYMENT)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofTwoAlikeRows_namesBothAndTakesNeither(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");

      Ack ack =
          gateway.whole(
              DEPLOYMENT,
              row(1, "D", "a", null, null),
              row(2, "E", null, null, null),
              row(3, "D", "b", null, null));

      assertThat(ack.inserted()).isEqualTo(1);
      assertThat(ack.setAside())
          .hasSize(2)
          .allSatisfy(
              row -> {
                assertThat(row.rule()).isEqualTo(Rule.AMBIGUOUS);
                assertThat(row.reason()).contains("Deployment 1", "Deployment 3");
              });
      assertThat(central.column(DEPLOYMENT, "name")).containsExactly("E");
    }
  }

  /** Which of the two it is that central has, nobody knows. */
  @ParameterizedTest
  @EnumSource
  void accept_ofTwoRowsLikeOneOfCentrals_namesBothAndTakesNeither(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      central.execute("INSERT INTO @Deployment@ (@name@) VALUES ('D')");
      Feed gateway = central.gateway("gw");

      Ack ack =
          gateway.whole(DEPLOYMENT, row(1, "D", null, null, null), row(2, "D", null, null, null));

      assertThat(ack.setAside())
          .hasSize(2)
          .allSatisfy(row -> assertThat(row.reason()).contains("Deployment 1", "Deployment 2"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofASecondRowLikeOneThatIsMatched_namesBoth(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.whole(DEPLOYMENT, row(1, "D", null, null, null));

      Ack ack =
          gateway.whole(DEPLOYMENT, row(1, "D", null, null, null), row(2, "D", null, null, null));

      assertThat(ack.setAside()).singleElement().returns(Rule.AMBIGUOUS, SetAside::rule);
      assertThat(ack.setAside().get(0).reason()).contains("Deployment 1", "Deployment 2");
      assertThat(central.rows(DEPLOYMENT)).hasSize(1);
    }
  }

  /** One that is plainly the same but for what it refers to. */
  @ParameterizedTest
  @EnumSource
  void accept_ofARowOfCentralsWithoutItsParent_letsItWait(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 High Street");
      central.execute("INSERT INTO @Node@ (@id@) VALUES (7)");

      Ack ack = gateway.whole(NODE, row(7, 99, 0));

      assertThat(ack.setAside()).extracting(SetAside::rule).containsExactly(Rule.PARENT_MISSING);
      assertThat(gateway.whole(NODE, row(7, 1, 0)).changed()).isEqualTo(1);
    }
  }

  /** A row that has not changed, of something that has come into doubt meanwhile. */
  @ParameterizedTest
  @EnumSource
  void accept_ofAKnownRowWhoseParentIsInDoubtByNow_letsItWait(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 High Street", 7);
      Object[] sensor = row(1, 2, 7, 1.0, 0.0);
      assertThat(gateway.whole(SENSOR, sensor).inserted()).isEqualTo(1);
      gateway.whole(SENSOR_TYPE, row(2, "Wind", "W", "m/s", 0.0, 1.0, 0.0, 0.0));

      Ack ack = gateway.whole(SENSOR, sensor);

      assertThat(ack.setAside()).extracting(SetAside::rule).containsExactly(Rule.PARENT_MISSING);
    }
  }

  /** F26: the second gateway of a house, whose readings are older than the first one's. */
  @ParameterizedTest
  @EnumSource
  void accept_ofASecondGatewayInTheSameHouse_storesItsOlderReadings(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed first = central.gateway("first");
      first.house(0, "D", "1 High Street", 7);
      first.live(READING, row(T, 7, 0, 1, 1.0));

      Feed second = central.gateway("second");
      second.house(30, "D", "1 High Street", 8, 9);
      Object[][] older = new Object[10][];
      for (int i = 0; i < older.length; i++) {
        older[i] = row(T.minusSeconds(100 - i), 8 + i % 2, 0, 31 + i % 2, 2.0);
      }
      Ack ack = second.live(READING, older);

      assertThat(ack.inserted()).isEqualTo(10);
      assertThat(central.rows(HOUSE)).hasSize(1);
      assertThat(central.rows(LOCATION)).hasSize(2);
      assertThat(central.rows(READING)).hasSize(11);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofANodeOfAnothersHouse_filesNothingThere(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed first = central.gateway("first");
      first.house(0, "D", "1 High Street", 7);
      first.live(READING, row(T, 7, 0, 1, 1.0));
      Feed second = central.gateway("second");
      second.house(30, "D", "2 High Street", 8);

      Ack ack = second.whole(NODE, row(7, 31, 0), row(8, 31, 0));
      second.live(
          READING,
          row(T, 7, 0, 31, 99.0),
          row(T.plusSeconds(1), 7, 0, null, 98.0),
          row(T, 8, 0, 31, 2.0));

      assertThat(ack.setAside()).singleElement().returns(Rule.CLAIMED, SetAside::rule);
      assertThat(ack.setAside().get(0).reason())
          .contains("node 7", "first's: in House", "set gateway = first in [general]");
      assertThat(central.column(READING, "value")).containsExactly(1.0, 2.0);
      assertThat(central.addressOf(central.row(NODE, "id", 7L).get("locationId")))
          .isEqualTo("1 High Street");
      assertThat(central.setAside(second)).hasSize(3);

      // The first gateway's house loses the node, and an operator says so at central.
      central.execute(
          """
          DELETE FROM tributary_mapping
          WHERE table_name = 'Node'
          AND gateway_id = (SELECT id FROM tributary_gateway WHERE name = 'first')
          """);
      second.whole(NODE, row(7, 31, 0), row(8, 31, 0));
      assertThat(central.setAside(second)).isEmpty();
      assertThat(central.column(READING, "value")).contains(98.0);
    }
  }

  /** Two gateways of one house share a node, until one of them carries it away. */
  @ParameterizedTest
  @EnumSource
  void accept_ofASharedNodeThatMovesToAnotherHouse_letsItsReadingsWait(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      central.gateway("first").house(0, "D", "1 High Street", 7);
      Feed second = central.gateway("second");
      second.house(30, "D", "1 High Street", 7);
      second.live(READING, row(T, 7, 0, 31, 1.0));
      assertThat(central.rows(READING)).hasSize(1);

      second.whole(
          HOUSE, row(31, 31, "1 High Street", null, null), row(39, 31, "Elsewhere", null, null));
      second.whole(LOCATION, row(31, 31, 31), row(32, 31, 32), row(39, 39, 31));
      Ack ack = second.whole(NODE, row(7, 39, 0));
      second.live(READING, row(T.plusSeconds(1), 7, 0, null, 2.0));

      assertThat(ack.setAside()).singleElement().returns(Rule.CLAIMED, SetAside::rule);
      assertThat(central.column(READING, "value")).containsExactly(1.0);
    }
  }

  /** A database file that was moved gives its gateway a new name. */
  @ParameterizedTest
  @EnumSource
  void accept_ofANodeWithoutALocationFromAGatewayUnderANewName_saysWhatToDo(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed before = central.gateway("before");
      before.rooms(0);
      before.whole(NODE, row(7, null, 0));
      Feed after = central.gateway("after");
      after.rooms(0);

      Ack ack = after.whole(NODE, row(7, null, 0));

      assertThat(ack.setAside()).singleElement().returns(Rule.CLAIMED, SetAside::rule);
      assertThat(ack.setAside().get(0).reason())
          .contains("without a location at central, without a location here")
          .contains("set gateway = before in [general]")
          .doesNotContain("none");
    }
  }

  /** On the day of installation many gateways bring the same deployment at the same moment. */
  @ParameterizedTest
  @EnumSource
  void accept_ofTheSameHouseFromManyGatewaysAtOnce_makesOne(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        for (int round = 0; round < 5; round++) {
          String name = "D" + round;
          List<Feed> gateways = new ArrayList<>();
          for (int i = 0; i < 4; i++) {
            gateways.add(central.gateway("gw-" + round + "-" + i));
          }
          List<Callable<Ack>> work = new ArrayList<>();
          for (Feed gateway : gateways) {
            work.add(() -> gateway.whole(DEPLOYMENT, row(1, name, null, null, null)));
          }
          for (Future<Ack> done : threads.invokeAll(work)) {
            assertThat(done.get().setAside()).isEmpty();
          }
        }
      } finally {
        threads.shutdown();
      }

      assertThat(central.column(DEPLOYMENT, "name"))
          .containsExactlyInAnyOrder("D0", "D1", "D2", "D3", "D4");
    }
  }
}
