package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.READING;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.fleet.CoverageDay;
import org.tributary.store.fleet.CoverageState;
import org.tributary.store.fleet.Fleet;
import org.tributary.store.fleet.FleetGateway;
import org.tributary.store.fleet.FleetState;
import org.tributary.store.fleet.TimeLeft;
import org.tributary.wire.Backlog;
import org.tributary.wire.Batch;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;

/** What central says of each of its gateways. */
class FleetTest {

  private static final LocalDate TODAY = LocalDate.parse("2016-06-01");

  @ParameterizedTest
  @EnumSource
  void gateways_whenAllDaysAreTheSameAtBothEnds_saysAllSent(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = house(central, "gw", 0);
      ComparedReadings readings = new ComparedReadings(central, gateway);
      for (int back = 8; back >= 1; back--) {
        readings.send(TODAY.minusDays(back), 24, back == 3 ? 8 : 24);
        readings.compare(TODAY.minusDays(back), 0);
      }

      FleetGateway told = only(central);

      assertThat(told.state()).isEqualTo(FleetState.ALL_SENT);
      assertThat(told.name()).isEqualTo("gw");
      assertThat(told.version()).isEqualTo("0.1.0");
      assertThat(told.houses()).extracting(FleetGateway.House::address).containsExactly("House 0");
      assertThat(told.proof().isVerified()).isTrue();
      assertThat(told.proof().compared()).contains(Central.NOW);
      assertThat(told.proof().reached()).contains(Instant.parse("2016-05-31T23:00:00Z"));
      assertThat(told.unsent().rows()).isZero();
      assertThat(told.unsent().oldest()).isEmpty();
      assertThat(told.week())
          .extracting(CoverageDay::state)
          .containsExactly(
              CoverageState.VERIFIED,
              CoverageState.VERIFIED,
              CoverageState.VERIFIED,
              CoverageState.SHORT,
              CoverageState.VERIFIED,
              CoverageState.VERIFIED,
              CoverageState.NOTHING);
      assertThat(told.week().get(3).present()).isEqualTo(32);
      assertThat(told.week().get(3).usual()).isEqualTo(48);
    }
  }

  @ParameterizedTest
  @EnumSource
  void gateways_whenComparingFoundTheSameAgain_saysWhenItDid(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = house(central, "gw", 0);
      ComparedReadings readings = new ComparedReadings(central, gateway);
      readings.send(TODAY.minusDays(1), 24, 24);
      FleetGateway before = only(central);
      readings.compare(TODAY.minusDays(1), 0);
      central.clock.advance(Duration.ofHours(5));
      readings.compare(TODAY.minusDays(1), 0);
      central.clock.advance(Duration.ofMinutes(10));

      FleetGateway told = only(central);

      assertThat(before.proof().compared()).isEmpty();
      assertThat(before.proof().isVerified()).isFalse();
      assertThat(told.proof().isVerified()).isTrue();
      assertThat(told.proof().compared()).contains(Central.NOW.plus(Duration.ofHours(5)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void gateways_whenItHasRowsThatAreNotHere_saysHowManyAndOfWhichDay(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = house(central, "gw", 0);
      ComparedReadings readings = new ComparedReadings(central, gateway);
      readings.send(TODAY.minusDays(2), 24, 0);
      readings.send(TODAY.minusDays(1), 24, 0);
      readings.compare(TODAY.minusDays(2), 5);
      readings.compare(TODAY.minusDays(1), 0);

      FleetGateway told = only(central);

      assertThat(told.state()).isEqualTo(FleetState.WAITING);
      assertThat(told.reason()).contains("5 rows");
      assertThat(told.unsent().rows()).isEqualTo(5);
      assertThat(told.unsent().age(Central.NOW)).contains(Duration.ofHours(60));
      assertThat(told.proof().isVerified()).isFalse();
      CoverageDay day = told.week().get(4);
      assertThat(day.state()).isEqualTo(CoverageState.WAITING);
      assertThat(day.present()).isEqualTo(24);
      assertThat(day.waiting()).isEqualTo(5);
    }
  }

  @Test
  void gateways_whenOneIsNotHeardAnyMore_saysSilentAndThatDaysSinceMayHoldMore() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed gateway = house(central, "gw", 0);
      ComparedReadings readings = new ComparedReadings(central, gateway);
      readings.send(TODAY.minusDays(1), 24, 0);
      readings.compare(TODAY.minusDays(1), 0);
      Fleet fleet = new Fleet(central.database, central.clock);

      central.clock.advance(Duration.ofMinutes(119));
      FleetState before = fleet.gateways().get(0).state();
      central.clock.advance(Duration.ofDays(2));
      FleetGateway told = fleet.gateways().get(0);

      assertThat(before).isEqualTo(FleetState.ALL_SENT);
      assertThat(told.state()).isEqualTo(FleetState.SILENT);
      assertThat(told.reason()).contains("Not heard for 2 days", "within 2 hours");
      assertThat(told.week().subList(4, 7))
          .extracting(CoverageDay::state)
          .containsOnly(CoverageState.NOT_HEARD);
    }
  }

  @Test
  void gateways_whenOneIsInTouchOnlyNowAndThen_waitsLongerBeforeItSaysSilent() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed gateway = house(central, "gw", 0);
      ComparedReadings readings = new ComparedReadings(central, gateway);
      // At noon each day it tells what it has of the day before.
      for (int day = 0; day < 5; day++) {
        readings.send(TODAY.plusDays(day - 1), 24, 0);
        readings.compare(TODAY.plusDays(day - 1), 0);
        central.clock.advance(Duration.ofDays(1));
      }

      FleetGateway told = only(central);

      assertThat(told.contact().silentAfter()).isEqualTo(Duration.ofDays(2));
      assertThat(told.state()).isEqualTo(FleetState.ALL_SENT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void gateways_whenTwoMachinesGoByOneName_putsItFirst(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      central.gateway("a-quiet-one");
      Feed gateway = new Feed(central, "gw");
      gateway.booted("one").greet();
      gateway.booted("two").greet();
      assertThat(catchThrowable(() -> gateway.booted("one").greet())).isNotNull();

      List<FleetGateway> told = new Fleet(central.database, central.clock).gateways();

      assertThat(told)
          .extracting(FleetGateway::state)
          .containsExactly(FleetState.STOPPED, FleetState.NEW);
      assertThat(told.get(0).reason()).contains("Two machines");
    }
  }

  @ParameterizedTest
  @EnumSource
  void gateways_whenRowsAreKeptApartAndUploadsCome_saysForWhomSomebodyIsNeeded(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = house(central, "gw", 0);
      gateway.untrusted(READING, row(Central.NOW.plus(Duration.ofDays(9)), 7, 0, 1L, 20.0));
      central.database.write(
          connection ->
              new Gateways(central.database.engine(), central.clock).noteRest(connection));

      List<FleetGateway> told = new Fleet(central.database, central.clock).gateways();

      assertThat(told)
          .extracting(FleetGateway::name, FleetGateway::state)
          .containsExactly(
              tuple("gw", FleetState.ACTION_NEEDED), tuple("rest", FleetState.UPLOADS));
      assertThat(told.get(0).reason()).isEqualTo("1 row is kept apart: 1 clock untrusted.");
      assertThat(told.get(0).setAside()).isEqualTo(Map.of(Rule.CLOCK_UNTRUSTED, 1L));
    }
  }

  @ParameterizedTest
  @EnumSource
  void gateways_whileOneSendsWhatItLeftBehind_tellsHowLongThatWillTakeFromHowFastItCame(
      TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = house(central, "gw", 0);
      ComparedReadings readings = new ComparedReadings(central, gateway);
      readings.send(TODAY.minusDays(1), 24, 0);
      readings.compare(TODAY.minusDays(1), 0);
      Fleet fleet = new Fleet(central.database, central.clock);
      Instant begin = Instant.parse("2016-05-01T00:00:00Z");
      Optional<Position> before = Optional.empty();
      Optional<TimeLeft> first = Optional.empty();
      // 20 days are left, 18 two minutes later, and 17 after two more.
      for (int days : new int[] {20, 18, 17}) {
        Backlog left =
            Backlog.NONE.with(new Backlog.Span(begin, begin.plus(Duration.ofDays(days))));
        leave(gateway, before, left);
        before = Optional.of(left.position());
        FleetGateway told = fleet.gateways().get(0);
        if (days == 20) {
          first = told.unsent().timeLeft();
        }
        assertThat(told.state()).isEqualTo(FleetState.CATCHING_UP);
        central.clock.advance(Duration.ofMinutes(2));
      }

      FleetGateway told = fleet.gateways().get(0);

      assertThat(first).isEmpty();
      assertThat(told.unsent().isLeast()).isTrue();
      assertThat(told.unsent().oldest()).contains(begin);
      assertThat(told.unsent().timeLeft())
          .contains(new TimeLeft(Duration.ofMinutes(17), Duration.ofMinutes(34)));
      assertThat(told.proof().isVerified()).isFalse();
    }
  }

  @Test
  void gateways_whileOneSendsWhatItLeftBehindAndHasCounted_saysHowManyRowsAreLeft()
      throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed gateway = house(central, "gw", 0);
      ComparedReadings readings = new ComparedReadings(central, gateway);
      readings.send(TODAY, 6, 0);
      Instant day = TODAY.minusDays(9).atStartOfDay(ZoneOffset.UTC).toInstant();
      Backlog left = Backlog.NONE.with(new Backlog.Span(day, day.plus(Duration.ofDays(1))));
      leave(gateway, Optional.empty(), left);
      Fleet fleet = new Fleet(central.database, central.clock);
      FleetGateway before = fleet.gateways().get(0);
      readings.compare(TODAY.minusDays(9), 3_000);

      for (int rows = 0; rows < 4; rows++) {
        fleet.look(); // nobody has to
        central.clock.advance(Duration.ofMinutes(1));
        gateway.accept(Feed.batch(READING, Lane.HISTORY, Optional.empty(), hundred(day, rows)));
      }
      FleetGateway told = fleet.gateways().get(0);

      assertThat(before.unsent().isLeast()).isTrue();
      assertThat(told.unsent().isLeast()).isFalse();
      assertThat(told.unsent().rows()).isEqualTo(2_600);
      assertThat(told.unsent().timeLeft())
          .contains(new TimeLeft(Duration.ofMinutes(26), Duration.ofMinutes(26)));
      assertThat(told.state()).isEqualTo(FleetState.CATCHING_UP);
      assertThat(told.reason()).contains(", 2,600 rows.");
    }
  }

  /** Readings of node 8, one a second. */
  private static Rows hundred(Instant day, int number) {
    Object[][] rows = new Object[100][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(day.plusSeconds(number * 100L + i), 8, 0, 2L, 20.0);
    }
    return Feed.rows(READING, rows);
  }

  private static void leave(Feed gateway, Optional<Position> after, Backlog left) throws Exception {
    gateway.accept(
        new Batch(
            READING,
            Lane.HISTORY,
            after,
            Optional.of(left.position()),
            Rows.none(READING),
            List.of()));
  }

  static Feed house(Central central, String name, int base) throws Exception {
    Feed gateway = central.gateway(name);
    gateway.house(base, "Trial", "House " + base, 7, 8);
    return gateway;
  }

  private static FleetGateway only(Central central) throws Exception {
    List<FleetGateway> all = new Fleet(central.database, central.clock).gateways();
    assertThat(all).hasSize(1);
    return all.get(0);
  }
}
