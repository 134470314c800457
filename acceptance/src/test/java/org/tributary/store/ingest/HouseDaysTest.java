package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.HOUSE;
import static org.tributary.wire.Tables.READING;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.completeness.Cause;
import org.tributary.store.fleet.DayCauses;
import org.tributary.store.fleet.DayState;
import org.tributary.store.fleet.HouseDay;
import org.tributary.store.fleet.HouseDays;
import org.tributary.wire.Claims;
import org.tributary.wire.Digest;
import org.tributary.wire.Grain;
import org.tributary.wire.RowHash;
import org.tributary.wire.Window;

/** What central says of houses' days without looking at their readings. */
class HouseDaysTest {

  private static final LocalDate TODAY = LocalDate.parse("2016-06-01");

  @ParameterizedTest
  @EnumSource
  void of_someDays_saysOfEachWhatBecameOfIt(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = FleetTest.house(central, "gw", 0);
      ComparedReadings readings = new ComparedReadings(central, gateway);
      for (int back = 8; back >= 1; back--) {
        LocalDate day = TODAY.minusDays(back);
        readings.send(day, 24, back == 4 ? 2 : 24);
        if (back != 2) {
          readings.compare(day, back == 3 ? 7 : 0);
        }
      }

      List<HouseDay> days = days(central, TODAY.minusDays(9), TODAY.plusDays(1));

      assertThat(days)
          .extracting(HouseDay::state)
          .containsExactly(
              DayState.NOT_EXPECTED, // before its first reading
              DayState.VERIFIED,
              DayState.VERIFIED,
              DayState.VERIFIED,
              DayState.VERIFIED,
              DayState.LOST, // a node said nothing from two o'clock on
              DayState.WAITING,
              DayState.NOT_COUNTED, // nobody has compared it yet
              DayState.VERIFIED,
              DayState.NOT_COUNTED, // today
              DayState.NOT_EXPECTED); // tomorrow
      assertThat(days.get(5).present()).isEqualTo(26);
      assertThat(days.get(5).usual()).isEqualTo(48);
      assertThat(days.get(5).lost()).isEqualTo(22);
      assertThat(days.get(6).present()).isEqualTo(48);
      assertThat(days.get(6).waiting()).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_aHouseWhoseNodesAreInDoubt_saysThatItsRowsAreKeptApartAndNoneIsHere(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      FleetTest.house(central, "gw", 0);
      Feed other = FleetTest.house(central, "other", 8); // its nodes 7 and 8 are gw's
      LocalDate day = TODAY.minusDays(1);
      List<Object[]> rows = new ArrayList<>();
      for (int hour = 0; hour < 24; hour++) {
        Instant time = ComparedReadings.start(day).plus(Duration.ofHours(hour));
        rows.add(row(time, 7, 0, 9L, 20.0));
      }
      other.live(READING, rows.toArray(Object[][]::new));
      RowHash hash = new RowHash(READING, RowHash.allColumns(READING));
      Digest all = Digest.NONE;
      for (Object[] each : rows) {
        all = all.plus(new Digest(1, hash.of(Feed.rows(READING, each), 0)));
      }
      Window window = Window.dayOf(ComparedReadings.start(day));
      central.ingest.differences(
          other.id,
          new Claims(
              READING,
              RowHash.allColumns(READING),
              other.position(READING),
              Grain.WHOLE,
              false,
              List.of(window),
              List.of(new Claims.Claim(window, all))));
      long house = house(central, "House 8");

      HouseDay told =
          new HouseDays(central.database, central.clock).of(List.of(house), day, day).get(0);

      assertThat(told.state()).isEqualTo(DayState.APART);
      assertThat(told.present()).isZero();
      assertThat(told.setAside()).isEqualTo(24);
      assertThat(told.waiting()).isZero();
    }
  }

  private static long house(Central central, String address) throws Exception {
    return (Long) central.row(HOUSE, "address", address).get("id");
  }

  @ParameterizedTest
  @EnumSource
  void of_daysSinceTheGatewayWasHeard_doesNotCallThemLost(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = FleetTest.house(central, "gw", 0);
      ComparedReadings readings = new ComparedReadings(central, gateway);
      for (int back = 3; back >= 1; back--) {
        readings.send(TODAY.minusDays(back), 24, 24);
        readings.compare(TODAY.minusDays(back), 0);
      }
      central.clock.advance(Duration.ofDays(3));

      List<HouseDay> days = days(central, TODAY.minusDays(1), TODAY.plusDays(2));

      assertThat(days)
          .extracting(HouseDay::state)
          .containsExactly(
              DayState.VERIFIED, DayState.NOT_HEARD, DayState.NOT_HEARD, DayState.NOT_HEARD);
    }
  }

  @Test
  void of_aDayThatWasChangedHereSinceItWasCompared_doesNotCallItVerified() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed gateway = FleetTest.house(central, "gw", 0);
      ComparedReadings readings = new ComparedReadings(central, gateway);
      readings.send(TODAY.minusDays(1), 24, 24);
      readings.compare(TODAY.minusDays(1), 0);
      DayState before = days(central, TODAY.minusDays(1), TODAY.minusDays(1)).get(0).state();
      central.execute(
          "UPDATE tributary_digest SET stale = TRUE"); // as whoever writes a reading does

      DayState after = days(central, TODAY.minusDays(1), TODAY.minusDays(1)).get(0).state();

      assertThat(before).isEqualTo(DayState.VERIFIED);
      assertThat(after).isEqualTo(DayState.PRESENT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void causes_ofADayOfWhichSomeIsLost_areToldAndRememberedUntilTheDayChanges(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = FleetTest.house(central, "gw", 0);
      ComparedReadings readings = new ComparedReadings(central, gateway);
      for (int back = 5; back >= 1; back--) {
        readings.send(TODAY.minusDays(back), 24, back == 2 ? 2 : 24);
        readings.compare(TODAY.minusDays(back), 0);
      }
      DayCauses causes = new DayCauses(central.database, central.clock);
      HouseDay lost = days(central, TODAY.minusDays(2), TODAY.minusDays(2)).get(0);

      Map<HouseDay, Map<Cause, Long>> none = causes.within(List.of(lost), Duration.ZERO);
      Map<HouseDay, Map<Cause, Long>> told = causes.within(List.of(lost), Duration.ofSeconds(5));

      assertThat(none).isEmpty();
      assertThat(told.get(lost)).containsOnlyKeys(Cause.SENSOR_SILENT);
      assertThat(causes.known(lost)).contains(told.get(lost));
      central.clock.advance(Duration.ofMinutes(1));
      readings.compare(TODAY.minusDays(2), 3);
      HouseDay changed = days(central, TODAY.minusDays(2), TODAY.minusDays(2)).get(0);
      assertThat(causes.known(changed)).isEmpty();
    }
  }

  private static List<HouseDay> days(Central central, LocalDate first, LocalDate last)
      throws Exception {
    long house = (Long) central.row(HOUSE, "address", "House 0").get("id");
    return new HouseDays(central.database, central.clock).of(List.of(house), first, last);
  }
}
