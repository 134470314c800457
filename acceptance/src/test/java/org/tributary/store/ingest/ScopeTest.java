package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.HOUSE;
import static org.tributary.wire.Tables.NODE;
import static org.tributary.wire.Tables.READING;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.OurDatabases;
import org.tributary.store.access.AccessDesk;
import org.tributary.store.access.SignIns;
import org.tributary.wire.Credential;
import org.tributary.wire.Enrolment;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.Tables;

/** A gateway with a key writes its own houses; whatever it says, no other's. */
class ScopeTest {

  private static final Instant T = HistoryLaneTest.T;

  @ParameterizedTest
  @EnumSource
  void aStolenKey_whenItClaimsAnothersHouse_changesNothingThereAndAPersonDecides(TestEngine engine)
      throws Exception {
    Database database = OurDatabases.shared(engine);
    try (Central central = new Central(database, Scope.BY_KEY)) {
      enrol(central, "orchard");
      enrol(central, "thief");
      Feed orchard = central.gateway("orchard");
      orchard.house(100, "Winter", "1 High Street", 7, 8);
      orchard.live(READING, row(T, 7, 0, 101, 1.0));
      List<List<Object>> houses = central.rows(HOUSE);
      List<List<Object>> nodes = central.rows(NODE);
      List<List<Object>> readings = central.rows(READING);

      Feed thief = central.gateway("thief");
      thief.house(200, "Winter", "1 High Street", 7, 8);
      thief.live(READING, row(T, 7, 0, 201, 99.0), row(T.plusSeconds(60), 7, 0, 201, 99.0));
      thief.live(READING, row(T.plusSeconds(90), 8, 0, null, 99.0));

      assertThat(central.rows(HOUSE)).isEqualTo(houses);
      assertThat(central.rows(NODE)).isEqualTo(nodes);
      assertThat(central.rows(READING)).isEqualTo(readings);
      List<SetAside> aside = central.setAside(thief);
      assertThat(aside)
          .filteredOn(each -> each.rule() == Rule.CLAIMED && each.table().equals("House"))
          .singleElement()
          .satisfies(
              each ->
                  assertThat(each.reason())
                      .contains("gateway orchard's", "tributary mapping same thief House 201"));
      assertThat(aside).extracting(SetAside::table).contains("Reading");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "SQLITE")
  void aHouse_whenNoOtherGatewayHasIt_isTakenByItsAddressAsBefore(TestEngine engine)
      throws Exception {
    Database database = OurDatabases.shared(engine);
    try (Central central = new Central(database, Scope.BY_KEY)) {
      central.execute("INSERT INTO @House@ (id, address) VALUES (55, '3 Elm Road')");
      enrol(central, "elm");
      Feed elm = central.gateway("elm");
      elm.whole(Tables.DEPLOYMENT, row(1, "Winter", null, null, null));
      elm.whole(HOUSE, row(1, null, "3 Elm Road", null, null));
      assertThat(central.setAside(elm)).isEmpty();
      assertThat(central.rows(HOUSE)).hasSize(1);
    }
  }

  private static void enrol(Central central, String name) throws Exception {
    try (AccessDesk desk = AccessDesk.open(central.database.url(), Access.DURABLE, central.clock)) {
      AccessDesk.Given given = desk.addGateway(new GatewayId(name), Duration.ofHours(1), "ann");
      new SignIns(central.database, central.clock)
          .enrol(given.code(), Enrolment.of(Credential.random(new SecureRandom())));
    }
  }
}
