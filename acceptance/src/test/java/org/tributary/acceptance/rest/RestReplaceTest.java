package org.tributary.acceptance.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.rest.RestCentral.Answer;
import org.tributary.acceptance.servers.TestEngine;

/** Replacing and deleting rows. */
class RestReplaceTest {

  @ParameterizedTest
  @EnumSource
  void put_replacesEveryColumn(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);
    long deployment = central.add("deployment", "{\"name\": \"d\", \"description\": \"x\"}");

    Answer answer = central.put("/rest/deployment/" + deployment, "{\"name\": \"e\"}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Location"))
        .isEqualTo(central.root + "/rest/deployment/" + deployment);
    assertThat(answer.row()).containsEntry("name", "e").containsEntry("description", null);
    assertThat(central.get("/rest/deployment/" + deployment).rows()).containsExactly(answer.row());
    central
        .put("/rest/deployment/" + deployment, "{\"id\": %d}".formatted(deployment + 1))
        .isProblem(400, "id");
    central.put("/rest/deployment/x", "{}").isProblem(400, "id");
  }

  @ParameterizedTest
  @EnumSource
  void put_byQuery_movesANodeAsThePusherDoes(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);
    long house = central.add("house", "{}");
    long there = central.add("location", "{\"houseId\": %d, \"roomId\": 1}".formatted(house));
    long here = central.add("location", "{\"houseId\": %d, \"roomId\": 2}".formatted(house));
    long node = central.next();
    String row = "{\"id\": %d, \"locationId\": %d, \"nodeTypeId\": 0}";
    central.add("node", row.formatted(node, here));

    assertThat(central.put("/rest/node/?id=" + node, row.formatted(node, there)).status())
        .isEqualTo(201);
    assertThat(central.get("/rest/node/" + node).column("locationId")).containsExactly((int) there);
    central
        .put("/rest/node/?id=" + node, row.formatted(node, 999_999))
        .isProblem(422, "locationId");
    central.put("/rest/node/?nothing=1", row.formatted(node, here)).isProblem(400, "nothing");
    central.put("/rest/node/", row.formatted(node, here)).isProblem(400, "id");
    central
        .put("/rest/location/" + there, "{\"houseId\": %d, \"roomId\": 2}".formatted(house))
        .isProblem(409);
    assertThat(
            central
                .put("/rest/location/" + here, "{\"houseId\": %d, \"roomId\": 2}".formatted(house))
                .status())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @EnumSource
  void put_whereThereIsNone_addsIt(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);
    long node = central.next();
    assertThat(central.put("/rest/node/" + node, "{\"nodeTypeId\": 0}").row())
        .containsEntry("id", (int) node);
    long other = central.next();
    assertThat(central.put("/rest/node/?id=" + other, "{\"nodeTypeId\": 0}").row())
        .containsEntry("id", (int) other);
    long house = central.add("house", "{}") + 50;
    assertThat(central.put("/rest/house/" + house, "{}").row()).containsEntry("id", (int) house);
    assertThat(central.add("house", "{}")).isGreaterThan(house);
    Answer named = central.put("/rest/house/?address=nowhere" + node, "{\"address\": \"x\"}");
    assertThat(named.row()).containsEntry("address", "x");
  }

  @ParameterizedTest
  @EnumSource
  void put_thatMeansSeveral_changesNothing(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);
    long deployment = central.add("deployment", "{}");
    central.add("house", "{\"deploymentId\": %d, \"address\": \"a\"}".formatted(deployment));
    central.add("house", "{\"deploymentId\": %d, \"address\": \"b\"}".formatted(deployment));
    String houses = "/rest/house/?deploymentId=" + deployment;

    central.put(houses, "{\"address\": \"c\"}").isProblem(409);
    assertThat(central.get(houses).column("address")).containsExactly("a", "b");
    assertThat(central.put(houses + "&address=A", "{\"address\": \"c\"}").status()).isEqualTo(201);
    assertThat(central.get("/rest/house/?address=c&deploymentId=None").rows()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void put_ofARoomType_goesByItsName(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);
    String name = "Cellar " + central.next();
    Answer added = central.put("/rest/roomtype/", "{\"name\": \"%s\"}".formatted(name));
    assertThat(added.status()).isEqualTo(201);
    assertThat(central.put("/rest/RoomType", "{\"name\": \"%s\"}".formatted(name)).row())
        .isEqualTo(added.row());
    central.put("/rest/roomtype/", "{}").isProblem(400, "name");
    central.put("/rest/room/", "{\"name\": \"x\"}").isProblem(400, "id");
  }

  @ParameterizedTest
  @EnumSource
  void put_ofAReading_keepsWhatIsNotGiven(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);
    long location =
        central.add("location", "{\"houseId\": %d}".formatted(central.add("house", "{}")));
    long node = central.next();
    central.add("node", "{\"id\": %d}".formatted(node));
    String key = "?time=2016-01-01&type=0&nodeId=" + node;
    Answer added =
        central.put(
            "/rest/reading/" + key, "{\"locationId\": %d, \"value\": 1}".formatted(location));
    assertThat(added.status()).isEqualTo(201);
    assertThat(added.header("Location")).isEmpty();
    assertThat(added.row()).containsEntry("time", "2016-01-01T00:00:00");

    assertThat(central.put("/rest/reading/" + key, "{\"value\": 2.5}").status()).isEqualTo(201);

    assertThat(central.get("/rest/reading/" + key).rows().get(0))
        .containsEntry("value", 2.5)
        .containsEntry("locationId", (int) location);
    central.put("/rest/reading/" + key, "{\"type\": 2}").isProblem(400, "type");
    central.put("/rest/reading/1", "{\"value\": 2.5}").isProblem(400, "id");
    central.put("/rest/reading/?value=-7.25", "{\"value\": 2.5}").isProblem(400, "time");

    String state = "/rest/nodestate/?time=2016-01-01&seq_num=1&nodeId=" + node;
    central.put(state, "{\"rssi\": -70}");
    assertThat(central.put(state, "{\"parent\": 3}").row()).containsEntry("rssi", null);
  }

  @ParameterizedTest
  @EnumSource
  void delete_removesARowThatNobodyUses(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);
    long type = central.add("roomtype", "{}");
    long room = central.add("room", "{\"roomTypeId\": %d}".formatted(type));

    Answer inUse = central.delete("/rest/roomtype/" + type);
    inUse.isProblem(409);
    assertThat((String) inUse.row().get("detail")).contains("Room", "roomTypeId");

    for (String path : List.of("/rest/room/" + room, "/rest/RoomType/" + type)) {
      Answer gone = central.delete(path);
      assertThat(gone.status()).isEqualTo(204);
      assertThat(gone.header("Content-Type")).isEmpty();
      assertThat(gone.body()).isEmpty();
      central.delete(path).isProblem(404);
      assertThat(central.get(path).rows()).isEmpty();
    }
    central.delete("/rest/room/").isProblem(404);
    central.delete("/rest/room/x").isProblem(400, "id");
    central.delete("/rest/room/1?name=x").isProblem(400, "name");
    central.delete("/rest/nothing/1").isProblem(404);
    for (String series : List.of("reading", "Reading", "NodeState", "nodeboot")) {
      Answer refused = central.delete("/rest/" + series + "/1");
      refused.isProblem(405);
      assertThat(refused.header("Allow")).isEqualTo("GET, POST, PUT");
    }
  }

  @ParameterizedTest
  @EnumSource
  void delete_ofAHouse_keepsItsReadingsWithoutALocation(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);
    for (String spelled : List.of("house", "House")) {
      long house = central.add("house", "{}");
      long location = central.add("location", "{\"houseId\": %d, \"roomId\": 1}".formatted(house));
      central.add("location", "{\"houseId\": %d}".formatted(house));
      long node = central.next();
      central.add("node", "{\"id\": %d, \"locationId\": %d}".formatted(node, location));
      central.add(
          "reading",
          "{\"time\": \"2016-01-01\", \"nodeId\": %d, \"type\": 0, \"locationId\": %d, \"value\": 1}"
              .formatted(node, location));
      long event = central.add("event", "{\"houseId\": %d}".formatted(house));

      central.delete("/rest/%s/%d".formatted(spelled, house)).isProblem(409);
      assertThat(central.get("/rest/location/?houseId=" + house).rows()).hasSize(2);
      assertThat(central.delete("/rest/event/" + event).status()).isEqualTo(204);
      assertThat(central.delete("/rest/%s/%d".formatted(spelled, house)).status()).isEqualTo(204);

      assertThat(central.get("/rest/house/" + house).rows()).isEmpty();
      assertThat(central.get("/rest/location/?houseId=" + house).rows()).isEmpty();
      assertThat(central.get("/rest/node/" + node).column("locationId"))
          .isEqualTo(Arrays.asList((Object) null));
      assertThat(central.get("/rest/reading/?nodeId=" + node).rows().get(0))
          .containsEntry("value", 1.0)
          .containsEntry("locationId", null);
    }
  }
}
