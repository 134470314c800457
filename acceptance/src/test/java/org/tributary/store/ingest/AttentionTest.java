package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.READING;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.fleet.Attention;
import org.tributary.store.fleet.Fleet;
import org.tributary.store.fleet.FleetGateway;
import org.tributary.store.fleet.Problem;
import org.tributary.store.fleet.ProblemKind;

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

  private static List<Problem> problems(Central central) throws Exception {
    return new Attention(
            central.database, new Fleet(central.database, central.clock), central.clock, "0.1.0")
        .problems();
  }
}
