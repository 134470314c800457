package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.tributary.wire.Tables.LOCATION;
import static org.tributary.wire.Tables.READING;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.Access;
import org.tributary.store.Stored;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAsideCount;
import org.tributary.wire.SetAsideRow;
import org.tributary.wire.Tables;
import org.tributary.wire.rest.RestJson;

/** What a person does with rows that were uploaded through the REST interface and set aside. */
class SetAsideUploadsTest {

  private static final Instant BOOT = Instant.parse("1970-01-01T00:05:00Z");
  private static final Instant T = Instant.parse("2016-05-01T00:00:00Z");
  private static final Stamps UNKNOWN = new Stamps.Unknown();

  private static final String HOUSE =
      """
      {"__table__": "Deployment", "id": 1, "name": "D"},
      {"__table__": "House", "id": 1, "deploymentId": 1, "address": "1 High Street"},
      {"__table__": "Node", "id": 7, "locationId": null, "nodeTypeId": 0}
      """;

  @ParameterizedTest
  @EnumSource
  void counts_ofUploads_standBesideThoseOfGateways(TestEngine engine) throws Exception {
    try (Central central = new Central(engine);
        SetAsideDesk desk = desk(central)) {
      upload(central, HOUSE, reading("2016-05-01T00:00:00", 99, 1.0), "{\"colour\": \"red\"}");
      upload(central, "{\"__table__\": \"Location\", \"id\": 5, \"houseId\": 9, \"roomId\": 4}");

      assertThat(desk.counts(SetAsideFilter.ALL, Long.MAX_VALUE))
          .containsExactlyInAnyOrder(
              new SetAsideCount(Gateways.REST, "Reading", Rule.PARENT_MISSING, 1),
              new SetAsideCount(Gateways.REST, "(no table)", Rule.UNREADABLE, 1),
              new SetAsideCount(Gateways.REST, "Location", Rule.PARENT_MISSING, 1));
      assertThat(desk.rows(SetAsideFilter.ALL.of(Gateways.REST), 10))
          .extracting(row -> row.what().key())
          .contains("[2016-05-01T00:00:00Z, 99, 0]", "5");
    }
  }

  @ParameterizedTest
  @EnumSource
  void upload_ofAReadingWhoseNodeAGatewayBringsLater_isStoredThen(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      upload(central, HOUSE, reading("2016-05-01T00:00:00", 8, 1.0));
      assertThat(central.rows(READING)).isEmpty();

      central.gateway("gw").house(40, "E", "2 Mill Lane", 8);

      assertThat(central.column(READING, "value")).containsExactly(1.0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void replay_storesWhatFitsNow_andSaysWhyTheOthersStay(TestEngine engine) throws Exception {
    try (Central central = new Central(engine);
        SetAsideDesk desk = desk(central)) {
      upload(
          central,
          HOUSE,
          reading("2016-05-01T00:00:00", 8, 1.0),
          reading("2016-05-01T00:00:00", 99, 2.0),
          reading("1970-01-01T00:05:00", 7, 3.0),
          "{\"colour\": \"red\"}",
          "{\"__table__\": \"Node\", \"id\": \"seven\"}");
      central.execute("INSERT INTO @Node@ (id) VALUES (8)");

      List<Retried> retried = replay(desk, SetAsideFilter.ALL, UNKNOWN);

      assertThat(retried).hasSize(5);
      assertThat(stays(retried))
          .extracting(each -> each.toList().get(0), each -> firstWords(each.toList().get(1)))
          .containsExactlyInAnyOrder(
              tuple(Rule.PARENT_MISSING, "nodeId is 99, and there is"),
              tuple(Rule.CLOCK_UNTRUSTED, "say what its stamp is worth:"),
              tuple(Rule.UNREADABLE, "have it uploaded anew, mended, and"),
              tuple(Rule.UNREADABLE, "have it uploaded anew, mended, and"));
      assertThat(central.column(READING, "value")).containsExactly(1.0);
      assertThat(desk.rows(SetAsideFilter.ALL, 10)).hasSize(4);
    }
  }

  @ParameterizedTest
  @EnumSource
  void replay_ofRowsThatOthersWaitFor_storesThoseToo(TestEngine engine) throws Exception {
    try (Central central = new Central(engine);
        SetAsideDesk desk = desk(central)) {
      upload(
          central,
          HOUSE,
          reading("2016-05-01T00:00:00", 7, 1.0)
              .replace("\"locationId\": null", "\"locationId\": 5"),
          "{\"__table__\": \"Location\", \"id\": 5, \"houseId\": 2, \"roomId\": 4}",
          "{\"__table__\": \"House\", \"id\": 2, \"deploymentId\": 3, \"address\": \"2 Mill"
              + " Road\"}");
      central.execute("INSERT INTO @Deployment@ (id, name) VALUES (3, 'E')");

      List<Retried> retried = replay(desk, SetAsideFilter.ALL, UNKNOWN);

      assertThat(stays(retried)).isEmpty();
      assertThat(retried).hasSize(3);
      assertThat(central.column(READING, "locationId")).containsExactly(5L);
      assertThat(central.column(LOCATION, "houseId")).containsExactly(2L);
      assertThat(desk.rows(SetAsideFilter.ALL, 10)).isEmpty();
    }
  }

  /** In portions, and each row once. */
  @ParameterizedTest
  @EnumSource
  void upload_ofWhatManyRowsWaitFor_storesThemAll(TestEngine engine) throws Exception {
    try (Central central = new Central(engine);
        SetAsideDesk desk = desk(central)) {
      upload(central, HOUSE);
      for (int node : new int[] {98, 99}) {
        String[] readings = new String[10_000];
        for (int i = 0; i < readings.length; i++) {
          readings[i] = reading(T.plusSeconds(i).toString().replace("Z", ""), node, i);
        }
        assertThat(upload(central, readings)).isEqualTo(Stored.NOTHING);
        upload(central, readings[0], readings[9_999]); // known by now
      }
      assertThat(desk.counts(SetAsideFilter.ALL, Long.MAX_VALUE))
          .containsExactly(
              new SetAsideCount(Gateways.REST, "Reading", Rule.PARENT_MISSING, 20_000));

      upload(central, "{\"__table__\": \"Node\", \"id\": 98, \"nodeTypeId\": 0}");
      assertThat(central.rows(READING)).hasSize(10_000);
      central.execute("INSERT INTO @Node@ (id) VALUES (99)");
      assertThat(new RestIngest(central.database, central.clock).release()).isEqualTo(10_000);

      assertThat(central.rows(READING)).hasSize(20_000);
      assertThat(desk.counts(SetAsideFilter.ALL, Long.MAX_VALUE)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void replay_thatTrustsTheClock_holdsWhenTheReadingIsUploadedAgain(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine);
        SetAsideDesk desk = desk(central)) {
      upload(central, HOUSE, reading("1970-01-01T00:05:00", 7, 3.0));

      assertThat(stays(replay(desk, SetAsideFilter.ALL, new Stamps.Right()))).isEmpty();

      assertThat(upload(central, reading("1970-01-01T00:05:00", 7, 3.0)))
          .isEqualTo(new Stored(0, 0, 1));
      assertThat(upload(central, reading("1970-01-01T00:05:00", 7, 4.0)))
          .isEqualTo(new Stored(0, 1, 0));
      assertThat(central.column(READING, "time")).containsExactly(BOOT);
      assertThat(desk.rows(SetAsideFilter.ALL, 10)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void replay_thatShiftsStamps_storesTheReadingOnceForAll(TestEngine engine) throws Exception {
    try (Central central = new Central(engine);
        SetAsideDesk desk = desk(central)) {
      upload(central, HOUSE, reading("1970-01-01T00:05:00", 7, 3.0));

      replay(desk, SetAsideFilter.ALL, new Stamps.Off(Duration.between(BOOT, T)));

      assertThat(upload(central, reading("1970-01-01T00:05:00", 7, 3.0)))
          .isEqualTo(new Stored(0, 0, 1));
      upload(central, reading("2016-05-01T00:00:00", 7, 20.0)); // another one
      assertThat(central.column(READING, "value")).containsExactly(3.0);
      assertThat(central.column(READING, "time")).containsExactly(T);
      assertThat(desk.rows(SetAsideFilter.ALL, 10))
          .extracting(row -> row.what().rule())
          .containsExactly(Rule.AMBIGUOUS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void replay_neverBringsBackWhatALaterUploadReplaced(TestEngine engine) throws Exception {
    try (Central central = new Central(engine);
        SetAsideDesk desk = desk(central)) {
      upload(central, HOUSE, "{\"__table__\": \"House\", \"id\": 1, \"deploymentId\": 9}");
      upload(central, "{\"__table__\": \"House\", \"id\": 1, \"deploymentId\": 1}");
      central.execute("INSERT INTO @Deployment@ (id, name) VALUES (9, 'E')");

      assertThat(replay(desk, SetAsideFilter.ALL, UNKNOWN)).isEmpty();

      assertThat(central.column(Tables.HOUSE, "deploymentId")).containsExactly(1L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void drop_ofUploads_keepsThemInTheBooks_andTheyDoNotComeBack(TestEngine engine) throws Exception {
    try (Central central = new Central(engine);
        SetAsideDesk desk = desk(central)) {
      String[] wrong = {
        reading("2016-05-01T00:00:00", 99, 1.0),
        "{\"colour\": \"red\"}",
        "{\"__table__\": \"Location\", \"id\": 5, \"houseId\": 9, \"roomId\": 4}"
      };
      upload(central, HOUSE);
      upload(central, wrong);

      assertThat(desk.drop(SetAsideFilter.ALL.of(Gateways.REST), desk.newest(), "ann"))
          .isEqualTo(3);

      assertThat(upload(central, wrong)).isEqualTo(new Stored(0, 0, 3));
      assertThat(desk.rows(SetAsideFilter.ALL, 10)).isEmpty();
      assertThat(desk.dropped(SetAsideFilter.ALL, 10))
          .extracting(row -> row.decided().map(SetAsideRow.Decided::by))
          .containsExactly(Optional.of("ann"), Optional.of("ann"), Optional.of("ann"));
      upload(central, reading("2016-05-01T00:00:00", 99, 2.0), "{\"colour\": \"blue\"}");
      assertThat(desk.rows(SetAsideFilter.ALL, 10)).hasSize(2); // others
    }
  }

  private static SetAsideDesk desk(Central central) throws Exception {
    return SetAsideDesk.open(central.database.url(), Access.DURABLE, central.clock);
  }

  private static Stored upload(Central central, String... objects) throws Exception {
    byte[] json = ("[" + String.join(", ", objects) + "]").getBytes(StandardCharsets.UTF_8);
    try (RestJson.Reader reader = new RestJson.Reader(new ByteArrayInputStream(json), 10_000)) {
      return new RestIngest(central.database, central.clock).store(reader::next);
    }
  }

  private static String reading(String time, int node, double value) {
    return """
    {"__table__": "Reading", "time": "%s", "nodeId": %d, "type": 0, "locationId": null, \
    "value": %s}\
    """
        .formatted(time, node, value);
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

  private static String firstWords(Object sentence) {
    String[] words = sentence.toString().split(" ");
    return String.join(" ", List.of(words).subList(0, 6));
  }
}
