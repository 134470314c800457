package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.HOUSE;
import static org.tributary.wire.Tables.LOCATION;
import static org.tributary.wire.Tables.NODE;
import static org.tributary.wire.Tables.NODE_STATE;
import static org.tributary.wire.Tables.READING;
import static org.tributary.wire.Tables.SENSOR_TYPE;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.TargetDatabase;
import org.tributary.wire.Batch;
import org.tributary.wire.Position;
import org.tributary.wire.RestoreRequest;
import org.tributary.wire.RestoreTerms;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Unreadable;
import org.tributary.wire.Window;

/** What central gives back to a gateway, and what it does not. */
class RestoringTest {

  static final Instant T = Instant.parse("2016-05-30T10:00:00Z");

  @Test
  void begin_withoutAPermission_saysWhatToRunAtCentral() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed gateway = central.gateway("gw");

      assertThatThrownBy(() -> restoring(central).begin(asking(gateway)))
          .isInstanceOf(NotPermittedException.class)
          .hasMessageContaining("tributary gateway restore-permit gw --db URL");
    }
  }

  @ParameterizedTest
  @EnumSource
  void rows_onceThePermissionEndedOrWasTakenBack_areNotGiven(TestEngine engine) throws Exception {
    try (Central central = new Central(engine);
        GatewayDesk desk = NameHoldersTest.desk(central)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 Street", 11);
      Restoring restoring = restoring(central);
      NameHoldersTest.permit(central, gateway);
      restoring.begin(asking(gateway));
      central.clock.advance(Duration.ofHours(24));
      assertThatThrownBy(() -> restoring.rows(asking(gateway), RestoreRequest.whole(HOUSE)))
          .isInstanceOf(NotPermittedException.class)
          .hasMessageContaining("ended at 2016-06-02T12:00:00Z");

      NameHoldersTest.permit(central, gateway);
      restoring.rows(asking(gateway), RestoreRequest.whole(HOUSE));
      assertThat(desk.revoke(gateway.id, "ann")).contains(true);

      assertThatThrownBy(() -> restoring.rows(asking(gateway), RestoreRequest.whole(HOUSE)))
          .hasMessageContaining("taken back");
      assertThat(desk.revoke(gateway.id, "ann")).contains(false);
    }
  }

  @Test
  void rows_forAMachineThatDoesNotGoByTheName_areNotGiven() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed gateway = central.gateway("gw");
      NameHoldersTest.permit(central, gateway);
      Restoring.Asking stranger = new Restoring.Asking(gateway.id, "stranger");

      assertThatThrownBy(() -> restoring(central).begin(stranger)).hasMessageContaining("greet");
      restoring(central).begin(asking(gateway));
      assertThatThrownBy(() -> restoring(central).begin(stranger))
          .hasMessageContaining("another machine's");
    }
  }

  @Test
  void rows_outsideOfThePermittedSpan_areNotGiven() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE);
        GatewayDesk desk = NameHoldersTest.desk(central)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 Street", 11);
      gateway.live(READING, row(T, 11, 0, 1, 20.5));
      Instant day = Window.dayOf(T).from();
      desk.permit(
          gateway.id,
          Duration.ofHours(1),
          Optional.of(day),
          Optional.of(day.plusSeconds(86_400)),
          "me");

      assertThat(read(central, gateway, READING, Window.dayOf(T))).hasSize(1);
      assertThatThrownBy(() -> read(central, gateway, READING, Window.days(T, 2)))
          .isInstanceOf(NotPermittedException.class)
          .hasMessageContaining("not about");
    }
  }

  /** Another gateway's houses, nodes and rows are never in an answer. */
  @ParameterizedTest
  @EnumSource
  void rows_areTheGatewaysOwnInItsOwnIds(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed other = central.gateway("other");
      other.house(0, "D", "1 Street", 21, 22);
      other.live(READING, row(T, 21, 0, 1, 1.5), row(T, 22, 0, 2, 2.5));
      other.live(NODE_STATE, row(T, 21, 0, 5, 1, -70));
      Feed gateway = central.gateway("gw");
      gateway.house(500, "D", "2 Street", 31, 32);
      gateway.live(
          READING,
          row(T, 31, 0, 501, 3.5),
          row(T, 31, 2, null, 4.5),
          row(T.plusSeconds(1), 32, 0, 502, 5.5));
      gateway.live(NODE_STATE, row(T, 31, 0, 5, 1, -71));
      NameHoldersTest.permit(central, gateway);

      RestoreTerms terms = restoring(central).begin(asking(gateway));

      assertThat(cells(whole(central, gateway, HOUSE)))
          .containsExactly("[501, 501, 2 Street, null, null]");
      assertThat(cells(whole(central, gateway, LOCATION)))
          .containsExactly("[501, 501, 501]", "[502, 501, 502]");
      assertThat(cells(whole(central, gateway, NODE)))
          .containsExactly("[31, 501, 0]", "[32, 502, 0]");
      assertThat(read(central, gateway, READING, Window.dayOf(T)))
          .containsExactly(
              "[%s, 31, 0, 501, 3.5]".formatted(T),
              "[%s, 31, 2, null, 4.5]".formatted(T),
              "[%s, 32, 0, 502, 5.5]".formatted(T.plusSeconds(1)));
      assertThat(read(central, gateway, READING, Window.dayOf(T).of(21))).isEmpty();
      assertThat(read(central, gateway, NODE_STATE, Window.dayOf(T)))
          .containsExactly("[%s, 31, 0, 5, 1, -71]".formatted(T));
      assertThat(terms.of(READING)).containsExactly(Window.dayOf(T));
      assertThat(terms.shared()).isEmpty();
    }
  }

  @Test
  void rows_ofANodeThatStandsInAnotherGatewaysHouseNow_areTheGatewaysOwnOnly() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 Street", 11);
      gateway.live(READING, row(T, 11, 0, 1, 1.5), row(T, 11, 2, null, 2.5));
      Feed other = central.gateway("other");
      other.house(500, "D", "2 Street", 12);
      central.execute(
          "INSERT INTO tributary_mapping (gateway_id, table_name, local_id, central_id, evidence,"
              + " base, since) SELECT g.id, m.table_name, m.local_id, m.central_id, 'by hand', m.base,"
              + " m.since FROM tributary_mapping m JOIN tributary_gateway g ON g.name = 'other' WHERE"
              + " m.table_name = 'Node' AND m.local_id = 11");
      other.live(READING, row(T.plusSeconds(60), 11, 0, 501, 9.5));
      NameHoldersTest.permit(central, gateway);

      assertThat(restoring(central).begin(asking(gateway)).shared()).containsExactly(11L);
      assertThat(read(central, gateway, READING, Window.dayOf(T)))
          .containsExactly("[%s, 11, 0, 1, 1.5]".formatted(T));
    }
  }

  @ParameterizedTest
  @EnumSource
  void rows_thatWereSetAside_comeBackIfTheyAreWhole(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 Street", 11);
      Instant future = Central.NOW.plus(Duration.ofDays(90));
      gateway.live(READING, row(T, 11, 0, 1, 1.5), row(T.plusSeconds(5), 99, 0, 1, 2.5));
      gateway.untrusted(READING, row(future, 11, 0, 1, 3.5));
      NameHoldersTest.permit(central, gateway);

      RestoreTerms terms = restoring(central).begin(asking(gateway));
      Batch day =
          restoring(central)
              .rows(
                  asking(gateway),
                  new RestoreRequest(READING, Optional.of(Window.dayOf(T)), Optional.empty(), 100));

      assertThat(cells(day.rows())).containsExactly("[%s, 11, 0, 1, 1.5]".formatted(T));
      assertThat(day.unreadable()).hasSize(1).allMatch(row -> row.key().contains("99"));
      assertThat(terms.of(READING)).containsExactly(Window.dayOf(T), Window.dayOf(future));
      assertThat(read(central, gateway, READING, Window.dayOf(future)))
          .containsExactly("[%s, 11, 0, 1, 3.5]".formatted(future));
    }
  }

  /** What is read page by page is what is read at once, whatever the size of a page. */
  @Test
  void rows_inPagesOfAnySize_areTheSame() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 Street", 11, 12);
      Object[][] rows = new Object[40][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = row(T.plusSeconds(i / 4), 11 + i / 2 % 2, i % 2 * 2, 1, i / 2.0);
      }
      gateway.live(READING, rows);
      Object[][] states = new Object[9][];
      for (int i = 0; i < states.length; i++) {
        states[i] = row(Central.NOW.plus(Duration.ofDays(9)), 11, null, i, i, -60);
      }
      gateway.untrusted(NODE_STATE, states);
      NameHoldersTest.permit(central, gateway);

      for (int size : new int[] {1, 2, 3, 7, 39, 40, 41}) {
        assertThat(paged(central, gateway, READING, Window.dayOf(T), size)).hasSize(40);
        assertThat(
                paged(
                    central,
                    gateway,
                    NODE_STATE,
                    Window.dayOf(Central.NOW.plus(Duration.ofDays(9))),
                    size))
            .hasSize(9);
      }
    }
  }

  /** Central's order of a gateway's rows is another than the gateway's, and takes none away. */
  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "MARIADB"})
  void rows_ofRenumberedNodesAndTypes_areTheGatewaysOwnInPagesOfAnySize(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed other = central.gateway("other");
      other.house(500, "D", "2 Street", 11, 13);
      other.live(READING, row(T, 11, 0, 501, 9.5));
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 Street", 11, 12);
      gateway.whole(
          SENSOR_TYPE,
          row(0, "Temperature", "T", "furlongs", 0.0, 1.0, 0.0, 0.0),
          row(2, "Humidity", "RH", "%", 0.0, 1.0, 0.0, 0.0));
      MappingDesk desk = new MappingDesk(central.database, central.clock);
      for (Table table : List.of(NODE, SENSOR_TYPE)) {
        desk.decide(
            gateway.id,
            table,
            table.equals(NODE) ? 11 : 0,
            Verdict.DIFFERENT,
            OptionalLong.empty(),
            "ann",
            false);
      }
      Set<String> own = new TreeSet<>();
      Object[][] rows = new Object[24][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = row(T.plusSeconds(i / 4), 11 + i / 2 % 2, i % 2 * 2, 1, i / 2.0);
        own.add(List.of(rows[i]).toString());
      }
      gateway.live(READING, rows);
      // A node that central has not taken, by a number that central gave to nobody of this one's.
      gateway.live(READING, row(T.plusSeconds(60), 13, 0, 1, 5.5));
      Object[][] ahead = new Object[8][];
      for (int i = 0; i < ahead.length; i++) {
        ahead[i] = row(Central.NOW.plus(Duration.ofDays(9)), 11 + i / 4, i % 4 * 2, 1, i * 1.0);
      }
      gateway.untrusted(READING, ahead);
      try (TargetDatabase there = new TargetDatabase(central.database.url())) {
        // What somebody added at central, of a type that is another by that number at the gateway.
        there.add(List.of(Feed.rows(READING, row(T.plusSeconds(90), 12, 0, null, 6.5))));
        // And what is there by now of what has waited: node 11 is 1000000 there.
        Instant then = Central.NOW.plus(Duration.ofDays(9));
        there.add(List.of(Feed.rows(READING, row(then, 1_000_000, 2, null, 1.5))));
      }
      NameHoldersTest.permit(central, gateway);

      Window later = Window.dayOf(Central.NOW.plus(Duration.ofDays(9)));
      for (int size : new int[] {1, 2, 3, 7, 23, 24, 25}) {
        assertThat(paged(central, gateway, READING, Window.dayOf(T), size))
            .as("pages of %d", size)
            .containsExactlyInAnyOrderElementsOf(own);
        assertThat(paged(central, gateway, READING, later, size))
            .hasSize(4)
            .contains("[%s, 11, 2, null, 1.5]".formatted(Central.NOW.plus(Duration.ofDays(9))));
        assertThat(paged(central, gateway, READING, Window.dayOf(T).of(11), size)).hasSize(12);
      }
      assertThat(read(central, gateway, READING, Window.dayOf(T).of(1_000_000))).isEmpty();
      assertThat(
              restoring(central)
                  .rows(
                      asking(gateway),
                      new RestoreRequest(
                          READING, Optional.of(Window.dayOf(T)), Optional.empty(), 100))
                  .unreadable())
          .extracting(Unreadable::reason)
          .containsExactlyInAnyOrder(
              "what it refers to does not come back",
              "of a sensor type of central's that this gateway does not have");
      assertThat(cells(whole(central, gateway, NODE))).containsExactly("[11, 1, 0]", "[12, 2, 0]");
    }
  }

  private static Restoring restoring(Central central) {
    return new Restoring(central.database, central.clock, new Ingest.Limits(10_000, 1_000_000));
  }

  private static Restoring.Asking asking(Feed gateway) {
    return new Restoring.Asking(gateway.id, "machine");
  }

  private static Rows whole(Central central, Feed gateway, Table table) throws Exception {
    return restoring(central).rows(asking(gateway), RestoreRequest.whole(table)).rows();
  }

  private static List<String> read(Central central, Feed gateway, Table table, Window window)
      throws Exception {
    return paged(central, gateway, table, window, 1_000);
  }

  private static List<String> paged(
      Central central, Feed gateway, Table table, Window window, int atOnce) throws Exception {
    List<String> all = new ArrayList<>();
    Optional<Position> after = Optional.empty();
    do {
      Batch batch =
          restoring(central)
              .rows(asking(gateway), new RestoreRequest(table, Optional.of(window), after, atOnce));
      all.addAll(cells(batch.rows()));
      after = batch.upTo();
    } while (after.isPresent());
    assertThat(all).doesNotHaveDuplicates();
    return all;
  }

  private static List<String> cells(Rows rows) {
    List<String> cells = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      cells.add(rows.row(row).values().toString());
    }
    return cells;
  }
}
