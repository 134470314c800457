package org.tributary.acceptance.original;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tributary.acceptance.original.RestCentral.reading;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tributary.acceptance.servers.TestEngine;

/** What the resources that are no tables answer. */
class ReportsTest {

  @ParameterizedTest
  @EnumSource
  void lastSync_saysTheNewestReadingOfTheFirstHouseWithThatAddress(TestEngine engine)
      throws Exception {
    RestCentral central = RestCentral.shared(engine);
    central.addHouse();
    central.execute(
        "INSERT INTO @Deployment (@id, @name) VALUES (2, 'Other')",
        "INSERT INTO @House (@id, @deploymentId, @address) VALUES (2, 2, '1 Elm_Street')",
        "INSERT INTO @Location (@id, @houseId, @roomId) VALUES (3, 2, 4)");
    central.bulk(
        reading("2013-01-01T00:00:00", 37, 0, "1", "1"),
        reading("2013-01-03T08:40:39.890000", 38, 0, "2", "1"),
        reading("2013-01-05T00:00:00", 37, 0, "3", "1"),
        reading("2013-01-06T00:00:00", 37, 0, "null", "1"));

    for (String path :
        List.of(
            "/rest/lastsync/?house=1+Elm_Street",
            "/rest/lastSync/?house=1%20Elm_Street&other=x",
            "/rest/LASTSYNC?house=1%20elm_street")) {
      assertAnswers(central, path, "\"2013-01-03T08:40:39\"");
    }
    assertAnswers(central, "/rest/lastsync/", "null");
    assertAnswers(central, "/rest/lastsync/?house=", "null");
    assertAnswers(central, "/rest/lastsync/?house=2+Elm_Street", "null");
    assertAnswers(central, "/rest/lastnodesync/38", "\"2013-01-03T08:40:39\"");
    assertAnswers(central, "/rest/lastNodeSync/?node=37", "\"2013-01-06T00:00:00\"");
    assertAnswers(central, "/rest/lastnodesync/", "null");
    assertAnswers(central, "/rest/lastnodesync/99", "null");
    assertRefuses(central, "/rest/lastnodesync/north", "id");
    assertRefuses(central, "/rest/lastnodesync/?node=north", "node");
  }

  @ParameterizedTest
  @EnumSource
  void roomsAndCounts_ofAHouseAndANode(TestEngine engine) throws Exception {
    RestCentral central = RestCentral.shared(engine);
    central.addHouse();
    central.execute("INSERT INTO @Location (@id, @houseId) VALUES (3, 1)");
    central.bulk(
        reading("2013-01-01T00:00:00", 37, 0, "1", "1"),
        reading("2013-01-01T23:59:59.999999", 37, 2, "1", "1"),
        reading("2013-01-02T00:00:00", 37, 0, "1", "1"),
        reading("2013-01-02T00:05:00", 37, 0, "null", "1"));

    String rooms =
        "[{\"id\":1,\"name\":\"Living Room\"},{\"id\":2,\"name\":\"Kitchen\"},{\"id\":3,\"name\":\"noRoom\"}]";
    assertAnswers(central, "/rest/houserooms/?id=1", rooms);
    assertAnswers(central, "/rest/houserooms/1", rooms);
    assertAnswers(central, "/rest/houserooms/", "[]");
    assertAnswers(central, "/rest/houserooms/?id=7", "[]");
    assertRefuses(central, "/rest/houserooms/?id=x", "id");
    assertAnswers(central, "/rest/counts/37", "[[\"2013-01-01\",2],[\"2013-01-02\",1]]");
    assertAnswers(central, "/rest/counts/37?typeid=2", "[[\"2013-01-01\",1]]");
    assertAnswers(central, "/rest/counts/99", "[]");
    assertRefuses(central, "/rest/counts/37?typeid=x", "typeid");
  }

  @ParameterizedTest
  @EnumSource
  void summary_isOfHalfOpenDays(TestEngine engine) throws Exception {
    RestCentral central = RestCentral.shared(engine);
    central.addHouse();
    central.bulk(
        reading("2013-01-01T00:00:00", 37, 0, "1", "1"),
        reading("2013-01-01T12:00:00", 37, 0, "1", "4"),
        reading("2013-01-02T00:00:00", 37, 0, "1", "-2.5"),
        reading("2013-01-03T00:00:00", 37, 0, "1", "9"),
        reading("2013-01-01T12:00:00", 37, 2, "1", "50"));

    String first = "{\"date\":\"2013-01-01\",\"dom\":\"01\",\"min\":1.0,\"max\":4.0,\"avg\":2.5}";
    String second =
        "{\"date\":\"2013-01-02\",\"dom\":\"02\",\"min\":-2.5,\"max\":-2.5,\"avg\":-2.5}";
    assertAnswers(
        central,
        "/rest/summary/?nodeId=37&startdate=2013-01-01&enddate=2013-01-02",
        "[" + first + "," + second + "]");
    assertAnswers(central, "/rest/summary/?nodeId=37&enddate=2013-01-01", "[" + first + "]");
    assertThat(central.get("/rest/summary/?nodeId=37").body()).contains("2013-01-03");
    assertThat(central.get("/rest/summary/?nodeId=37&typeId=2").body()).contains("\"max\":50.0");
    assertAnswers(central, "/rest/summary/", "[]");
    assertRefuses(central, "/rest/summary/?nodeId=37&startdate=soon", "startdate");
  }

  @ParameterizedTest
  @EnumSource
  void energySummary_ofPower_addsFiveMinutesUp(TestEngine engine) throws Exception {
    RestCentral central = RestCentral.shared(engine);
    central.addHouse();
    List<String> readings = new ArrayList<>();
    for (int minute = 0; minute < 60; minute += 5) { // an hour at 1 kW, said twice in each step
      readings.add(reading("2013-01-01T10:%02d:00".formatted(minute), 37, 11, "1", "900"));
      readings.add(reading("2013-01-01T10:%02d:30".formatted(minute), 37, 11, "1", "1100"));
    }
    readings.add(reading("2013-01-01T11:00:00", 37, 11, "1", "600")); // goes on for a day
    readings.add(reading("2013-01-04T00:00:00", 37, 11, "1", "1200"));
    readings.add(reading("2013-01-04T00:00:00", 38, 11, "2", "1200"));
    central.bulk(readings.toArray(String[]::new));

    String hourly = central.get("/rest/energysummary/?nodeId=37&daily=false").body();
    assertThat(hourly)
        .startsWith(
            "[{\"time\":\"2013-01-01T10:00:00\",\"kWh\":1.0},{\"time\":\"2013-01-01T11:00:00\",\"kWh\":0.6");
    assertThat(hourly).contains("2013-01-02T10:00:00").doesNotContain("2013-01-02T12:00:00");
    assertThat(central.get("/rest/energysummary/?nodeId=37").body()).isEqualTo(hourly);
    assertThat(central.get("/rest/energysummary/?nodeId=37&daily=true&enddate=2013-01-01").body())
        .isEqualTo("[{\"time\":\"2013-01-01T00:00:00\",\"kWh\":1.05}]");
    assertAnswers(
        central,
        "/rest/energysummary/?nodeId=37&daily=1&startdate=2013-01-04",
        "[{\"time\":\"2013-01-04T00:00:00\",\"kWh\":0.1}]");
    central.execute(
        "INSERT INTO @Event (@id, @houseId, @name, @time) VALUES (1, 1, '=SUM(A1)', '2013-01-04 00:30:00.000000')");
    assertAnswers(
        central,
        "/sumRest/electric/1?daily=true&startdate=2013-01-04",
        "[{\"time\":1357257600000,\"date\":\"2013-01-04T00:00:00\",\"kWh\":0.2,\"event\":\"=SUM(A1)\"}]");
    HttpResponse<String> csv = central.get("/sumRestDL/electric/1?daily=true&startdate=2013-01-04");
    assertThat(csv.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/csv"));
    assertThat(csv.body())
        .isEqualTo(
            "time,date,kWh,event\r\n1357257600000,2013-01-04T00:00:00,0.2,\"'=SUM(A1)\"\r\n");
    assertThat(central.get("/sumRest/electric/1?daily=true&csv=1&startdate=2013-01-04").body())
        .isEqualTo(csv.body());
    assertAnswers(central, "/rest/energysummary/", "[]");
    assertAnswers(central, "/sumRest/electric/99", "[]");
    assertRefuses(central, "/rest/energysummary/?nodeId=37&type=coal", "type");
    assertRefuses(central, "/rest/energysummary/?nodeId=37&daily=maybe", "daily");
  }

  @ParameterizedTest
  @EnumSource
  void energySummary_ofGas_countsPulsesAndOutlivesACounterThatBeginsAnew(TestEngine engine)
      throws Exception {
    RestCentral central = RestCentral.shared(engine);
    central.addHouse();
    central.bulk(
        reading("2013-01-01T10:00:00", 37, 43, "1", "100"),
        reading("2013-01-01T10:30:00", 37, 43, "1", "110"),
        reading("2013-01-01T11:30:00", 37, 43, "1", "130"),
        reading("2013-01-02T00:00:00", 37, 43, "1", "5"));

    double pulse = 2.83 / 100 * 1.02264 * 39.3 / 3.6;
    assertAnswers(
        central,
        "/rest/energysummary/?nodeId=37&type=gas",
        "[{\"time\":\"2013-01-01T10:00:00\",\"kWh\":%s},{\"time\":\"2013-01-01T11:00:00\",\"kWh\":%s},{\"time\":\"2013-01-02T00:00:00\",\"kWh\":%s}]"
            .formatted(10 * pulse, 20 * pulse, 5 * pulse));
    assertThat(central.get("/rest/energysummary/?nodeId=37&type=gas&daily=true").body())
        .contains("\"2013-01-01T00:00:00\",\"kWh\":" + (10 * pulse + 20 * pulse));
  }

  @ParameterizedTest
  @EnumSource
  void deploymentTree_unfoldsBranchByBranch(TestEngine engine) throws Exception {
    RestCentral central = RestCentral.shared(engine);
    central.addHouse();
    central.execute(
        "INSERT INTO @House (@id, @address) VALUES (2, 'Tent')",
        "INSERT INTO @Location (@id, @houseId) VALUES (3, 1)");
    central.bulk(
        reading("2013-01-01T00:00:00", 37, 2, "1", "1"),
        reading("2013-01-01T00:00:00", 37, 0, "1", "1"));
    String tree = "/rest/deploymenttree/?parent=";

    assertAnswers(
        central, "/rest/deploymenttree/", "[{\"id\":\"root\",\"name\":\"All Deployments\"}]");
    assertAnswers(
        central,
        tree + "root",
        "[{\"id\":\"d_1\",\"name\":\"Trial\",\"parent\":\"root\",\"type\":\"deployment\"},"
            + "{\"id\":\"d_None\",\"name\":\"Houses without deployment\",\"parent\":\"root\",\"type\":\"deployment\"}]");
    assertAnswers(
        central,
        tree + "d_1",
        "[{\"id\":\"h_1\",\"name\":\"1 Elm_Street\",\"parent\":\"d_1\",\"type\":\"house\"}]");
    assertAnswers(
        central,
        tree + "d_None",
        "[{\"id\":\"h_2\",\"name\":\"Tent\",\"parent\":\"d_None\",\"type\":\"house\"}]");
    assertAnswers(
        central,
        tree + "h_1",
        "[{\"id\":\"l_1\",\"name\":\"(1) Living Room\",\"parent\":\"h_1\",\"type\":\"location\"},"
            + "{\"id\":\"l_2\",\"name\":\"(2) Kitchen\",\"parent\":\"h_1\",\"type\":\"location\"},"
            + "{\"id\":\"l_3\",\"name\":\"(3) NA\",\"parent\":\"h_1\",\"type\":\"location\"}]");
    assertAnswers(
        central,
        tree + "l_1",
        "[{\"id\":\"t_1_0\",\"name\":\"Temperature\",\"type\":\"sensorType\",\"parent\":\"l:1\"},"
            + "{\"id\":\"t_1_2\",\"name\":\"Humidity\",\"type\":\"sensorType\",\"parent\":\"l:1\"}]");
    assertAnswers(central, tree + "l_1&limit=exposure", "null");
    for (String other : List.of("l_99", "h_99", "x_1", "h_None", "h_one", "")) {
      assertAnswers(central, tree + other, "[]");
    }
    assertAnswers(central, "/rest/deploymenttree/?branch=1", "[]");
  }

  @ParameterizedTest
  @EnumSource
  void schemaAndRpc_sayWhatAGatewayServesAndIsToDo(TestEngine engine) throws Exception {
    RestCentral central = RestCentral.shared(engine);
    central.addHouse();
    central.execute(
        "INSERT INTO @Server (@id, @hostname, @rpc) VALUES (1, 'ch-1', 1)",
        "INSERT INTO @Server (@id, @hostname, @rpc) VALUES (2, 'ch-2', 2)",
        "INSERT INTO @Server (@id, @hostname, @rpc) VALUES (3, 'ch-3', 3)",
        "INSERT INTO @Server (@id, @hostname) VALUES (4, 'ch-4')",
        "UPDATE @House SET @serverid = 1",
        "INSERT INTO @House (@id, @address, @serverid, @endDate) VALUES (2, 'left', 1, '2016-06-01 11:00:00.000000')",
        "INSERT INTO @House (@id, @address, @serverid, @endDate) VALUES (3, 'stays', 1, '2016-06-01 13:00:00.000000')");

    assertAnswers(central, "/rest/rpc/", "[[\"ch-1\",\"tunnel\"],[\"ch-3\",\"tunnel\"]]");
    assertAnswers(
        central,
        "/rest/schema/?server=CH-1",
        "{\"houses\":[{\"__table__\":\"House\",\"id\":1,\"deploymentId\":1,\"address\":\"1 Elm_Street\",\"startDate\":null,\"endDate\":null,\"serverid\":1},"
            + "{\"__table__\":\"House\",\"id\":3,\"deploymentId\":null,\"address\":\"stays\",\"startDate\":null,\"endDate\":\"2016-06-01T13:00:00\",\"serverid\":1}],"
            + "\"locations\":[{\"__table__\":\"Location\",\"id\":1,\"houseId\":1,\"roomId\":4},{\"__table__\":\"Location\",\"id\":2,\"houseId\":1,\"roomId\":8}],"
            + "\"nodes\":[{\"__table__\":\"Node\",\"id\":37,\"locationId\":1,\"nodeTypeId\":0},{\"__table__\":\"Node\",\"id\":38,\"locationId\":2,\"nodeTypeId\":0}]}");
    assertAnswers(central, "/rest/schema/?server=ch-9", "[]");
    assertAnswers(central, "/rest/schema/", "[]");
    assertAnswers(central, "/rest/version/", "\"1.2.3\"");
  }

  @ParameterizedTest
  @EnumSource
  void networkTopologyAndHeatmap_comeFromNodeStates(TestEngine engine) throws Exception {
    RestCentral central = RestCentral.shared(engine);
    central.addHouse();
    central.execute("INSERT INTO @Node (@id) VALUES (39)");
    central.bulk(
        state("2016-05-20T08:00:00", 37, "4"),
        state("2016-05-21T08:00:00", 37, "4"),
        state("2016-05-22T08:00:00", 37, "38"),
        state("2016-05-23T08:00:00", 37, "4"),
        state("2016-05-23T09:00:00", 37, "38"),
        state("2016-06-01T11:50:00", 38, "4"),
        state("2016-06-01T11:54:00", 37, "4"),
        state("2016-06-01T11:55:00", 37, "38"),
        state("2016-06-01T11:56:00", 38, "4"),
        state("2016-06-01T11:57:00", 39, "4252"),
        "{\"__table__\": \"SensorType\", \"id\": 1001, \"name\": \"Hops\"}",
        reading("2016-06-01T11:55:00", 37, 1001, "1", "1"),
        reading("2016-06-01T11:56:00", 37, 1001, "1", "2"));

    assertAnswers(
        central,
        "/rest/network/",
        "{\"nodes\":[{\"name\":\"Base\",\"count\":0,\"id\":0,\"depth\":0},"
            + "{\"name\":\"37\",\"count\":2,\"id\":37,\"depth\":2.5},"
            + "{\"name\":\"38\",\"count\":1,\"id\":38,\"depth\":0.0}],"
            + "\"links\":[{\"source\":37,\"target\":38,\"type\":\"path\",\"count\":2},"
            + "{\"source\":38,\"target\":4,\"type\":\"path\",\"count\":1}]}");
    assertThat(central.get("/rest/topology/").body())
        .startsWith(
            "{\"startdate\":\"2016-05-13\",\"enddate\":\"2016-06-01\",\"nodes\":["
                + "{\"node\":37,\"changes\":[[\"2016-05-20\",4],[\"2016-05-22\",38],"
                + "[\"2016-05-23 08:00:00\",4],[\"2016-05-23 09:00:00\",38],"
                + "[\"2016-06-01 11:54:00\",4],[\"2016-06-01 11:55:00\",38]]},"
                + "{\"node\":38,\"changes\":[[\"2016-06-01\",4]]},"
                + "{\"node\":39,\"changes\":[[\"2016-06-01\",4252]]}],\"topolo\":{\"2016-05-20\":"
                + "{\"id\":37,\"parent\":4,\"date\":\"2016-05-20T08:00:00\"}");
    assertAnswers(
        central,
        "/rest/heatmap/",
        "{\"datelist\":[\"2016-05-20T00:00:00\",\"2016-05-21T00:00:00\",\"2016-05-22T00:00:00\",\"2016-05-23T00:00:00\",\"2016-06-01T00:00:00\"],"
            + "\"nodelist\":[37,38,39],\"data\":[[1,1,1,2,2],[0,0,0,0,2],[0,0,0,0,1]],\"min\":0,\"max\":2}");
  }

  @ParameterizedTest
  @EnumSource
  void reports_ofAnEmptyDatabase_areEmpty(TestEngine engine) throws Exception {
    RestCentral central = RestCentral.shared(engine);

    assertAnswers(central, "/rest/rpc/", "[]");
    assertThat(central.get("/rest/network/").body()).contains("\"Base\"").contains("\"links\":[]");
    assertAnswers(
        central,
        "/rest/topology/",
        "{\"startdate\":null,\"enddate\":null,\"nodes\":[],\"topolo\":{}}");
    assertAnswers(
        central,
        "/rest/heatmap/",
        "{\"datelist\":[],\"nodelist\":[],\"data\":[],\"min\":0,\"max\":0}");
    assertAnswers(
        central, "/restTest/", "{\"name\":\"All Deployments\",\"count\":0,\"children\":[]}");
    assertAnswers(central, "/sumRest/register/?houseId=1", "[]");
    assertAnswers(central, "/sumRest/status/", "[]");
  }

  @ParameterizedTest
  @EnumSource
  void sumRest_saysHowNodesAre_withoutChangingAny(TestEngine engine) throws Exception {
    RestCentral central = RestCentral.shared(engine);
    central.addHouse();
    central.execute("INSERT INTO @Node (@id) VALUES (39)");
    central.bulk(
        reading("2016-06-01T11:00:01", 37, 0, "1", "20"),
        reading("2016-06-01T11:30:00", 37, 6, "1", "2.3"),
        reading("2016-05-01T00:00:00", 39, 0, "2", "20"));

    assertAnswers(
        central,
        "/sumRest/register/?houseId=1",
        "[{\"id\":\"37_1\",\"node\":37,\"room\":\"Living Room\",\"type\":\"location\",\"totalSamples\":2,"
            + "\"firstTx\":\"2016-06-01T11:00:01\",\"lastTx\":\"2016-06-01T11:30:00\",\"status\":\"Low Battery\",\"voltage\":2.3},"
            + "{\"id\":\"38_2\",\"node\":38,\"room\":\"Kitchen\",\"type\":\"location\",\"totalSamples\":0,"
            + "\"firstTx\":null,\"lastTx\":null,\"status\":\"No Data\",\"voltage\":null},"
            + "{\"id\":\"39_2\",\"node\":39,\"room\":\"Kitchen\",\"type\":\"location\",\"totalSamples\":1,"
            + "\"firstTx\":\"2016-05-01T00:00:00\",\"lastTx\":\"2016-05-01T00:00:00\",\"status\":\"Not Reporting\",\"voltage\":null}]");
    String good =
        "{\"id\":37,\"node\":37,\"lastTx\":\"2016-06-01T11:30:00\",\"voltage\":2.3,"
            + "\"currentHouse\":\"1 Elm_Street\",\"houseId\":1,\"currentRoom\":\"Living Room\",\"status\":\"Good\"}";
    assertThat(central.get("/sumRest/status/").body())
        .startsWith("[" + good)
        .contains("\"node\":38,\"lastTx\":null")
        .contains("\"status\":\"Not Reporting\"")
        .contains("\"status\":\"Unregistered\"");
    assertAnswers(central, "/sumRest/status/?cutTime=7&houseId=1", "[" + good + "]");
    assertRefuses(central, "/sumRest/status/?cutTime=x", "cutTime");
    assertThat(central.rows("SELECT COUNT(*) FROM @Node")).containsExactly("3");
    assertThat(central.get("/restTest/").body())
        .isEqualTo(
            "{\"name\":\"All Deployments\",\"count\":3,\"children\":[{\"name\":\"Trial\",\"count\":3,\"children\":["
                + "{\"name\":\"1 Elm_Street\",\"count\":3,\"children\":[{\"name\":\"(1) Living Room\",\"count\":2,\"children\":[]},"
                + "{\"name\":\"(2) Kitchen\",\"count\":1,\"children\":[]}]}]}]}");
  }

  @ParameterizedTest
  @EnumSource
  void sumRest_movesANode_andFilesItsReadings(TestEngine engine) throws Exception {
    RestCentral central = RestCentral.shared(engine);
    central.addHouse();
    central.execute(
        "UPDATE @House SET @startDate = '2013-01-02 00:00:00.000000', @endDate = '2013-01-04 00:00:00.000000'");
    central.bulk(
        reading("2013-01-01T00:00:00", 37, 0, "null", "1"),
        reading("2013-01-02T00:00:00", 37, 0, "null", "2"),
        reading("2013-01-03T00:00:00", 37, 0, "2", "3"),
        reading("2013-01-04T00:00:00", 37, 0, "1", "4"),
        reading("2013-01-02T00:00:00", 38, 0, "1", "5"));

    HttpResponse<String> moved =
        central.put(
            "/sumRest/status/37", "{\"node\": 37, \"newRoom\": \"Attic\", \"houseId\": \"1\"}");
    assertThat(moved.statusCode()).isEqualTo(200);
    assertThat(moved.body())
        .isEqualTo(
            "{\"node\":37,\"newRoom\":null,\"houseId\":\"1\",\"currentRoom\":\"Attic\",\"currentHouse\":\"1 Elm_Street\"}");
    String where =
        "SELECT m.@name FROM @Node n JOIN @Location l ON l.@id = n.@locationId JOIN @Room m ON m.@id = l.@roomId WHERE n.@id = 37";
    assertThat(central.rows(where)).containsExactly("Attic");
    central.put("/sumRest/status", "{\"node\": 37, \"newRoom\": \"Kitchen\", \"houseId\": 1}");
    assertThat(central.rows("SELECT @locationId FROM @Node WHERE @id = 37"))
        .as("the location that is there")
        .containsExactly("2");

    String update = "/sumRest/updateTimes/?houseId=1&nodeId=37&locationId=2";
    assertThat(central.get(update).statusCode()).isEqualTo(405);
    assertThat(central.put(update, "").body()).isEqualTo("{\"updated\":1}");
    assertThat(central.rows("SELECT @value, @locationId FROM @Reading ORDER BY @value"))
        .containsExactly("1.0 null", "2.0 2", "3.0 2", "4.0 1", "5.0 1");

    assertThat(central.put("/sumRest/status/", "{\"node\": 37, \"houseId\": 1}").body())
        .contains("\"field\":\"newRoom\"");
    assertThat(
            central
                .put("/sumRest/status/", "{\"node\": 99, \"newRoom\": \"Attic\", \"houseId\": 1}")
                .statusCode())
        .isEqualTo(422);
    assertThat(central.put("/sumRest/status/", "[]").statusCode()).isEqualTo(400);
    assertThat(
            central.put("/sumRest/updateTimes/?houseId=2&nodeId=37&locationId=2", "").statusCode())
        .isEqualTo(400);
    assertThat(central.put("/sumRest/updateTimes/?houseId=1&nodeId=37", "").body())
        .contains("\"field\":\"locationId\"");
  }

  @Test
  void lastReadings_areFoundByTheIndex_howeverManyThereAre() throws Exception {
    for (TestEngine engine : TestEngine.values()) {
      RestCentral central = RestCentral.shared(engine);
      central.addHouse();
      central.bulk(
          Stream.iterate(0, i -> i + 1)
              .limit(20_000)
              .map(i -> reading(time(i), i == 0 ? 38 : 37, 0, i == 0 ? "2" : "1", "1"))
              .toArray(String[]::new));
      if (engine == TestEngine.SQLITE) {
        assertThat(
                central.rows(
                    "EXPLAIN QUERY PLAN SELECT @time FROM @Reading WHERE @nodeId = 38 ORDER BY @time DESC LIMIT 1"))
            .last()
            .asString()
            .contains("reading_node");
      }
      assertAnswers(central, "/rest/lastnodesync/38", "\"2013-01-01T00:00:00\"");
      assertAnswers(central, "/rest/lastsync/?house=1+Elm_Street", "\"2013-01-14T21:19:00\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE"})
  void reports_answerAnyMethod(String method) throws Exception {
    RestCentral central = RestCentral.shared(TestEngine.SQLITE);

    HttpResponse<String> answer =
        central.send(
            central
                .request("/rest/Version/")
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build());

    assertThat(answer.body()).isEqualTo("\"1.2.3\"");
  }

  @Test
  void reports_withACallback_arePrograms() throws Exception {
    RestCentral central = RestCentral.shared(TestEngine.SQLITE);

    HttpResponse<String> answer = central.get("/rest/version/?callback=dojo.io.cb");

    assertThat(answer.body()).isEqualTo("/**/dojo.io.cb(\"1.2.3\");");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/javascript");
    assertRefuses(central, "/rest/version/?callback=alert(1)", "callback");
  }

  @Test
  void tables_stillAnswer_besideResourcesOfTheirOwnName() throws Exception {
    RestCentral central = RestCentral.shared(TestEngine.SQLITE);

    assertThat(central.get("/rest/ROOMTYPE/1").body())
        .isEqualTo("[{\"__table__\":\"RoomType\",\"id\":1,\"name\":\"Bedroom\"}]");
    assertThat(central.get("/rest/nothing/").statusCode()).isEqualTo(404);
  }

  private static String time(int minutes) {
    return "2013-01-%02dT%02d:%02d:00"
        .formatted(1 + minutes / 1_440, minutes / 60 % 24, minutes % 60);
  }

  private static String state(String time, int node, String parent) {
    return "{\"__table__\": \"NodeState\", \"time\": \"%s\", \"nodeId\": %d, \"parent\": %s, \"localtime\": 1, \"seq_num\": 1, \"rssi\": 0}"
        .formatted(time, node, parent);
  }

  private static void assertAnswers(RestCentral central, String path, String json)
      throws Exception {
    HttpResponse<String> answer = central.get(path);
    assertThat(answer.body()).as(path).isEqualTo(json);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
  }

  private static void assertRefuses(RestCentral central, String path, String field)
      throws Exception {
    HttpResponse<String> answer = central.get(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains("\"field\":\"" + field + "\"");
  }
}
