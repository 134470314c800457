package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.edge.config.HistoryConfig;
import org.tributary.store.SourceDatabase;
import org.tributary.store.ingest.NodeMoves;
import org.tributary.store.rest.Outcome;
import org.tributary.store.rest.RestStore;
import org.tributary.wire.Correction;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.rest.RestTables;

/** Single mishaps of either end, and what the pushes after them make of it. */
class RepairTest {

  static final long NODE = 11;

  @Test
  void push_whenNothingIsNew_isOneSmallRequest() throws Exception {
    try (SimulatedWorld world = lived(TestEngine.SQLITE)) {
      world.network.forgetCounts();

      PushResult result = world.push();

      assertThat(result.sent()).isZero();
      assertThat(result.healed()).isEqualTo(Healed.NOTHING);
      assertThat(world.network.requests()).isEqualTo(1);
      assertThat(world.network.bytes()).isLessThan(1_000); // without headers
    }
  }

  @Test
  void push_afterCentralWasBroughtBackFromABackup_bringsAllThatCameSince() throws Exception {
    try (SimulatedWorld world = lived(TestEngine.SQLITE)) {
      world.backUpCentral();
      world.house.logLate(world.clock.instant().minus(Duration.ofHours(97)));
      world.house.edit();
      liveOn(world, 2);
      world.settle();
      world.assertBothTheSame();

      world.restoreCentral();
      Healed healed = world.settle();

      world.assertBothTheSame();
      assertThat(healed.stored()).isPositive();
      assertThat(world.push().healed()).isEqualTo(Healed.NOTHING);
    }
  }

  @ParameterizedTest
  @EnumSource
  void push_afterReadingsOfLongAgoWereEdited_bringsThemWithinATurnOfTheSweep(TestEngine engine)
      throws Exception {
    try (SimulatedWorld world = lived(engine)) {
      world.house.logLate(world.clock.instant().minus(Duration.ofHours(121)));
      world.house.edit();

      Healed healed = world.settle();

      world.assertBothTheSame();
      assertThat(healed.stored()).isBetween(3L, 4L); // two readings and a state; one edited
      assertThat(world.corrections()).hasSizeLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void push_afterARowThatCanNotBeReadWasLoggedBehindThePosition_setsItAsideOnce(TestEngine engine)
      throws Exception {
    try (SimulatedWorld world = lived(engine)) {
      Instant recent = world.clock.instant().minus(Duration.ofHours(25));
      Instant longAgo = world.clock.instant().minus(Duration.ofHours(121));
      world.house.spoil(recent);
      world.house.spoil(longAgo);

      world.push();
      assertThat(world.setAside()).contains("[%s, 11, 0]".formatted(recent));
      world.settle();
      PushResult quiet = world.push();

      assertThat(world.setAside())
          .containsExactlyInAnyOrder(
              "[%s, 11, 0]".formatted(recent), "[%s, 11, 0]".formatted(longAgo));
      assertThat(quiet.healed()).isEqualTo(Healed.NOTHING);
      assertThat(quiet.setAside()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void push_afterAReadingWasMadeUnreadable_keepsItThereAndSaysWhyUntilItIsMended(
      HistoryConfig.Deletes deletes) throws Exception {
    try (SimulatedWorld world = lived(TestEngine.SQLITE, deletes)) {
      Instant time = world.clock.instant().minus(SimulatedWorld.STEP);
      String key = "[%s, 11, 0]".formatted(time);
      world.house.mend(time, 20.5);
      world.settle();
      String before = world.there(Tables.READING).get(key);

      world.house.spoil(time);
      world.settle();
      assertThat(world.setAside()).containsExactly(key);
      assertThat(world.there(Tables.READING)).containsEntry(key, before);

      world.house.mend(time, 21.5);
      world.settle();
      assertThat(world.setAside()).isEmpty();
      world.assertBothTheSame();

      world.house.spoil(time);
      world.settle();
      assertThat(world.setAside()).as("the same trouble once more").containsExactly(key);
    }
  }

  @ParameterizedTest
  @EnumSource
  void push_afterAnOperatorFiledReadingsElsewhere_leavesThemAndIsQuietAgain(TestEngine engine)
      throws Exception {
    try (SimulatedWorld world = lived(engine)) {
      Map<String, String> before = world.there(Tables.READING);
      long house = (Long) row(world, Tables.HOUSE, "address", "1 Test Street").get("id");
      long other = otherPlace(world);

      int filed = new NodeMoves(world.central()).file(NODE, house, other).orElseThrow();
      Map<String, String> after = world.there(Tables.READING);
      Healed healed = world.settle();

      assertThat(filed).isPositive();
      assertThat(after).isNotEqualTo(before);
      assertThat(world.there(Tables.READING)).isEqualTo(after);
      assertThat(healed.stored()).isZero();
      assertThat(world.corrections()).isEmpty();
      assertThat(world.settle()).isEqualTo(Healed.NOTHING);
    }
  }

  @ParameterizedTest
  @EnumSource
  void push_afterAHouseThatTheGatewayHasWasDeleted_bringsItBackWithItsReadings(TestEngine engine)
      throws Exception {
    try (SimulatedWorld world = lived(engine)) {
      long house = (Long) row(world, Tables.HOUSE, "address", "1 Test Street").get("id");

      Outcome outcome = new RestStore(world.central(), world.clock).delete(RestTables.HOUSE, house);
      world.settle();

      assertThat(outcome).isInstanceOf(Outcome.Done.class);
      world.assertBothTheSame();
      assertThat(world.corrections())
          .isNotEmpty()
          .allMatch(correction -> correction.kind() == Correction.Kind.EDITED);
      assertThat(world.push().healed()).isEqualTo(Healed.NOTHING);
    }
  }

  @ParameterizedTest
  @EnumSource
  void push_afterRowsThatOnlyCentralKeptWereDeletedThere_isQuietAgain(TestEngine engine)
      throws Exception {
    try (SimulatedWorld world = lived(engine)) {
      List<String> kept = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        world.house.delete();
      }
      kept.addAll(world.there(Tables.READING).keySet());
      kept.removeAll(world.house.ledger().rows(Tables.READING).keySet());
      world.settle();

      world.damage("DELETE FROM @Reading@"); // of hours and days that the gateway has rows of
      world.settle();

      world.assertBothTheSame();
      assertThat(kept).isNotEmpty();
      assertThat(world.there(Tables.READING)).doesNotContainKeys(kept.toArray(String[]::new));
      world.assertBothKnowIt();
    }
  }

  @ParameterizedTest
  @EnumSource
  void push_afterTheSameOfADayOfWhichAllElseIsSetAside_isQuietAgain(TestEngine engine)
      throws Exception {
    try (SimulatedWorld world = lived(engine)) {
      Instant day = keptOnlyAtCentral(world);

      world.centralClock.wrongBy(Duration.ofDays(-20));
      world.house.log(day.plus(Duration.ofHours(5)));
      long apart = world.push().setAside();
      world.centralClock.setRight();
      world.damage("DELETE FROM @Reading@");
      world.settle();

      assertThat(apart).isPositive();
      world.assertBothTheSame();
      world.assertBothKnowIt();
    }
  }

  /** A day of which central keeps rows and the gateway has none, with older ones before it. */
  private static Instant keptOnlyAtCentral(SimulatedWorld world) throws Exception {
    Instant day = world.clock.instant().minus(Duration.ofDays(5)).truncatedTo(ChronoUnit.DAYS);
    world.house.logLate(day.minus(Duration.ofDays(3)));
    world.house.deleteWithin(day, day.plus(Duration.ofDays(1)));
    world.settle();
    return day;
  }

  /** Six days, all at central. */
  private static SimulatedWorld lived(TestEngine engine) throws Exception {
    return lived(engine, HistoryConfig.Deletes.KEEP);
  }

  private static SimulatedWorld lived(TestEngine engine, HistoryConfig.Deletes deletes)
      throws Exception {
    SimulatedWorld world = new SimulatedWorld(engine, new Random(1), deletes);
    liveOn(world, 6);
    world.settle();
    world.assertBothTheSame();
    return world;
  }

  private static void liveOn(SimulatedWorld world, int days) throws Exception {
    for (int step = 0; step < days * 4; step++) {
      world.clock.advance(SimulatedWorld.STEP);
      Instant now = world.clock.instant();
      world.house.log(now);
    }
    world.push();
  }

  /** The location at central where node 11 is not. */
  private static long otherPlace(SimulatedWorld world) throws Exception {
    Object its = row(world, Tables.NODE, "id", NODE).get("locationId");
    try (SourceDatabase central = new SourceDatabase(world.central().url())) {
      Rows places = central.readAll(Tables.LOCATION).rows();
      for (int row = 0; row < places.size(); row++) {
        Object id = places.value("id", row);
        if (id instanceof Long place && !id.equals(its)) {
          return place;
        }
      }
    }
    throw new AssertionError("There is one location only");
  }

  private static Map<String, Object> row(
      SimulatedWorld world, Table table, String column, Object value) throws Exception {
    try (SourceDatabase central = new SourceDatabase(world.central().url())) {
      Rows rows = central.readAll(table).rows();
      for (int row = 0; row < rows.size(); row++) {
        if (value.equals(rows.value(column, row))) {
          return rows.row(row);
        }
      }
    }
    throw new AssertionError("No %s with %s %s".formatted(table, column, value));
  }
}
