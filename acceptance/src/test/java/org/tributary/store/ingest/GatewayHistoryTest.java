package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.READING;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.Access;
import org.tributary.store.fleet.history.GatewayHistory;
import org.tributary.store.fleet.history.GatewayHistory.History;
import org.tributary.store.fleet.history.HistoryContact;
import org.tributary.store.fleet.history.HistoryEvent;
import org.tributary.store.fleet.history.HistoryEvent.Kind;
import org.tributary.store.fleet.history.HistoryHour;
import org.tributary.store.fleet.history.HistoryReceipt;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Greeting;
import org.tributary.wire.Lane;
import org.tributary.wire.MergeTerms;
import org.tributary.wire.Position;
import org.tributary.wire.Unreadable;

/** What the page of a gateway can show. */
class GatewayHistoryTest {

  private static final Instant FROM = Central.NOW.minus(Duration.ofDays(1));
  private static final Instant UNTIL = Central.NOW.plus(Duration.ofDays(30));

  @ParameterizedTest
  @EnumSource
  void of_aGatewayThatDidSomethingOfAllKinds_tellsItNewestFirst(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "Deployment", "1 First Street", 21, 22);
      gateway.live(READING, row(Instant.parse("2016-06-01T10:00:00Z"), 21, 0, 1, 20.5));
      Feed stranger = new Feed(central, "gw").on("stranger");
      assertThatThrownBy(stranger::greet).isInstanceOf(RefusedGatewayException.class);
      central.clock.advance(Duration.ofHours(3));
      greetAs(central, "0.2.0", MergeTerms.of(true, false, "central"), "a start");
      greetAs(central, "0.2.0", MergeTerms.of(true, false, "central"), "another start");
      gateway.unreadable(
          READING, new Unreadable("1", "{}", "no number"), new Unreadable("2", "{}", "no number"));
      try (GatewayDesk desk =
          GatewayDesk.open(central.database.url(), Access.WRITE, central.clock)) {
        desk.permit(gateway.id, Duration.ofHours(24), Optional.empty(), Optional.empty(), "ann");
        desk.release(gateway.id, "bea");
      }
      gateway.accept(
          Feed.batch(
              READING,
              Lane.LIVE,
              Optional.empty(),
              Feed.rows(READING, row(Instant.parse("2016-06-01T10:00:00Z"), 21, 0, 1, 21.5))));
      central.execute(
          """
          INSERT INTO tributary_conflict
            (gateway_id, table_name, local_id, central_id, kind, column_name, winner, rule, noticed,
             chosen, decided_by, decided)
          SELECT id, 'House', 1, 7, 'EDITED', 'address', 'CENTRAL', 'central', last_contact,
            'GATEWAY', 'cat', last_contact
          FROM tributary_gateway
          """);
      central.execute(
          """
          INSERT INTO tributary_decision
            (gateway_id, table_name, local_id, verdict, central_id, decided_by, decided, moved,
             released, image, undone, undone_by)
          SELECT id, 'Node', 21, 'SAME', 22, 'dan', last_contact, 0, 0, '{}', last_contact, 'eve'
          FROM tributary_gateway
          """);

      History history = history(central, 1_000);

      assertThat(history.events())
          .isSortedAccordingTo(Comparator.comparing(HistoryEvent::at).reversed());
      assertThat(words(history, Kind.FIRST_CONTACT))
          .containsExactly("Gateway gw greeted for the first time");
      assertThat(words(history, Kind.MACHINE))
          .containsExactlyInAnyOrder(
              "house-machine is heard of, with version 0.1.0, protocol 1, metadata to central only",
              "house-stranger is heard of, with version 0.1.0, protocol 1, metadata to central only");
      assertThat(words(history, Kind.REFUSED))
          .singleElement()
          .asString()
          .startsWith("house-stranger: Another machine or database (on house-machine)");
      assertThat(words(history, Kind.VERSION))
          .containsExactly("0.2.0, before 0.1.0, on house-machine");
      assertThat(words(history, Kind.CONFIGURATION))
          .containsExactly(
              "protocol 1, metadata both ways (central); before: protocol 1, metadata to central"
                  + " only");
      assertThat(words(history, Kind.START)).hasSize(2);
      assertThat(words(history, Kind.SET_ASIDE))
          .containsExactly("2 rows of Reading set aside: unreadable");
      assertThat(words(history, Kind.RESTORE))
          .singleElement()
          .asString()
          .startsWith("ann permitted to restore it until ");
      assertThat(words(history, Kind.ADMINISTRATION))
          .contains("gateway release by bea: was not stopped");
      assertThat(words(history, Kind.CORRECTION))
          .containsExactly("1 row of Reading edited at the gateway");
      assertThat(words(history, Kind.CONFLICT))
          .containsExactlyInAnyOrder(
              "House 1 address was otherwise at both ends; what central has counts (central)",
              "House 1 address: cat chose what the gateway has");
      assertThat(words(history, Kind.MAPPING))
          .hasSize(2)
          .anyMatch(words -> words.startsWith("Node 21: same by dan (decision "))
          .anyMatch(words -> words.startsWith("Node 21: same, undone by eve (decision "));
      assertThat(history.events()).allMatch(event -> !event.words().isBlank());
    }
  }

  @Test
  void of_aGateway_hasItsHoursContactsAndReceipts() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "Deployment", "1 First Street", 21, 22);
      central.clock.advance(Duration.ofHours(2));
      Instant taken = Instant.parse("2016-06-01T10:00:00Z");
      gateway.live(READING, row(taken, 21, 0, 1, 20.5));

      History history = history(central, 3);

      assertThat(history.hours())
          .extracting(HistoryHour::begin)
          .containsExactly(Central.NOW, Central.NOW.plus(Duration.ofHours(2)));
      assertThat(history.hours().get(1))
          .isEqualTo(
              new HistoryHour(
                  Central.NOW.plus(Duration.ofHours(2)),
                  1,
                  0,
                  1,
                  1,
                  1,
                  0,
                  0,
                  Optional.of(new HistoryHour.Clock(0, 0))));
      assertThat(history.receipts()).hasSize(3);
      assertThat(history.receipts().get(0))
          .isEqualTo(
              new HistoryReceipt(
                  central.clock.instant(),
                  "Reading",
                  Lane.LIVE,
                  1,
                  1,
                  0,
                  0,
                  0,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(Position.of(taken, 21L, 0L)),
                  Duration.ZERO));
      assertThat(history.contacts())
          .extracting(HistoryContact::hostname)
          .containsOnly("house-machine");
      assertThat(history.contacts().get(0).at()).isEqualTo(central.clock.instant());
    }
  }

  @Test
  void of_aTimeInWhichNothingCame_isEmpty() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      central.gateway("gw").house(0, "Deployment", "1 First Street", 21, 22);

      History before =
          new GatewayHistory(central.database)
              .of("gw", FROM, Central.NOW.minus(Duration.ofHours(1)), 100)
              .orElseThrow();

      assertThat(before).isEqualTo(new History(List.of(), List.of(), List.of(), List.of()));
    }
  }

  @Test
  void of_aGatewayThatNeverGreeted_isNothing() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      assertThat(new GatewayHistory(central.database).of("nobody", FROM, UNTIL, 100)).isEmpty();
    }
  }

  private static History history(Central central, int most) throws Exception {
    return new GatewayHistory(central.database).of("gw", FROM, UNTIL, most).orElseThrow();
  }

  private static List<String> words(History history, Kind kind) {
    return history.events().stream()
        .filter(event -> event.kind() == kind)
        .map(HistoryEvent::words)
        .toList();
  }

  private static void greetAs(Central central, String version, MergeTerms terms, String boot)
      throws Exception {
    central.ingest.greet(
        new Greeting(
            new GatewayId("gw"),
            "machine",
            "house-machine",
            version,
            1,
            central.clock.instant(),
            List.of(),
            Optional.of(boot),
            terms),
        "0.1.0");
  }
}
