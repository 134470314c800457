package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.edge.config.HistoryConfig;
import org.tributary.edge.config.HistoryConfig.Deletes;
import org.tributary.wire.Tables;

/** What the very next push mends, and what no push may destroy. */
class HealingTest {

  /** A logger writes on in a database that was brought back, and its new rows are pushed. */
  @ParameterizedTest
  @EnumSource
  void push_ofAMirroredDatabaseThatWasBroughtBack_neverDeletesWhatOnlyCentralHas(TestEngine engine)
      throws Exception {
    try (SimulatedWorld world = world(engine, Deletes.MIRROR)) {
      liveOn(world, 8);
      world.settle();
      world.house.backUp();
      liveOn(world, 4);
      world.settle();
      Map<String, String> readings = world.there(Tables.READING);
      Map<String, String> states = world.there(Tables.NODE_STATE);

      world.house.restore();
      for (int day = 0; day < 6; day++) {
        liveOn(world, 1);
        world.push();
      }
      world.settle();
      world.house.logLate(world.clock.instant().minus(Duration.ofDays(9)));
      world.settle();

      assertThat(world.there(Tables.READING)).containsAllEntriesOf(readings);
      assertThat(world.there(Tables.NODE_STATE)).containsAllEntriesOf(states);
      assertThat(world.corrections()).isEmpty();
      assertThat(world.push().healed()).isEqualTo(Healed.NOTHING);
    }
  }

  @ParameterizedTest
  @EnumSource
  void push_afterHandsChangedRecentRowsAtCentral_mendsThemAtOnce(TestEngine engine)
      throws Exception {
    try (SimulatedWorld world = world(engine, Deletes.KEEP)) {
      liveOn(world, 6);
      String last = world.clock.instant().minus(Duration.ofHours(30)).toString();
      world.settle();

      world.damage("UPDATE @Reading@ SET value = -40 WHERE type = 2");
      world.push();
      Map<String, String> readings = world.there(Tables.READING);

      assertThat(readings.entrySet())
          .filteredOn(each -> each.getKey().substring(1).compareTo(last) > 0)
          .isNotEmpty()
          .noneMatch(each -> each.getValue().contains("-40"));
    }
  }

  @Test
  void push_whenADayIsKnownToDiffer_mendsItThoughTheSweepIsElsewhere() throws Exception {
    try (SimulatedWorld world = world(TestEngine.SQLITE, Deletes.KEEP)) {
      liveOn(world, 12);
      world.settle();
      world.damage(
          "DELETE FROM @Reading@ WHERE type = 0 AND time < '"
              + world.clock.instant().minus(Duration.ofDays(5)).toString().replace('T', ' ')
              + "'");
      world.restart();
      world.network.lose(0);
      while (world.status().differing() == 0) { // a sweep comes by, and then the link breaks
        world.clock.advance(SimulatedWorld.STEP);
        world.push(() -> true);
      }
      long differing = world.status().differing();
      world.restart();

      Healed healed = world.push().healed().plus(world.push().healed());

      assertThat(differing).isPositive();
      assertThat(healed.stored()).isPositive();
    }
  }

  @Test
  void push_forTheFirstTime_comparesWhatItSent() throws Exception {
    try (SimulatedWorld world = world(TestEngine.SQLITE, Deletes.KEEP)) {
      liveOn(world, 1);
      world.push();
      world.house.logLate(world.clock.instant().minus(Duration.ofHours(3)));
      world.restart(); // nothing is remembered

      world.push();

      world.assertBothTheSame();
    }
  }

  @Test
  void status_whenARowWasLoggedLate_isNotGreen() throws Exception {
    try (SimulatedWorld world = world(TestEngine.SQLITE, Deletes.KEEP)) {
      liveOn(world, 3);
      world.push();
      assertThat(world.status().standing()).isEqualTo(Standing.ALL_SENT);

      world.house.logLate(world.clock.instant().minus(Duration.ofHours(27)));

      assertThat(world.status().standing()).isEqualTo(Standing.WAITING);
      assertThat(world.status().differing()).isEqualTo(3);
      world.push();
      assertThat(world.status().standing()).isEqualTo(Standing.ALL_SENT);
    }
  }

  private static SimulatedWorld world(TestEngine engine, HistoryConfig.Deletes deletes)
      throws IOException {
    return new SimulatedWorld(engine, new Random(1), deletes);
  }

  private static void liveOn(SimulatedWorld world, int days) throws Exception {
    for (int step = 0; step < days * 4; step++) {
      world.clock.advance(SimulatedWorld.STEP);
      world.house.log(world.clock.instant());
    }
  }
}
