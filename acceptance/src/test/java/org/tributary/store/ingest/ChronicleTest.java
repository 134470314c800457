package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.DEPLOYMENT;
import static org.tributary.wire.Tables.READING;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.Database;
import org.tributary.store.OurDatabases;
import org.tributary.store.StoreException;
import org.tributary.store.Stored;
import org.tributary.wire.Batch;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Greeting;
import org.tributary.wire.Holdings;
import org.tributary.wire.Lane;
import org.tributary.wire.MergeTerms;

/** What is written down of greetings, batches and refusals. */
class ChronicleTest {

  @ParameterizedTest
  @EnumSource
  void accept_ofABatch_leavesAReceiptAndAddsToItsHour(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "Deployment", "1 First Street", 21, 22);
      Batch batch = readings("2016-06-01T10:00:00Z", "2016-06-01T10:05:00Z");
      central.clock.advance(Duration.ofHours(1));

      central.ingest.accept(gateway.id, batch, 77);
      central.ingest.accept(gateway.id, batch, 77); // the answer was lost

      assertThat(
              rows(
                  central,
                  """
                  SELECT table_name, lane, row_count, inserted, changed, unchanged, set_aside,
                    byte_count, took
                  FROM tributary_receipt
                  WHERE table_name = 'Reading'
                  ORDER BY id
                  """))
          .containsExactly("Reading LIVE 2 2 0 0 0 77 0", "Reading LIVE 2 0 0 2 0 77 0");
      assertThat(rows(central, "SELECT position FROM tributary_receipt ORDER BY id DESC LIMIT 1"))
          .singleElement()
          .asString()
          .contains("2016-06-01T10:05:00");
      assertThat(
              rows(
                  central,
                  """
                  SELECT hour_number, contacts, refusals, batches, row_count, inserted, set_aside,
                    byte_count
                  FROM tributary_hour
                  ORDER BY hour_number
                  """))
          .containsExactly(
              hour(Central.NOW) + " 1 0 8 13 6 0 0",
              hour(Central.NOW.plus(Duration.ofHours(1))) + " 0 0 2 4 2 0 154");
    }
  }

  @ParameterizedTest
  @EnumSource
  void greet_byAnotherMachine_isWrittenDownWithWhatItWasTold(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.greet();
      Feed other = new Feed(central, "gw").on("other");

      assertThatThrownBy(other::greet).isInstanceOf(RefusedGatewayException.class);
      assertThatThrownBy(other::greet).isInstanceOf(RefusedGatewayException.class);

      assertThat(
              rows(
                  central,
                  """
                  SELECT hostname, version, configuration, clock_offset,
                    CASE WHEN is_news THEN 'news' ELSE 'as before' END
                  FROM tributary_contact
                  ORDER BY id
                  """))
          .containsExactly(
              "house-machine 0.1.0 protocol 1, metadata to central only 0 news",
              "house-machine 0.1.0 protocol 1, metadata to central only 0 as before",
              "house-other 0.1.0 protocol 1, metadata to central only 0 news",
              "house-other 0.1.0 protocol 1, metadata to central only 0 as before");
      assertThat(rows(central, "SELECT refused FROM tributary_contact WHERE refused IS NOT NULL"))
          .hasSize(2)
          .allMatch(words -> words.contains("Give this one a name of its own"));
      assertThat(rows(central, "SELECT contacts, refusals FROM tributary_hour"))
          .containsExactly("2 2");
    }
  }

  @Test
  void accept_ofAStoppedGateway_countsAsARefusal() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed card = new Feed(central, "gw").booted("one");
      Feed copy = new Feed(central, "gw").booted("two");
      card.greet();
      copy.greet();
      assertThatThrownBy(card::greet).hasMessageContaining("Two machines");

      assertThatThrownBy(() -> copy.whole(DEPLOYMENT, row(1, "D", null, null, null)))
          .isInstanceOf(RefusedGatewayException.class);

      assertThat(rows(central, "SELECT contacts, refusals, batches FROM tributary_hour"))
          .containsExactly("2 2 0");
    }
  }

  @Test
  void greet_withAClockThatGoesWrong_leavesItsBoundsInTheHour() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      for (int ahead : List.of(3, -70, 12)) {
        central.ingest.greet(greeting(central.clock.instant().plusSeconds(ahead)), "0.1.0");
      }

      assertThat(rows(central, "SELECT least_offset, most_offset FROM tributary_hour"))
          .containsExactly("-70000 12000");
    }
  }

  @Test
  void accept_whenItsTransactionFails_leavesNeitherRowsNorReceipt() throws Exception {
    Database database = OurDatabases.fresh(TestEngine.SQLITE);
    try (Central central = new Central(database)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "Deployment", "1 First Street", 21, 22);
      Batch batch = readings("2016-06-01T10:00:00Z");
      List<String> before = rows(central, "SELECT id FROM tributary_receipt");
      central.execute("ALTER TABLE tributary_hour RENAME TO tributary_away");

      assertThatThrownBy(() -> gateway.accept(batch)).isInstanceOf(StoreException.class);

      assertThat(rows(central, "SELECT id FROM tributary_receipt")).isEqualTo(before);
      assertThat(central.rows(READING)).isEmpty();
      central.execute("ALTER TABLE tributary_away RENAME TO tributary_hour");
      gateway.accept(batch);
      assertThat(rows(central, "SELECT id FROM tributary_receipt")).hasSize(before.size() + 1);
    } finally {
      database.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void chronicle_ofAGatewayThatGoesOnForLong_staysSmallAndKeepsTheNewest(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      Feed other = central.gateway("other");
      KeptChronicle chronicle = new KeptChronicle(central.database.engine(), central.clock);
      central.clock.advance(Duration.ofHours(1));
      Receipt receipt =
          new Receipt(
              new Arrival(
                  readings("2016-06-01T10:00:00Z"), Optional.empty(), central.clock.instant()),
              Stored.NOTHING,
              0,
              Optional.empty(),
              Optional.empty());
      for (int transaction = 0; transaction < 24; transaction++) {
        central.database.write(
            connection -> {
              Gateways gateways = new Gateways(central.database.engine(), central.clock);
              Gateway one = gateways.find(connection, gateway.id).orElseThrow();
              Gateway two = gateways.find(connection, other.id).orElseThrow();
              for (int i = 0; i < 25; i++) { // in turn: none of them has all the round numbers
                chronicle.welcomed(connection, one, gateway.greeting());
                chronicle.stored(connection, one, receipt);
                chronicle.stored(connection, two, receipt);
              }
              return true;
            });
      }

      for (String table : List.of("tributary_contact", "tributary_receipt")) {
        assertThat(
                number(
                    central,
                    "SELECT COUNT(*) FROM "
                        + table
                        + " WHERE gateway_id = "
                        + "(SELECT id FROM tributary_gateway WHERE name = 'gw')"))
            .as(table)
            .isBetween(500L, 500L + KeptChronicle.SPARE + 1);
      }
      assertThat(rows(central, "SELECT COUNT(*) FROM tributary_contact WHERE is_news"))
          .as("what was new about each machine")
          .containsExactly("2");
      assertThat(number(central, "SELECT COUNT(*) FROM tributary_receipt"))
          .isLessThan(2 * (500L + KeptChronicle.SPARE + 1));

      central.clock.advance(HourSums.KEPT.plusHours(2));
      Ingest restarted = // another, as after a restart
          new Ingest(central.database, central.clock, new Ingest.Limits(10_000, 1_000_000));
      restarted.greet(gateway.greeting(), "0.1.0");
      assertThat(
              rows(
                  central,
                  "SELECT contacts FROM tributary_hour WHERE gateway_id ="
                      + " (SELECT id FROM tributary_gateway WHERE name = 'gw')"))
          .containsExactly("1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void changes_thatAreToldAgainAndAgain_areOneLine(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "Deployment", "1 First Street", 21, 22);
      MergeTerms taking = MergeTerms.of(true, true, "central");
      central.ingest.greet(greeting(central.clock.instant(), taking), "0.1.0");
      MetadataExchange exchange = new MetadataExchange(central.database, central.clock);
      Holdings nothingSaid = new Holdings(Map.of(), Map.of());
      exchange.changes(gateway.id, nothingSaid);
      central.execute("UPDATE @House@ SET @address@ = '1 Front Street'");

      exchange.changes(gateway.id, nothingSaid);
      central.clock.advance(Duration.ofMinutes(5));
      exchange.changes(gateway.id, nothingSaid);

      assertThat(rows(central, "SELECT times, words FROM tributary_told ORDER BY id"))
          .as("what a database is born with, then the house as well, twice")
          .satisfiesExactly(
              words -> assertThat(words).startsWith("1 ").doesNotContain("of House"),
              words -> assertThat(words).startsWith("2 ").contains("1 row of House changed"));
      assertThat(
              rows(central, "SELECT configuration FROM tributary_contact ORDER BY id DESC LIMIT 1"))
          .containsExactly("protocol 1, metadata both ways (central, removals too)");
    }
  }

  @Test
  void direct_writesNothingDown() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Ingest ingest =
          Ingest.direct(central.database, central.clock, new Ingest.Limits(10_000, 1_000_000));

      ingest.greet(greeting(central.clock.instant()), "0.1.0");

      assertThat(rows(central, "SELECT id FROM tributary_contact")).isEmpty();
      assertThat(rows(central, "SELECT hour_number FROM tributary_hour")).isEmpty();
    }
  }

  private static Greeting greeting(Instant its) {
    return greeting(its, MergeTerms.ONE_WAY);
  }

  private static Greeting greeting(Instant its, MergeTerms terms) {
    return new Greeting(
        new GatewayId("gw"),
        "machine",
        "house-machine",
        "0.1.0",
        1,
        its,
        List.of(),
        Optional.empty(),
        terms);
  }

  private static Batch readings(String... times) {
    Object[][] rows = new Object[times.length][];
    for (int i = 0; i < times.length; i++) {
      rows[i] = row(Instant.parse(times[i]), 21, 0, 1, 20.5);
    }
    return Feed.batch(READING, Lane.LIVE, Optional.empty(), Feed.rows(READING, rows));
  }

  private static long hour(Instant time) {
    return time.getEpochSecond() / 3_600;
  }

  private static long number(Central central, String sql) throws IOException {
    return Long.parseLong(rows(central, sql).get(0));
  }

  /** Each row's cells, by spaces apart. */
  static List<String> rows(Central central, String sql) throws IOException {
    return central.database.read(
        connection -> {
          List<String> all = new ArrayList<>();
          try (Statement select = connection.createStatement();
              ResultSet found = select.executeQuery(sql)) {
            while (found.next()) {
              List<String> cells = new ArrayList<>();
              for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                cells.add(String.valueOf(found.getString(i)));
              }
              all.add(String.join(" ", cells));
            }
          }
          return all;
        });
  }
}
