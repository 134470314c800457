package org.tributary.acceptance.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.rest.RestCentral.Answer;
import org.tributary.acceptance.servers.TestEngine;

/** Adding rows, and what is refused. */
class RestWriteTest {

  @ParameterizedTest
  @EnumSource
  void post_answersTheRowAndWhereItIs(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);

    Answer answer =
        central.post(
            "/rest/House/?address=Flat_2&deploymentId=7", // as existing clients do
            """
            {"__table__": "House", "id": null, "address": "Flat_2", "endDate": null,
             "leftover": [1, {"a": 2}], "startDate": "2013-01-02T03:04:05.654321"}""");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    Object id = answer.row().get("id");
    assertThat(answer.body())
        .isEqualTo(
            "{\"__table__\":\"House\",\"id\":%s,\"deploymentId\":null,\"address\":\"Flat_2\","
                    .formatted(id)
                + "\"startDate\":\"2013-01-02T03:04:05.654321\",\"endDate\":null,"
                + "\"serverid\":null}");
    assertThat(answer.header("Location")).isEqualTo(central.root + "/rest/House/" + id);
    assertThat(central.get("/rest/house/" + id).rows()).containsExactly(answer.row());
    // Retried, it is another row: these are numbered.
    assertThat(central.add("house", "{\"address\": \"Flat_2\"}"))
        .isGreaterThan(((Number) id).longValue());
  }

  @ParameterizedTest
  @EnumSource
  void post_honoursAnIdAndGoesOnBehindIt(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);
    long first = central.add("room", "{\"name\": \"Attic\"}");

    long chosen = first + 5;
    assertThat(central.add("room/" + 77, "{\"id\": %d}".formatted(chosen))).isEqualTo(chosen);
    assertThat(central.add("room", "{}")).isGreaterThan(chosen);
    assertThat(central.add("room", "{\"id\": %d}".formatted(first + 1))).isEqualTo(first + 1);
    assertThat(central.add("room", "{}")).isGreaterThan(chosen + 1);

    central.post("/rest/room/", "{\"id\": %d}".formatted(chosen)).isProblem(409, "id");
    central.post("/rest/room/", "{\"id\": 0}").isProblem(400, "id");
    central.post("/rest/node/", "{\"nodeTypeId\": 0}").isProblem(400, "id");
    central.post("/rest/sensortype/", "{\"id\": 0}").isProblem(409, "id");
  }

  @ParameterizedTest
  @EnumSource
  void post_ofSeries_needsTheirKey(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);
    long node = central.next();
    central.add("node", "{\"id\": %d, \"nodeTypeId\": 0}".formatted(node));

    Answer reading =
        central.post(
            "/rest/reading/",
            """
            {"time": "2016-01-01T00:00:00+02:00", "nodeId": %d, "type": 0, "value": "12.5",
             "typeId": 3}"""
                .formatted(node));
    assertThat(reading.status()).isEqualTo(201);
    assertThat(reading.header("Location")).isEmpty();
    assertThat(reading.body())
        .isEqualTo(
            "{\"__table__\":\"Reading\",\"time\":\"2015-12-31T22:00:00\",\"nodeId\":%d,"
                    .formatted(node)
                + "\"type\":0,\"locationId\":null,\"value\":12.5}");
    String state =
        """
        {"id": null, "time": "2016-01-01", "nodeId": %d, "parent": 4252, "localtime": 5000000000,
         "seq_num": 3, "rssi": null}"""
            .formatted(node);
    assertThat(central.post("/rest/nodestate/", state).row())
        .containsEntry("localtime", 5_000_000_000L);
    central.post("/rest/nodestate/", state).isProblem(409, "seq_num");
    String boot = "{\"time\": \"2016-01-01\", \"nodeId\": %d, \"clustered\": true}".formatted(node);
    assertThat(central.post("/rest/nodeboot/", boot).row()).containsEntry("clustered", true);

    String key = "\"time\": \"2016-01-01\", \"nodeId\": %d".formatted(node);
    central.post("/rest/reading/", "{%s}".formatted(key)).isProblem(400, "type");
    central.post("/rest/reading/", "{\"nodeId\": 1, \"type\": 0}").isProblem(400, "time");
    for (String unlikely : List.of("1999-12-31T23:59:59", "2016-06-01T13:00:01", "2099-01-02")) {
      central
          .post(
              "/rest/reading/",
              "{\"nodeId\": 1, \"type\": 0, \"time\": \"%s\"}".formatted(unlikely))
          .isProblem(400, "time");
    }
    central.post("/rest/nodestate/", "{%s}".formatted(key)).isProblem(400, "seq_num");
    central
        .post("/rest/reading/", "{%s, \"type\": 0, \"value\": \"abc\"}".formatted(key))
        .isProblem(400, "value");
    central
        .post("/rest/reading/", "{%s, \"type\": 0, \"value\": NaN}".formatted(key))
        .isProblem(400, "value");
    central
        .post("/rest/reading/", "{%s, \"type\": 0, \"value\": 1e999}".formatted(key))
        .isProblem(400, "value");
  }

  @ParameterizedTest
  @EnumSource
  void post_refusesByNameWhatAColumnDoesNotHold(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);
    for (Map.Entry<String, String> bad :
        Map.of(
                "\"address\": 7",
                "address",
                "\"address\": \"%s\"".formatted("x".repeat(256)),
                "address",
                "\"address\": \"\\u0000\"",
                "address",
                "\"address\": \"\\ud800\"",
                "address",
                "\"address\": [\"x\"]",
                "address",
                "\"startDate\": \"soon\"",
                "startDate",
                "\"startDate\": 20130102",
                "startDate",
                "\"startDate\": \"0999-12-31\"",
                "startDate",
                "\"deploymentId\": 1.5",
                "deploymentId",
                "\"deploymentId\": 2147483648",
                "deploymentId")
            .entrySet()) {
      central.post("/rest/house/", "{%s}".formatted(bad.getKey())).isProblem(400, bad.getValue());
    }
    central
        .post("/rest/nodetype/", "{\"id\": %d, \"blink\": 2}".formatted(central.next()))
        .isProblem(400, "blink");
    assertThat(central.add("house", "{\"address\": \"%s\"}".formatted("\u2603".repeat(255))))
        .isPositive();
    assertThat(central.get("/rest/house/?startDate=0999-12-31").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @EnumSource
  void post_refusesWhatIsNoObject(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);
    String houses = central.get("/rest/house/").body();
    for (String body :
        List.of(
            "",
            "null",
            "7",
            "\"x\"",
            "{",
            "[]",
            "[{\"address\": \"x\"}]",
            "[[]]",
            "{} {}",
            "{\"address\": }",
            "{'address': 'x'}")) {
      central.post("/rest/house/", body).isProblem(400);
      central.put("/rest/house/1", body).isProblem(400);
    }
    central.post("/rest/house/", "{\"x\": %s}".formatted("[".repeat(600))).isProblem(413);
    central.post("/rest/house/", "{\"x\": \"%s\"}".formatted("y".repeat(2_000_000))).isProblem(413);
    central.post("/rest/house/", "{%s}".formatted(" ".repeat(1 << 20))).isProblem(413);
    assertThat(central.get("/rest/house/").body()).isEqualTo(houses);
  }

  @ParameterizedTest
  @EnumSource
  void post_refusesWhatRefersToNothingAndWhatIsThere(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);
    central.post("/rest/house/", "{\"deploymentId\": 999999}").isProblem(422, "deploymentId");
    central.post("/rest/house/", "{\"serverid\": 999999}").isProblem(422, "serverid");
    central.post("/rest/room/", "{\"roomTypeId\": -1}").isProblem(422, "roomTypeId");
    central
        .post("/rest/reading/", "{\"time\": \"2016-01-01\", \"nodeId\": 999999, \"type\": 0}")
        .isProblem(422, "nodeId");

    long house = central.add("house", "{}");
    String place = "{\"houseId\": %d, \"roomId\": 1}".formatted(house);
    long location = central.add("location", place);
    Answer twice = central.post("/rest/location/", place);
    twice.isProblem(409);
    assertThat((String) twice.row().get("detail")).contains("Location " + location);
    // Without a room there is no place that could be taken.
    central.add("location", "{\"houseId\": %d}".formatted(house));
    central.add("location", "{\"houseId\": %d}".formatted(house));
  }

  @ParameterizedTest
  @EnumSource
  void post_ofPushStatus_isStampedHereAndMakesTheServerKnown(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);
    String hostname = "gateway-with-a-rather-long-name-" + central.next();
    String report =
        """
        {"time": "1999-01-01T00:00:00", "localtime": "2016-06-01T11:59:00", "hostname": "%s",
         "version": "0.4.6"}"""
            .formatted(hostname);

    Answer answer = central.post("/rest/pushstatus/", report);
    central.add("pushstatus", report);
    central.add("pushstatus", "{}");

    assertThat(answer.row())
        .containsEntry("time", "2016-06-01T12:00:00.123456")
        .containsEntry("localtime", "2016-06-01T11:59:00")
        .containsEntry("hostname", hostname);
    assertThat(central.get("/rest/pushstatus/?hostname=" + hostname).rows()).hasSize(2);
    assertThat(central.get("/rest/server/?hostname=" + hostname).rows()).hasSize(1);
    assertThat(central.get("/rest/server/?hostname=None").rows()).isEmpty();
  }
}
