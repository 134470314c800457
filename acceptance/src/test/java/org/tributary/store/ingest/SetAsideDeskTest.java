package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.HOUSE;
import static org.tributary.wire.Tables.READING;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.Access;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.OurDatabases;
import org.tributary.store.StoreException;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.Lane;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.SetAsideCount;
import org.tributary.wire.SetAsideRow;
import org.tributary.wire.Unreadable;

/** What a person does with rows set aside holds, whatever the gateway sends again. */
class SetAsideDeskTest {

  private static final Instant T = Instant.parse("2016-05-01T00:00:00Z");
  private static final Instant BOOT = Instant.parse("1970-01-01T00:05:00Z");
  private static final Stamps UNKNOWN = new Stamps.Unknown();
  private static final Stamps RIGHT = new Stamps.Right();

  @ParameterizedTest
  @EnumSource
  void rows_areCountedFilteredAndPaged(TestEngine engine) throws Exception {
    try (Central central = new Central(engine);
        SetAsideDesk desk = desk(central)) {
      assertThat(desk.counts(SetAsideFilter.ALL, Long.MAX_VALUE)).isEmpty();
      Feed one = housed(central, "one");
      Feed two = central.gateway("two");
      one.live(READING, row(T, 99, 0, 1, 1.0), row(at(60), 99, 0, 1, 2.0));
      one.untrusted(READING, row(Instant.parse("2036-01-01T00:00:00Z"), 7, 0, 1, 3.0));
      two.unreadable(READING, new Unreadable("x", "{}", "time is no time"));

      assertThat(desk.counts(SetAsideFilter.ALL, Long.MAX_VALUE))
          .containsExactly(
              new SetAsideCount(one.id, "Reading", Rule.CLOCK_UNTRUSTED, 1),
              new SetAsideCount(one.id, "Reading", Rule.PARENT_MISSING, 2),
              new SetAsideCount(two.id, "Reading", Rule.UNREADABLE, 1));
      assertThat(keys(desk.rows(filter(Rule.PARENT_MISSING), 1)))
          .containsExactly("[2016-05-01T00:00:00Z, 99, 0]");
      assertThat(
              keys(
                  desk.rows(
                      new SetAsideFilter(
                          Optional.of(one.id),
                          Optional.of("Reading"),
                          Optional.empty(),
                          Optional.of(at(60)),
                          Optional.of(at(61))),
                      10)))
          .containsExactly("[2016-05-01T00:01:00Z, 99, 0]");
      SetAsideRow first = desk.rows(SetAsideFilter.ALL, 1).get(0);
      assertThat(first.time()).contains(T);
      assertThat(first.since()).isEqualTo(Central.NOW);
      assertThat(central.ingest.setAside(one.id, SetAsideFilter.ALL, first.id(), 10).orElseThrow())
          .hasSize(2);
      assertThat(central.ingest.gateway(one.id).orElseThrow().setAsideByRule())
          .containsEntry(Rule.CLOCK_UNTRUSTED, 1L)
          .containsEntry(Rule.PARENT_MISSING, 2L)
          .hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void replay_storesWhatFitsNow_andSaysWhyTheOthersStay(TestEngine engine) throws Exception {
    try (Central central = new Central(engine);
        SetAsideDesk desk = desk(central)) {
      Feed gateway = housed(central, "gw");
      gateway.live(READING, row(T, 99, 0, 1, 1.0), row(at(1), 7, 0, 55, 2.0));
      gateway.untrusted(READING, row(BOOT, 7, 0, 1, 3.0));
      gateway.unreadable(READING, new Unreadable("x", "{}", "time is no time"));
      central.execute(
          "INSERT INTO tributary_mapping"
              + " (gateway_id, table_name, local_id, central_id, evidence, base, since)"
              + " SELECT gateway_id, table_name, 55, central_id, 'by hand', base, since"
              + " FROM tributary_mapping WHERE table_name = 'Location' AND local_id = 1");

      List<Retried> retried = replay(desk, SetAsideFilter.ALL, UNKNOWN);

      assertThat(retried).hasSize(4);
      assertThat(stays(retried))
          .containsExactly(
              tuple(
                  Rule.PARENT_MISSING,
                  "nodeId is 99, and Node 99 of this gateway has not been taken yet"),
              tuple(
                  Rule.CLOCK_UNTRUSTED,
                  "say what its stamp is worth: replay with --trust-clock or --shift SECONDS"),
              tuple(
                  Rule.UNREADABLE,
                  "mend it at the gateway, and drop this one if it stays: time is no time"));
      assertThat(central.column(READING, "value")).containsExactly(2.0);
      assertThat(central.setAside(gateway)).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void replay_ofMoreThanAPage_triesEachRowOnce(TestEngine engine) throws Exception {
    try (Central central = new Central(engine);
        SetAsideDesk desk = desk(central)) {
      Feed gateway = housed(central, "gw");
      Object[][] rows = new Object[1_100][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = row(Instant.EPOCH.plusSeconds(i), i % 3 == 0 ? 99 : 7, 0, 1, (double) i);
      }
      gateway.live(READING, rows);

      List<Retried> retried = replay(desk, filter(Rule.CLOCK_UNTRUSTED), RIGHT);

      assertThat(retried).hasSize(1_100);
      assertThat(stays(retried)).hasSize(367);
      assertThat(central.rows(READING)).hasSize(733);
      assertThat(central.setAside(gateway))
          .hasSize(367)
          .extracting(SetAside::rule)
          .containsOnly(Rule.PARENT_MISSING);
    }
  }

  @ParameterizedTest
  @EnumSource
  void replay_thatTrustsTheClock_storesRowsAsTheyAreStamped_alsoWhenTheyComeAgain(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine);
        SetAsideDesk desk = desk(central)) {
      Feed gateway = housed(central, "gw");
      gateway.live(READING, row(BOOT, 7, 0, 1, 3.0));

      assertThat(stays(replay(desk, SetAsideFilter.ALL, RIGHT))).isEmpty();

      assertThat(central.rows(READING)).hasSize(1);
      Ack again = gateway.accept(batch(row(BOOT, 7, 0, 1, 3.0)));
      assertThat(again.unchanged()).isEqualTo(1);
      Ack edited = gateway.accept(batch(row(BOOT, 7, 0, 1, 4.0)));
      assertThat(edited.changed()).isEqualTo(1);
      assertThat(central.setAside(gateway)).isEmpty();
      assertThat(central.column(READING, "time")).containsExactly(BOOT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void replay_thatShiftsStamps_storesRowsUnderTheCorrectedTime_onceForAll(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine);
        SetAsideDesk desk = desk(central)) {
      Feed gateway = housed(central, "gw");
      gateway.live(
          READING, row(BOOT, 7, 0, 1, 3.0), row(BOOT, 8, 0, 1, 4.0), row(BOOT, 99, 0, 1, 5.0));
      gateway.accept(batch(row(T, 8, 0, 1, 9.0)));

      List<Retried> retried =
          replay(desk, SetAsideFilter.ALL, new Stamps.Off(Duration.between(BOOT, T)));

      assertThat(stays(retried))
          .containsExactly(
              tuple(
                  Rule.CLOCK_UNTRUSTED,
                  "[2016-05-01T00:00:00Z, 8, 0] is another row's at central already"),
              tuple(
                  Rule.CLOCK_UNTRUSTED,
                  "with its time corrected: nodeId is 99, and Node 99 of this gateway has not been taken"
                      + " yet"));
      assertThat(central.rows(READING))
          .extracting(cells -> cells.get(0), cells -> cells.get(1), cells -> cells.get(4))
          .containsExactly(tuple(T, 7L, 3.0), tuple(T, 8L, 9.0));
      Ack again = gateway.accept(batch(row(BOOT, 7, 0, 1, 3.0)));
      assertThat(again.unchanged()).isEqualTo(1);
      assertThat(central.setAside(gateway)).hasSize(2);

      // The logger has a row of its own with that time after all: neither may cover the other.
      Ack clash = gateway.accept(batch(row(T, 7, 0, 1, 20.0)));
      assertThat(clash.setAside())
          .extracting(SetAside::rule, SetAside::reason)
          .containsExactly(
              tuple(
                  Rule.AMBIGUOUS,
                  "[1970-01-01T00:05:00Z, 7, 0], whose time was corrected by hand, is stored under"
                      + " this key"));
      assertThat(central.column(READING, "value")).containsExactly(3.0, 9.0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void replay_thatShiftsStampsIntoTheFutureOrTooFar_leavesThem(TestEngine engine) throws Exception {
    try (Central central = new Central(engine);
        SetAsideDesk desk = desk(central)) {
      Feed gateway = housed(central, "gw");
      gateway.live(READING, row(BOOT, 7, 0, 1, 3.0));

      for (Duration off : List.of(Duration.ofDays(365 * 60), Duration.ofDays(365 * 20_000))) {
        assertThat(stays(replay(desk, SetAsideFilter.ALL, new Stamps.Off(off)))).hasSize(1);
      }

      assertThat(central.setAside(gateway).get(0).rule()).isEqualTo(Rule.CLOCK_UNTRUSTED);
      assertThat(central.rows(READING)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void replay_ofARowWhoseKeyAnotherHas_neverCoversThatOne(TestEngine engine) throws Exception {
    try (Central central = new Central(engine);
        SetAsideDesk desk = desk(central)) {
      Feed gateway = housed(central, "gw");
      gateway.live(READING, row(T, 7, 0, 1, 1.0), row(T, 7, 0, 1, 2.0));

      assertThat(stays(replay(desk, SetAsideFilter.ALL, RIGHT))).hasSize(1);

      assertThat(central.column(READING, "value")).containsExactly(1.0);
      assertThat(central.setAside(gateway)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void drop_keepsTheRowInTheBooks_andItDoesNotComeBack(TestEngine engine) throws Exception {
    try (Central central = new Central(engine);
        SetAsideDesk desk = desk(central)) {
      Feed gateway = housed(central, "gw");
      Unreadable unreadable = new Unreadable("[never, 7, 0]", "{\"time\":\"never\"}", "no time");
      gateway.live(READING, row(T, 99, 0, 1, 1.0), row(at(1), 99, 0, 1, 2.0));
      gateway.unreadable(READING, unreadable);

      assertThat(desk.drop(SetAsideFilter.ALL.of(gateway.id), desk.newest(), "ann")).isEqualTo(3);

      assertThat(central.setAside(gateway)).isEmpty();
      List<SetAsideRow> dropped = desk.dropped(SetAsideFilter.ALL, 10);
      assertThat(keys(dropped))
          .containsExactly(
              "[2016-05-01T00:00:00Z, 99, 0]", "[2016-05-01T00:00:01Z, 99, 0]", "[never, 7, 0]");
      assertThat(dropped.get(0).decided()).contains(new SetAsideRow.Decided("ann", Central.NOW));
      assertThat(dropped.get(0).content()).contains("\"value\":1.0");
      assertThat(gateway.accept(batch(row(T, 99, 0, 1, 1.0))).unchanged()).isEqualTo(1);
      assertThat(gateway.unreadable(READING, unreadable).unchanged()).isEqualTo(1);
      gateway.nodes(0, 7, 8, 99); // and not even when its parent comes
      assertThat(gateway.accept(batch(row(T, 99, 0, 1, 1.0))).unchanged()).isEqualTo(1);
      assertThat(central.rows(READING)).isEmpty();
      assertThat(central.setAside(gateway)).isEmpty();

      // What the gateway changes is another row.
      assertThat(gateway.accept(batch(row(T, 99, 0, 1, 7.0))).inserted()).isEqualTo(1);
      assertThat(
              gateway.unreadable(READING, new Unreadable("[never, 7, 0]", "{}", "no")).setAside())
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void drop_ofAHouseInDoubt_silencesItUntilItChangesOrTheDoubtEnds(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine);
        SetAsideDesk desk = desk(central)) {
      Feed gateway = housed(central, "gw");
      Object[][] alike = {row(1, 1, "1 High Street", null, null), row(2, 9, "B", null, null)};
      assertThat(gateway.whole(HOUSE, alike).setAside()).hasSize(1);
      assertThat(stays(replay(desk, SetAsideFilter.ALL, UNKNOWN)))
          .containsExactly(
              tuple(
                  Rule.PARENT_MISSING,
                  "its table travels whole with every push, and is tried each time: deploymentId is"
                      + " 9, and Deployment 9 of this gateway has not been taken yet"));

      desk.drop(filter(Rule.PARENT_MISSING), desk.newest(), "ann");

      Ack again = gateway.whole(HOUSE, alike);
      assertThat(again.setAside()).isEmpty();
      assertThat(again.unchanged()).isEqualTo(2);
      assertThat(gateway.position(HOUSE)).isPresent();
      alike[1] = row(2, 9, "C", null, null);
      assertThat(gateway.whole(HOUSE, alike).setAside()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void drop_takesNothingThatCameAfterItWasCounted(TestEngine engine) throws Exception {
    try (Central central = new Central(engine);
        SetAsideDesk desk = desk(central)) {
      Feed gateway = housed(central, "gw");
      gateway.live(READING, row(T, 99, 0, 1, 1.0));
      long newest = desk.newest();
      gateway.live(READING, row(at(1), 99, 0, 1, 1.0));

      assertThat(desk.drop(filter(Rule.PARENT_MISSING), newest, "ann")).isEqualTo(1);

      assertThat(central.setAside(gateway)).hasSize(1);
    }
  }

  @Test
  void open_ofWhatIsNoCentral_saysSoAndMakesNoFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("none.db");
    DatabaseUrl none = DatabaseUrl.parse("sqlite:///" + file, folder);
    assertThatThrownBy(() -> SetAsideDesk.open(none, Access.DURABLE, new Central.SettableClock()))
        .isInstanceOf(StoreException.class)
        .hasMessage("There is no file %s; is --db central's?", file);
    assertThat(file).doesNotExist();

    DatabaseUrl foreign = OurDatabases.blank(TestEngine.SQLITE);
    assertThatThrownBy(
            () -> SetAsideDesk.open(foreign, Access.DURABLE, new Central.SettableClock()))
        .hasMessageEndingWith("is no database of a central; is --db right?");
  }

  private static SetAsideDesk desk(Central central) throws Exception {
    return SetAsideDesk.open(central.database.url(), Access.DURABLE, central.clock);
  }

  /** With locations 1 and 2 and nodes 7 and 8. */
  private static Feed housed(Central central, String name) throws Exception {
    Feed gateway = central.gateway(name);
    gateway.house(0, "D", "1 High Street", 7, 8);
    return gateway;
  }

  private static Batch batch(Object[]... rows) {
    return Feed.batch(READING, Lane.LIVE, Optional.empty(), Feed.rows(READING, rows));
  }

  private static List<Retried> replay(SetAsideDesk desk, SetAsideFilter filter, Stamps stamps)
      throws Exception {
    List<Retried> retried = new ArrayList<>();
    desk.replay(filter, stamps, "ann", retried::addAll);
    return retried;
  }

  private static List<Tuple> stays(List<Retried> retried) {
    return retried.stream()
        .filter(row -> row.stays().isPresent())
        .map(row -> tuple(row.row().what().rule(), row.stays().get()))
        .toList();
  }

  private static SetAsideFilter filter(Rule rule) {
    return new SetAsideFilter(
        Optional.empty(), Optional.empty(), Optional.of(rule), Optional.empty(), Optional.empty());
  }

  private static List<String> keys(List<SetAsideRow> rows) {
    return rows.stream().map(row -> row.what().key()).toList();
  }

  private static Instant at(int seconds) {
    return T.plusSeconds(seconds);
  }
}
