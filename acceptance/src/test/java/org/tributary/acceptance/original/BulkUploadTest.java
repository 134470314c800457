package org.tributary.acceptance.original;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tributary.acceptance.original.RestCentral.reading;
import static org.tributary.acceptance.original.RestCentral.utf8;
import static org.tributary.acceptance.original.RestCentral.zlib;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;

/** What bulk uploads may hold, and what becomes of it. */
class BulkUploadTest {

  private static final String READINGS =
      "SELECT @time, @nodeId, @type, @locationId, @value FROM @Reading ORDER BY @time, @nodeId, @type";
  private static final String STATES =
      "SELECT @time, @nodeId, @parent, @localtime, @seq_num, @rssi FROM @NodeState ORDER BY @time";

  @ParameterizedTest
  @EnumSource
  void bulk_ofMixedTables_storesTheRowsOfEach(TestEngine engine) throws Exception {
    RestCentral central = RestCentral.shared(engine);
    central.addHouse();

    HttpResponse<String> answer =
        central.bulk(
            reading("2013-01-02T00:00:00", 39, 0, "1", "21.5"), // before its node
            "{\"__table__\": \"NODE\", \"id\": 39, \"locationId\": 2, \"nodeTypeId\": 0}",
            "{\"__table__\": \"nodestate\", \"id\": null, \"time\": \"2013-01-02T00:00:01\", \"nodeId\": 37,"
                + " \"parent\": 4, \"localtime\": 9007199254740993, \"seq_num\": 7, \"rssi\": -60}",
            "{\"__table__\": \"Sensor\", \"id\": 5, \"sensorTypeId\": 0, \"nodeId\": 39,"
                + " \"calibrationSlope\": 1.5, \"calibrationOffset\": 0, \"colour\": \"red\"}",
            "{\"__table__\": \"NodeBoot\", \"time\": \"2013-01-02\", \"nodeId\": 39, \"clustered\": true,"
                + " \"version\": \"1.0\"}");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("[]");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(central.rows(READINGS)).containsExactly("2013-01-02T00:00 39 0 1 21.5");
    assertThat(central.rows(STATES))
        .containsExactly("2013-01-02T00:00:01 37 4 9007199254740993 7 -60");
    assertThat(central.rows("SELECT @id, @locationId FROM @Node ORDER BY @id"))
        .containsExactly("37 1", "38 2", "39 2");
    assertThat(central.rows("SELECT * FROM @Sensor")).containsExactly("5 0 39 1.5 0.0");
    assertThat(central.rows("SELECT @version FROM @NodeBoot")).containsExactly("1.0");
    assertThat(central.setAside()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void bulk_ofOneObject_listsOrNothing_packedInAnyWay_isTaken(TestEngine engine) throws Exception {
    RestCentral central = RestCentral.shared(engine);
    central.addHouse();
    String one = reading("2013-01-01T00:00:00", 37, 0, "1", "1");
    String[] paths = {"/rest/bulk", "/rest/Bulk/", "/REST/BULK/17", "/rest/bulk/x/"};
    byte[][] bodies = {utf8(one), zlib("[" + one + "]"), gzip("[" + one + "]"), utf8(" [ ] ")};

    for (String path : paths) {
      for (byte[] body : bodies) {
        assertThat(central.post(path, body).statusCode()).as(path).isEqualTo(201);
      }
      assertThat(central.put(path, one).statusCode()).as(path).isEqualTo(201);
    }
    assertThat(central.rows(READINGS)).containsExactly("2013-01-01T00:00 37 0 1 1.0");
  }

  @ParameterizedTest
  @EnumSource
  void bulk_ofAKnownReading_takesTheLaterValueAndKeepsWhatIsNull(TestEngine engine)
      throws Exception {
    RestCentral central = RestCentral.shared(engine);
    central.addHouse();
    central.bulk(
        reading("2013-01-01T00:00:00", 37, 0, "1", "1"),
        reading("2013-01-01T00:00:00", 37, 2, "1", "2"));

    central.bulk(
        reading("2013-01-01T00:00:00", 37, 0, "null", "10"),
        reading("2013-01-01T00:00:00", 37, 2, "2", "null"),
        reading("2013-01-01T00:05:00", 37, 0, "null", "3"));

    assertThat(central.rows(READINGS))
        .containsExactly(
            "2013-01-01T00:00 37 0 1 10.0",
            "2013-01-01T00:00 37 2 2 2.0",
            "2013-01-01T00:05 37 0 null 3.0");
  }

  @ParameterizedTest
  @EnumSource
  void bulk_ofAKnownState_overwritesEvenWithNull(TestEngine engine) throws Exception {
    RestCentral central = RestCentral.shared(engine);
    central.addHouse();
    String state =
        "{\"__table__\": \"NodeState\", \"id\": null, \"time\": \"2013-01-02T00:00:01\", \"nodeId\": 37,"
            + " \"parent\": 4, \"localtime\": 1, \"seq_num\": 7, \"rssi\": -60}";
    central.bulk(state);

    central.bulk(state.replace("-60", "null").replace("\"parent\": 4", "\"parent\": 5"));

    assertThat(central.rows(STATES)).containsExactly("2013-01-02T00:00:01 37 5 1 7 null");
  }

  @ParameterizedTest
  @EnumSource
  void bulk_withOneKeySeveralTimes_takesTheLast(TestEngine engine) throws Exception {
    RestCentral central = RestCentral.shared(engine);
    central.addHouse();

    central.bulk(
        reading("2013-01-01T00:00:00", 37, 0, "1", "1"),
        reading("2013-01-01T00:00:00", 37, 0, "2", "2"),
        reading("2013-01-01T00:00:00", 38, 0, "2", "7"),
        reading("2013-01-01T00:00:00", 37, 0, "null", "3"),
        "{\"__table__\": \"Node\", \"id\": 37, \"locationId\": 2}",
        "{\"__table__\": \"Node\", \"id\": 37, \"locationId\": null}");

    assertThat(central.rows(READINGS))
        .containsExactly("2013-01-01T00:00 37 0 2 3.0", "2013-01-01T00:00 38 0 2 7.0");
    assertThat(central.rows("SELECT @locationId, @nodeTypeId FROM @Node WHERE @id = 37"))
        .as("null overwrites, and what is not there does not")
        .containsExactly("null 0");
    assertThat(central.setAside()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void bulk_ofAnAutoNumberedRow_insertsItWithoutAnIdAndUpdatesItWithOne(TestEngine engine)
      throws Exception {
    RestCentral central = RestCentral.shared(engine);
    central.addHouse();
    String house = "{\"__table__\": \"House\", \"deploymentId\": 1, \"address\": \"2 Elm Street\"}";

    central.bulk(house, house);
    central.bulk(
        "{\"__table__\": \"House\", \"id\": 90, \"address\": \"old\", \"deploymentId\": 1}");
    central.bulk("{\"__table__\": \"House\", \"id\": 90, \"address\": \"new\"}", house);
    central.bulk("{\"__table__\": \"Location\", \"houseId\": 1, \"roomId\": 4}");

    assertThat(
            central.rows("SELECT @address, @deploymentId FROM @House WHERE @id > 1 ORDER BY @id"))
        .containsExactlyInAnyOrder("2 Elm Street 1", "2 Elm Street 1", "new 1", "2 Elm Street 1");
    assertThat(central.rows("SELECT @id FROM @Location WHERE @houseId = 1")).hasSize(2);
    assertThat(central.setAside()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void bulk_withRowsThatCantBeStored_setsThemAsideAndStoresTheirNeighbours(TestEngine engine)
      throws Exception {
    RestCentral central = RestCentral.shared(engine);
    central.addHouse();

    HttpResponse<String> answer =
        central.bulk(
            reading("2013-01-01T00:00:00", 37, 0, "1", "\"12.5\""),
            reading("2013-01-01T00:01:00", 37, 0, "1", "\"abc\""),
            reading("2013-01-01T00:02:00", 37, 0, "1", "NaN"),
            reading("2013-01-01T00:03:00", 37, 0, "1", "-Infinity"),
            reading("yesterday", 37, 0, "1", "1"),
            "{\"__table__\": \"Reading\", \"time\": \"2013-01-01T00:04:00\", \"nodeId\": 37, \"typeId\": 0, \"value\": 1}",
            reading("1970-01-01T00:05:00", 37, 0, "1", "1"),
            reading("2016-06-01T13:30:00", 37, 0, "1", "1"),
            reading("2016-06-01T12:30:00", 37, 0, "1", "2"),
            reading("2013-01-01T00:06:00", 99, 0, "1", "1"),
            reading("2013-01-01T00:07:00", 37, 777, "1", "1"),
            reading("2013-01-01T00:08:00", 37, 0, "{\"a\": [1]}", "1"),
            "{\"__table__\": \"Room\", \"id\": 900, \"name\": \"%s\"}".formatted("x".repeat(256)),
            "{\"__table__\": \"NodeType\", \"name\": \"nameless\"}",
            "{\"__table__\": \"Gizmo\", \"id\": 1}",
            "{\"id\": 1}",
            "{\"__table__\": \"Pushstatus\", \"hostname\": \"ch-1\"}",
            reading("2013-01-01T00:09:00", 37, 0, "1", "9"));

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("[]");
    assertThat(central.rows(READINGS))
        .containsExactly(
            "2013-01-01T00:00 37 0 1 12.5",
            "2013-01-01T00:09 37 0 1 9.0",
            "2016-06-01T12:30 37 0 1 2.0");
    assertThat(central.rows("SELECT rule, COUNT(*) FROM tributary_setaside GROUP BY rule"))
        .containsExactlyInAnyOrder(
            "VALUE_NOT_HELD 3",
            "UNREADABLE 6",
            "KEY_MISSING 2",
            "CLOCK_UNTRUSTED 2",
            "PARENT_MISSING 2");
    String shown = central.get("/sync/gateways/rest/setaside").body();
    assertThat(shown)
        .contains("value should be a number, not \\\"abc\\\"")
        .contains("there is no Node 99 yet")
        .contains("there is no table \\\"Gizmo\\\"")
        .contains("type is null, and it is part of the key");
    assertThat(central.get("/sync/gateways").body())
        .contains("\"gateway\":\"rest\"")
        .contains("\"table\":\"Reading\",\"position\":null,\"untrusted\":null,\"setAside\":10");
  }

  @ParameterizedTest
  @EnumSource
  void bulk_withARowThatTheDatabaseRefuses_findsItAmongThousands(TestEngine engine)
      throws Exception {
    RestCentral central = RestCentral.shared(engine);
    central.addHouse();
    central.execute(forbid(engine));
    String[] readings =
        IntStream.range(0, 2_000)
            .mapToObj(i -> reading(time(i), 37, 0, "1", i == 1_234 ? "-273.15" : "20"))
            .toArray(String[]::new);

    int status = central.bulk(readings).statusCode();
    central.execute(allow(engine));

    assertThat(status).isEqualTo(201);
    assertThat(central.rows("SELECT COUNT(*) FROM @Reading")).containsExactly("1999");
    assertThat(central.setAside()).hasSize(1).first().asString().contains("Reading DATABASE");
  }

  @ParameterizedTest
  @EnumSource
  void setAsideRows_areStoredOnceTheirParentsCome_inBulkOrLater(TestEngine engine)
      throws Exception {
    RestCentral central = RestCentral.shared(engine);
    central.addHouse();
    central.bulk(
        reading("2013-01-01T00:00:00", 50, 0, "1", "1"),
        reading("2013-01-01T00:05:00", 50, 0, "70", "2"),
        "{\"__table__\": \"Location\", \"id\": 70, \"houseId\": 60, \"roomId\": 1}");
    assertThat(central.setAside()).hasSize(3);

    central.bulk("{\"__table__\": \"Node\", \"id\": 50, \"locationId\": 70}");
    assertThat(central.rows(READINGS)).isEmpty();
    central.bulk("{\"__table__\": \"House\", \"id\": 60, \"deploymentId\": 1}");

    assertThat(central.rows(READINGS))
        .containsExactly("2013-01-01T00:00 50 0 1 1.0", "2013-01-01T00:05 50 0 70 2.0");
    assertThat(central.rows("SELECT @locationId FROM @Node WHERE @id = 50")).containsExactly("70");
    assertThat(central.setAside()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void bulk_ofARowThatWasSetAside_withAGoodValue_forgetsTheBadOne(TestEngine engine)
      throws Exception {
    RestCentral central = RestCentral.shared(engine);
    central.addHouse();
    central.bulk(reading("2013-01-01T00:00:00", 37, 0, "1", "NaN"));
    central.bulk(reading("2013-01-01T00:00:00", 37, 0, "1", "NaN"));
    assertThat(central.setAside()).hasSize(1);

    central.bulk(reading("2013-01-01T00:00:00", 37, 0, "1", "3"));

    assertThat(central.setAside()).isEmpty();
  }

  @Test
  void bulk_withOneOddObject_storesItsNeighboursAndSetsItAside() throws Exception {
    RestCentral central = RestCentral.shared(TestEngine.SQLITE);
    central.addHouse();
    List<String> odd =
        List.of(
            "null",
            "7",
            "[1, 2]",
            "{\"__table__\": \"House\", \"address\": \"" + "a".repeat(200_000) + "\"}",
            "{\"__table__\": \"House\", \"deploymentId\": " + "9".repeat(500) + "}",
            "{\"__table__\": \"Reading\", \"value\": " + "[".repeat(40) + "]".repeat(40) + "}",
            "{\"" + "n".repeat(500) + "\": 1}");
    for (int i = 0; i < odd.size(); i++) {
      String before = reading("2013-01-01T00:00:0" + i, 37, 0, "1", "1");
      String behind = reading("2013-01-01T00:00:0" + i, 37, 2, "1", "1");

      HttpResponse<String> answer =
          central.post("/rest/bulk/", zlib("[" + before + "," + odd.get(i) + "," + behind + "]"));

      assertThat(answer.statusCode()).as(odd.get(i)).isEqualTo(201);
      assertThat(central.rows(READINGS)).hasSize(2 * (i + 1));
      assertThat(central.setAside()).hasSize(i + 1);
    }
  }

  @Test
  void bulk_withAMemberNamedTwice_takesTheLast() throws Exception {
    RestCentral central = RestCentral.shared(TestEngine.SQLITE);
    central.addHouse();
    String twice = reading("2013-01-01T00:00:00", 37, 0, "1", "1").replace("}", ", \"type\": 2}");

    assertThat(central.post("/rest/bulk/", utf8("[" + twice + "]")).statusCode()).isEqualTo(201);
    assertThat(central.rows(READINGS).toString()).contains("2");
    assertThat(central.setAside()).isEmpty();
  }

  @Test
  void bulk_ofNoJson_isRefusedAndStoresNothing() throws Exception {
    RestCentral central = RestCentral.shared(TestEngine.SQLITE);
    central.addHouse();
    String good = reading("2013-01-01T00:00:00", 37, 0, "1", "1");

    for (byte[] body :
        List.of(
            utf8(""),
            utf8("7"),
            utf8("\"Reading\""),
            utf8("[" + good),
            utf8("[" + good + "] more"),
            utf8("[" + good + ", {\"type\"}]"),
            new byte[] {0, 1, 2, 3},
            zlib("<html>"))) {
      HttpResponse<String> toGateway = central.post("/rest/bulk/", body);
      HttpResponse<String> toProgram =
          central.send(
              central
                  .request("/rest/bulk/")
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                  .build());
      String what = new String(body, StandardCharsets.ISO_8859_1);
      assertThat(toGateway.statusCode()).as(what).isEqualTo(500);
      assertThat(toProgram.statusCode()).as(what).isEqualTo(400);
      assertThat(toProgram.headers().firstValue("Content-Type"))
          .contains("application/problem+json");
    }
    assertThat(central.rows(READINGS)).isEmpty();
  }

  @Test
  void bulk_thatBrokeOnItsWay_is500_soThatAnOriginalGatewaySendsItAgain() throws Exception {
    RestCentral central = RestCentral.shared(TestEngine.SQLITE);
    central.addHouse();
    byte[] whole = zlib("[" + reading("2013-01-01T00:00:00", 37, 0, "1", "1") + "]");
    byte[] changed = whole.clone();
    changed[whole.length - 1] ^= 1; // its check sum
    byte[] cut = Arrays.copyOf(whole, whole.length - 10);

    for (byte[] body : List.of(changed, cut)) {
      HttpResponse<String> answer = central.post("/rest/bulk/", body);
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.headers().firstValue("Retry-After")).contains("30");
      assertThat(answer.body()).contains("The body broke on its way");
    }
    assertThat(central.rows(READINGS)).isEmpty();
  }

  @Test
  void bulk_thatIsABomb_is413() throws Exception {
    RestCentral central = RestCentral.shared(TestEngine.SQLITE);
    byte[] blanks = zlib("[" + " ".repeat(20_000_000) + "]");
    byte[] deep = utf8("[{\"__table__\": " + "[".repeat(1_000) + "]".repeat(1_000) + "}]");
    byte[] rows = zlib("[" + "{\"__table__\":\"Gizmo\"},".repeat(200_000) + "{}]");

    for (byte[] body : List.of(blanks, deep, rows)) {
      HttpResponse<String> answer = central.post("/rest/bulk/", body);
      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }
    assertThat(central.setAside()).isEmpty();
  }

  @Test
  void bulk_withMoreRowsThanAreTaken_is413_butToAnOriginalGateway500() throws Exception {
    RestCentral central = RestCentral.shared(TestEngine.SQLITE);
    byte[] body = utf8("[" + "{},".repeat(250_000) + "{}]");

    HttpResponse<String> toGateway = central.post("/rest/bulk/", body);
    HttpResponse<String> toProgram =
        central.send(
            central
                .request("/rest/bulk/")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());

    assertThat(toGateway.statusCode()).isEqualTo(500);
    assertThat(toGateway.body()).contains("pushlimit");
    assertThat(toProgram.statusCode()).isEqualTo(413);
    assertThat(central.setAside()).isEmpty();
  }

  private static String time(int minutes) {
    return "2013-01-%02dT%02d:%02d:00"
        .formatted(1 + minutes / 1_440, minutes / 60 % 24, minutes % 60);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(utf8(text));
    }
    return packed.toByteArray();
  }

  /** Makes the database refuse temperatures that there are none of. */
  private static String forbid(TestEngine engine) {
    return engine == TestEngine.SQLITE
        ? "CREATE TRIGGER too_cold BEFORE INSERT ON @Reading WHEN NEW.@value < -273.1"
            + " BEGIN SELECT RAISE(ABORT, 'too cold'); END"
        : "ALTER TABLE @Reading ADD CONSTRAINT too_cold CHECK (@value > -273.1)";
  }

  private static String allow(TestEngine engine) {
    return engine == TestEngine.SQLITE
        ? "DROP TRIGGER IF EXISTS too_cold"
        : "ALTER TABLE @Reading DROP CONSTRAINT IF EXISTS too_cold";
  }
}
