package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.HOUSE;
import static org.tributary.wire.Tables.READING;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.access.AccessDesk;
import org.tributary.store.access.Role;
import org.tributary.store.access.SignIns;
import org.tributary.store.fleet.Attention;
import org.tributary.store.fleet.Fleet;
import org.tributary.store.fleet.FleetGateway;
import org.tributary.store.fleet.Problem;
import org.tributary.store.fleet.ProblemKind;
import org.tributary.wire.Credential;
import org.tributary.wire.Enrolment;
import org.tributary.wire.EnrolmentCode;
import org.tributary.wire.GatewayId;

/** What central says that somebody should see to. */
class AttentionTest {

  private static final LocalDate TODAY = LocalDate.parse("2016-06-01");

  @ParameterizedTest
  @EnumSource
  void problems_whenAllIsWell_areNone(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = FleetTest.house(central, "gw", 0);
      ComparedReadings readings = new ComparedReadings(central, gateway);
      readings.send(TODAY, 12, 12);
      readings.compare(TODAY, 0);

      assertThat(problems(central)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void problems_whenSeveralThingsAreWrong_areEachToldWithWhatToDo(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = FleetTest.house(central, "gw", 0);
      ComparedReadings readings = new ComparedReadings(central, gateway);
      readings.send(TODAY.minusDays(3), 24, 24);
      readings.send(TODAY, 12, 0); // node 8 has said nothing since
      gateway.untrusted(READING, row(Central.NOW.plus(Duration.ofDays(9)), 7, 0, 1L, 20.0));

      List<Problem> told = problems(central);

      assertThat(told)
          .extracting(Problem::kind)
          .containsExactly(ProblemKind.SET_ASIDE, ProblemKind.NODE_SILENT);
      assertThat(told.get(0).title()).isEqualTo("1 row is kept apart: clock untrusted");
      assertThat(told.get(0).gateways()).containsExactly("gw");
      assertThat(told.get(0).houses())
          .extracting(FleetGateway.House::address)
          .containsExactly("House 0");
      assertThat(told.get(0).commands())
          .contains("tributary setaside replay --rule clock-untrusted --trust-clock --db URL");
      assertThat(told.get(1).title()).startsWith("Node 8 of gw says nothing while others do");
      assertThat(told.get(1).since())
          .contains(ComparedReadings.start(TODAY.minusDays(3)).plus(Duration.ofHours(23)));
    }
  }

  @Test
  void problems_whenGatewaysFellSilentTogether_areOneProblemForAllOfThem() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      central.gateway("one");
      central.clock.advance(Duration.ofMinutes(3));
      central.gateway("two");
      central.clock.advance(Duration.ofHours(9));
      central.gateway("three");
      central.clock.advance(Duration.ofHours(5));

      List<Problem> told =
          problems(central).stream()
              .filter(problem -> problem.kind() == ProblemKind.SILENT)
              .toList();

      assertThat(told)
          .extracting(Problem::gateways)
          .containsExactly(List.of("one", "two"), List.of("three"));
      assertThat(told.get(0).since()).contains(Central.NOW);
      assertThat(told.get(0).consequence()).contains("Nothing is lost");
    }
  }

  @Test
  void problems_whenAGatewayRunsAnOlderVersion_saySo() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      central.gateway("gw"); // runs 0.1.0

      Attention attention =
          new Attention(
              central.database,
              new Fleet(central.database, central.clock),
              central.clock,
              "0.10.0");

      assertThat(attention.problems())
          .extracting(Problem::kind)
          .containsExactly(ProblemKind.OLD_VERSION);
    }
  }

  @ParameterizedTest
  @EnumSource
  void problems_whenReadingsWaitForAnAnswer_areToldWithTheQuestion(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      FleetTest.house(central, "first", 0);
      Feed second = central.gateway("second");
      second.house(0, "Trial", "Another house", 7); // node 7 is the first's
      second.live(
          READING,
          row(Central.NOW.minusSeconds(600), 7, 0, 1L, 20.0),
          row(Central.NOW.minusSeconds(300), 7, 0, 1L, 20.5));

      List<Problem> told = of(central, ProblemKind.MAPPING, ProblemKind.SET_ASIDE);

      assertThat(told).hasSize(1);
      assertThat(told.get(0).kind()).isEqualTo(ProblemKind.MAPPING);
      assertThat(told.get(0).gateways()).containsExactly("second");
      assertThat(told.get(0).title()).startsWith("1 row of second is in doubt").contains("Node");
      assertThat(told.get(0).consequence())
          .contains("2 rows that may belong to them are kept apart");
    }
  }

  @ParameterizedTest
  @EnumSource
  void problems_whenAClockIsOff_areToldWithWhatIsSetAsideForIt(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = FleetTest.house(central, "gw", 0);
      Duration ahead = Duration.ofDays(9);
      gateway.ahead(ahead).greet();
      gateway.untrusted(READING, row(Central.NOW.plus(ahead), 7, 0, 1L, 20.0));

      List<Problem> told = of(central, ProblemKind.CLOCK_OFF, ProblemKind.SET_ASIDE);

      assertThat(told).extracting(Problem::kind).containsExactly(ProblemKind.CLOCK_OFF);
      assertThat(told.get(0).title()).isEqualTo("The clock of gw is 9 days ahead");
      assertThat(told.get(0).consequence())
          .contains("No reading is lost", "1 row with stamps that nobody trusts waits here");
    }
  }

  @Test
  void problems_whenTwoMachinesGoByOneName_sayThatBothAreRefused() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed card = new Feed(central, "gw").booted("one");
      card.greet();
      new Feed(central, "gw").booted("two").ahead(Duration.ofDays(9)).greet();
      assertThatThrownBy(card::greet).isInstanceOf(RefusedGatewayException.class);

      List<Problem> told = problems(central);

      assertThat(told).extracting(Problem::kind).containsExactly(ProblemKind.STOPPED);
      assertThat(told.get(0).title()).contains("Two machines go by the name gw");
      assertThat(told.get(0).commands()).containsExactly("tributary gateway release gw --db URL");
    }
  }

  @Test
  void problems_whenBothSidesChangedAField_areTheSameUntilSomebodyHasLookedAtIt() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 High Street", 7);
      central.execute("UPDATE @House@ SET @startDate@ = '2015-01-01 00:00:00'");
      gateway.whole(HOUSE, row(1, 1, "1 High Street", Instant.parse("2015-02-02T00:00:00Z"), null));

      List<Problem> before = of(central, ProblemKind.CONFLICT);
      central.execute("UPDATE tributary_conflict SET chosen = 'CENTRAL'");
      List<Problem> after = of(central, ProblemKind.CONFLICT);

      assertThat(before)
          .extracting(Problem::title)
          .containsExactly(
              "Central and gateways had 1 field otherwise, and nobody has looked at it");
      assertThat(before.get(0).gateways()).containsExactly("gw");
      assertThat(after).isEmpty();
    }
  }

  @Test
  void problems_whenAGatewayIsInTouchAndRecordsNothing_saySinceWhen() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed gateway = FleetTest.house(central, "gw", 0);
      ComparedReadings readings = new ComparedReadings(central, gateway);
      readings.send(TODAY, 12, 12);
      readings.compare(TODAY, 0);
      central.clock.advance(Duration.ofHours(20));
      gateway.greet();
      List<Problem> before = problems(central);
      central.clock.advance(Duration.ofHours(8));
      gateway.greet();

      List<Problem> told = problems(central);

      assertThat(before).isEmpty();
      assertThat(told).extracting(Problem::kind).containsExactly(ProblemKind.NOTHING_NEW);
      assertThat(told.get(0).title()).isEqualTo("gw is in touch, and has no new readings");
      assertThat(told.get(0).since()).contains(Instant.parse("2016-06-01T11:00:00Z"));
    }
  }

  @Test
  void problems_whenNothingWasComparedForADay_saySo() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed gateway = FleetTest.house(central, "gw", 0);
      List<Problem> before = problems(central);
      central.clock.advance(Duration.ofHours(25));
      gateway.greet();

      List<Problem> told = problems(central);

      assertThat(before).isEmpty();
      assertThat(told).extracting(Problem::kind).containsExactly(ProblemKind.NEVER_COMPARED);
      assertThat(told.get(0).since()).contains(Central.NOW);
    }
  }

  @ParameterizedTest
  @EnumSource
  void problems_whenWhatReadingsReferToIsNotHere_nameIt(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = FleetTest.house(central, "gw", 0);
      gateway.live(
          READING,
          row(Central.NOW.minusSeconds(90), 7, 44, 1L, 20.0),
          row(Central.NOW.minusSeconds(60), 99, 0, 1L, 20.0),
          row(Central.NOW.minusSeconds(30), 99, 0, 1L, 20.0));

      List<Problem> told = of(central, ProblemKind.SET_ASIDE);

      assertThat(told).hasSize(1);
      assertThat(told.get(0).title()).isEqualTo("3 rows are kept apart: parent missing");
      assertThat(told.get(0).step())
          .containsSubsequence(
              "gw: nodeId is 99, and Node 99", "(2 rows); gw: type is 44, and SensorType 44");
    }
  }

  @ParameterizedTest
  @EnumSource
  void problems_whenANodeIsSilentForLongByItsHabit_areTold(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = FleetTest.house(central, "gw", 0);
      Instant begin = ComparedReadings.start(TODAY.minusDays(1));
      List<Object[]> rows = new ArrayList<>();
      // Every five minutes, but for node 8 in the last four hours.
      for (Instant time = begin; time.isBefore(Central.NOW); time = time.plusSeconds(300)) {
        rows.add(row(time, 7, 0, 1L, 20.0));
        if (time.isBefore(Central.NOW.minus(Duration.ofHours(4)))) {
          rows.add(row(time, 8, 0, 2L, 20.0));
        }
      }
      gateway.live(READING, rows.toArray(Object[][]::new));
      List<Problem> unknown = of(central, ProblemKind.NODE_SILENT);
      new ComparedReadings(central, gateway).compare(TODAY.minusDays(1), 0); // how often is known

      List<Problem> told = of(central, ProblemKind.NODE_SILENT);

      assertThat(unknown).isEmpty();
      assertThat(told).hasSize(1);
      assertThat(told.get(0).title())
          .isEqualTo("Node 8 of gw says nothing while others do, for up to 4 hours");
    }
  }

  @ParameterizedTest
  @EnumSource
  void problems_whenAGatewayWasLetInAndNeverCame_saySo(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      AccessDesk desk = AccessDesk.within(central.database, central.clock);
      GatewayId name = new GatewayId("new-house");
      EnrolmentCode code = desk.addGateway(name, Duration.ofHours(24), "ann").code();
      new SignIns(central.database, central.clock)
          .enrol(code, Enrolment.of(Credential.random(new SecureRandom())));
      List<Problem> atOnce = problems(central);
      central.clock.advance(Duration.ofHours(2));

      List<Problem> later = problems(central);
      central.gateway("new-house");

      assertThat(atOnce).isEmpty();
      assertThat(later).extracting(Problem::kind).containsExactly(ProblemKind.NEVER_CAME);
      assertThat(later.get(0).gateways()).containsExactly("new-house");
      assertThat(later.get(0).title()).contains("2 hours ago", "has not sent anything yet");
      assertThat(of(central, ProblemKind.NEVER_CAME)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void problems_whenATokenEndsSoonOrACodeWasNotUsed_saySo(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      AccessDesk desk = AccessDesk.within(central.database, central.clock);
      desk.addToken("reports", Role.VIEWER, Optional.of(Duration.ofDays(10)), "ann");
      desk.addToken("forever", Role.VIEWER, Optional.empty(), "ann");
      desk.addToken("next year", Role.VIEWER, Optional.of(Duration.ofDays(300)), "ann");
      desk.addGateway(new GatewayId("new-house"), Duration.ofHours(24), "ann");
      List<Problem> atOnce = of(central, ProblemKind.CODE_UNUSED);
      central.clock.advance(Duration.ofHours(2));
      List<Problem> soon = problems(central);
      central.clock.advance(Duration.ofDays(1));
      List<Problem> later = of(central, ProblemKind.CODE_UNUSED);
      central.clock.advance(Duration.ofDays(10));
      List<Problem> atLast = problems(central);

      assertThat(atOnce).isEmpty();
      assertThat(soon)
          .extracting(Problem::title)
          .containsExactly(
              "The token reports ends in 9 days",
              "The code that new-house was given 2 hours ago was not used");
      assertThat(later)
          .extracting(Problem::title)
          .containsExactly(
              "The code that new-house was given 26 hours ago was not used, and holds no longer");
      assertThat(atLast)
          .extracting(Problem::title)
          .containsExactly("The token reports ended 26 hours ago");
    }
  }

  private static List<Problem> of(Central central, ProblemKind... kinds) throws Exception {
    return problems(central).stream()
        .filter(problem -> List.of(kinds).contains(problem.kind()))
        .toList();
  }

  private static List<Problem> problems(Central central) throws Exception {
    return new Attention(
            central.database, new Fleet(central.database, central.clock), central.clock, "0.1.0")
        .problems();
  }
}
