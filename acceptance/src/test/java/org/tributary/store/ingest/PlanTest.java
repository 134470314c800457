package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tributary.store.ingest.Feed.row;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Batch;
import org.tributary.wire.Greeting;
import org.tributary.wire.Lane;
import org.tributary.wire.Plan;
import org.tributary.wire.PlanCodec;
import org.tributary.wire.Proposal;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** What a cycle would do is found out by doing it, and nothing of it stays. */
class PlanTest {

  private static final Instant T = Instant.parse("2016-05-01T00:00:00Z");

  private final List<Batch> tables = new ArrayList<>();

  @ParameterizedTest
  @EnumSource
  void plan_ofAGatewayThatCentralHasNeverHeardOf_saysAllAndChangesNothing(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      central.gateway("first").house(0, "D", "1 High Street", 7);
      Map<String, List<String>> before = Dump.of(central.database);
      propose(Tables.DEPLOYMENT, row(5, "D", null, null, null));
      propose(
          Tables.HOUSE,
          row(5, 5, "1 High Street", null, null),
          row(6, 5, "2 High Street", null, null));
      propose(Tables.ROOM_TYPE, row(9, "Living Area"));
      propose(Tables.ROOM, row(9, 9, "Living Room"));
      propose(Tables.LOCATION, row(5, 5, 9), row(6, 6, 9));
      propose(Tables.NODE, row(7, 6, null), row(8, 5, null));

      Plan plan = plan(central, "second");

      assertThat(step(plan, "House", 5).act()).isEqualTo(Plan.Act.MATCHED);
      assertThat(step(plan, "House", 5).evidence())
          .contains("the only one at central", "1 High Street");
      assertThat(step(plan, "House", 6).act()).isEqualTo(Plan.Act.CREATED);
      assertThat(step(plan, "House", 6).central()).isEmpty();
      assertThat(step(plan, "Node", 8).act()).isEqualTo(Plan.Act.CREATED);
      assertThat(plan.apart())
          .singleElement()
          .satisfies(
              each -> {
                assertThat(each.what().rule()).isEqualTo(Rule.CLAIMED);
                assertThat(each.what().reason()).contains("node 7 is gateway first's");
                assertThat(each.before()).isFalse();
              });
      assertThat(Dump.of(central.database)).isEqualTo(before);
    }
  }

  @Test
  void plan_ofAHouseThatLooksLikeAnothers_saysSoAndWhichConflictsWouldComeAbout() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      central.gateway("first").house(0, "D", "1 High Street", 7);
      central.execute("UPDATE @House@ SET @startDate@ = '2015-01-01 00:00:00'");
      propose(Tables.DEPLOYMENT, row(5, "D", null, null, null));
      propose(Tables.HOUSE, row(5, 5, "1 High Street", Instant.EPOCH, null));
      propose(Tables.ROOM_TYPE, row(9, "Living Area"));
      propose(Tables.ROOM, row(9, 9, "Living Room"));
      propose(Tables.LOCATION, row(5, 5, 9));
      propose(Tables.NODE, row(7, 5, null));

      List<String> notes = plan(central, "second").notes();

      assertThat(notes).hasSize(2);
      assertThat(notes.get(0))
          .startsWith("conflict: House 5, startDate: 1970-01-01T00:00:00Z at the gateway, 2015-")
          .endsWith("central's counts (authority)");
      assertThat(notes.get(1)).contains("and it and its node 7 are also gateway first's");
    }
  }

  @ParameterizedTest
  @EnumSource
  void plan_ofARename_countsTheReadingsThatWouldFollow(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 High Street", 7, 8);
      gateway.live(
          Tables.READING,
          row(T, 7, 0, 1, 1.0),
          row(T, 8, 0, 2, 2.0),
          row(T.plusSeconds(60), 7, 0, 1, 3.0));
      central.gateway("other").house(40, "D", "1 High Street", 9);
      Map<String, List<String>> before = Dump.of(central.database);
      propose(Tables.HOUSE, row(1, 1, "3 High Street", null, null));

      Plan plan = plan(central, "gw");

      assertThat(step(plan, "House", 1).act()).isEqualTo(Plan.Act.CREATED);
      assertThat(step(plan, "House", 1).evidence()).contains("was House");
      assertThat(plan.effect().moved()).isEqualTo(3);
      assertThat(Dump.of(central.database)).isEqualTo(before);
      gateway.whole(Tables.HOUSE, row(1, 1, "3 High Street", null, null));
      assertThat(central.addressOf(central.row(Tables.READING, "value", 1.0).get("locationId")))
          .isEqualTo("3 High Street");
    }
  }

  @Test
  void plan_ofWhatReadingsWaitFor_countsThemAndStoresNone() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed gateway = central.gateway("gw");
      gateway.rooms(0);
      gateway.live(Tables.READING, row(T, 7, 0, null, 1.0), row(T, 99, 0, null, 1.0));
      Map<String, List<String>> before = Dump.of(central.database);
      propose(Tables.NODE, row(7, null, 0));

      Plan plan = plan(central, "gw");

      assertThat(plan.effect()).isEqualTo(new Plan.Effect(0, 1, 1));
      assertThat(Dump.of(central.database)).isEqualTo(before);
    }
  }

  @Test
  void plan_ofAnEdit_namesTheCells() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed gateway = central.gateway("gw");
      gateway.whole(Tables.DEPLOYMENT, row(1, "D", "old", null, null));
      propose(Tables.DEPLOYMENT, row(1, "D", "new", null, null));

      Plan plan = plan(central, "gw");

      assertThat(plan.steps())
          .singleElement()
          .satisfies(
              step -> {
                assertThat(step.act()).isEqualTo(Plan.Act.CHANGED);
                assertThat(step.changes())
                    .containsExactly(new Plan.Change("description", "old", "new"));
              });
    }
  }

  @Test
  void plan_ofWhatIsThere_isQuiet() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      central.gateway("gw").whole(Tables.DEPLOYMENT, row(1, "D", "old", null, null));
      propose(Tables.DEPLOYMENT, row(1, "D", "old", null, null));

      assertThat(plan(central, "gw").isQuiet()).isTrue();
    }
  }

  @Test
  void plan_ofAnotherMachineByThatName_isRefused() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      central.gateway("gw").on("other");
      Greeting greeting =
          new Greeting(
              new Feed(central, "gw").id, "another", "host", "0.1.0", 1, central.clock.instant());

      assertThatThrownBy(
              () -> central.ingest.plan(new Proposal(greeting, List.of()), Optional.empty()))
          .isInstanceOf(RefusedGatewayException.class);
    }
  }

  private void propose(Table table, Object[]... rows) {
    tables.add(
        new Batch(
            table,
            Lane.LIVE,
            Optional.empty(),
            Optional.empty(),
            Feed.rows(table, rows),
            List.of()));
  }

  /** As it travels there and back. */
  private Plan plan(Central central, String gateway) throws Exception {
    Greeting greeting =
        new Greeting(
            new Feed(central, gateway).id,
            "machine",
            "house-machine",
            "0.1.0",
            1,
            central.clock.instant());
    Proposal read =
        PlanCodec.decode(PlanCodec.encode(new Proposal(greeting, tables)), 1_000, 1_000_000);
    Plan plan = central.ingest.plan(read, Optional.empty());
    assertThat(PlanCodec.decodePlan(PlanCodec.encode(plan))).isEqualTo(plan);
    return plan;
  }

  private static Plan.Step step(Plan plan, String table, long id) {
    return plan.steps().stream()
        .filter(each -> each.table().equals(table) && each.local().equals(Optional.of(id)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(table + " " + id + " is not in " + plan.steps()));
  }
}
