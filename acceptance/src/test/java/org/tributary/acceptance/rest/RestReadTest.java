package org.tributary.acceptance.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.rest.RestCentral.Answer;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.rest.RestTable;
import org.tributary.wire.rest.RestTables;

/** Reading: the shape of rows, the query language, sorting and ranges. */
class RestReadTest {

  @ParameterizedTest
  @EnumSource
  void get_ofEveryTable_answersAListWhateverTheCaseAndTheSlash(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);
    for (RestTable table : RestTables.ALL) {
      for (String path :
          List.of(table.path(), table.table().name(), table.path().toUpperCase(Locale.ROOT))) {
        Answer answer = central.get("/rest/" + path + "/?" + table.key().get(0).name() + "=None");
        assertThat(answer.rows()).isEmpty();
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(central.get("/rest/" + path).status()).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void get_ofARow_hasExactlyTheColumnsInOrder(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);
    long deployment =
        central.add(
            "deployment",
            """
            {"name": "Ä \\u2603 \\ud83d\\ude00", "startDate": "2013-01-02T03:04:05",
             "endDate": "2013-01-02 03:04:05.25+02:00"}""");

    assertThat(central.get("/rest/Deployment/" + deployment).body())
        .isEqualTo(
            "[{\"__table__\":\"Deployment\",\"id\":%d,\"name\":\"Ä ☃ 😀\",\"description\":null,"
                    .formatted(deployment)
                + "\"startDate\":\"2013-01-02T03:04:05\",\"endDate\":\"2013-01-02T01:04:05.25\"}]");
    assertThat(central.get("/rest/nodetype/0").rows().get(0))
        .containsEntry("__table__", "nodetype")
        .containsEntry("blink", false)
        .containsEntry("configured", "31,4");
    assertThat(central.get("/rest/house/?id=-1").body()).isEqualTo("[]");
    assertThat(central.get("/rest/house/999999999").body()).isEqualTo("[]");
    assertThat(central.get("/rest/house/99999999999999").body()).isEqualTo("[]");
  }

  @ParameterizedTest
  @EnumSource
  void query_comparesByColumn(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);
    long d = central.add("deployment", "{}");
    for (String address :
        List.of(
            "\"Flat_2\"",
            "\"2\"",
            "\"FLAT_20\"",
            "\"Flat%2\"",
            "\"Été\"",
            "\"le\"",
            "\"x!*\"",
            "\"a \"",
            "\"a\"",
            "null")) {
      central.add("house", "{\"deploymentId\": %d, \"address\": %s}".formatted(d, address));
    }

    assertThat(addresses(central, d, "address=Flat_2")).containsExactly("Flat_2");
    assertThat(addresses(central, d, "address=flat_2")).containsExactly("Flat_2");
    assertThat(addresses(central, d, "address=Flat_*")).containsExactly("Flat_2", "FLAT_20");
    assertThat(addresses(central, d, "address=*at%25*")).containsExactly("Flat%2");
    assertThat(addresses(central, d, "address=x!*")).containsExactly("x!*");
    assertThat(addresses(central, d, "address=*!*")).containsExactly("x!*");
    assertThat(addresses(central, d, "address=%C3%89T%C3%89")).containsExactly("Été");
    assertThat(addresses(central, d, "address=ete")).isEmpty(); // accents count
    assertThat(addresses(central, d, "address=a")).containsExactly("a");
    assertThat(addresses(central, d, "address=a+")).containsExactly("a ");
    assertThat(addresses(central, d, "address=None")).containsExactly((Object) null);
    assertThat(addresses(central, d, "address=*")).hasSize(10);
    assertThat(addresses(central, d, "address=le")).containsExactly("le");
    assertThat(addresses(central, d, "address=ge_FLAT_2&address=lt_flat_20"))
        .containsExactly("Flat_2");
    assertThat(addresses(central, d, "address=le_2")).containsExactly("2");
    assertThat(addresses(central, d, "address=gt_x")).containsExactly("Été", "x!*");
    // Whatever the order of the parameters, all count.
    assertThat(addresses(central, d, "address=*&sort(-id)&address=*2"))
        .containsExactly("Flat%2", "2", "Flat_2");
    assertThat(addresses(central, d, "serverid=*&address=2")).containsExactly("2");
  }

  @ParameterizedTest
  @EnumSource
  void query_knowsDatesInAllForms(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);
    long node = central.next();
    central.add("node", "{\"id\": %d}".formatted(node));
    for (String time :
        List.of("2015-07-31T23:59:59.9", "2015-08-01T00:00:00", "2015-08-01 12:00")) {
      central.add(
          "reading",
          "{\"time\": \"%s\", \"nodeId\": %d, \"type\": 0, \"value\": 20.5}".formatted(time, node));
    }
    String readings = "/rest/reading/?nodeId=" + node + "&";

    for (String midnight :
        List.of(
            "2015-08-01",
            "2015-08-01T00:00:00",
            "2015-08-01%2000:00:00",
            "1%20Aug%202015",
            "20150801",
            "2015-08-01T02:00:00%2B02:00",
            "2015-08-01T00:00:00Z")) {
      assertThat(central.get(readings + "time=" + midnight).column("time"))
          .as(midnight)
          .containsExactly("2015-08-01T00:00:00");
      assertThat(central.get(readings + "time=ge_" + midnight).rows()).hasSize(2);
      assertThat(central.get(readings + "time=gt_" + midnight).column("time"))
          .containsExactly("2015-08-01T12:00:00");
      assertThat(central.get(readings + "time=lt_" + midnight).column("time"))
          .containsExactly("2015-07-31T23:59:59.9");
      assertThat(central.get(readings + "time=le_" + midnight).rows()).hasSize(2);
    }
    assertThat(central.get(readings + "value=20.5&type=0&locationId=None").rows()).hasSize(3);
    assertThat(central.get(readings + "value=gt_20.5").rows()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void query_refusesByNameWhatItDoesNotKnow(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);
    Answer unknown = central.get("/rest/occupier/?address=x"); // although the table is empty
    unknown.isProblem(400, "address");
    assertThat((String) unknown.row().get("detail")).contains("houseId", "contactNumber");
    central.get("/rest/house/?ID=4").isProblem(400, "ID");
    central.get("/rest/house/?__table__=House").isProblem(400, "__table__");
    central.get("/rest/house/?id=4abc").isProblem(400, "id");
    central.get("/rest/house/?id=gt_abc").isProblem(400, "id");
    central.get("/rest/house/?id=").isProblem(400, "id");
    central.get("/rest/house/?id=4*").isProblem(400, "id");
    central.get("/rest/house/?startDate=yesterday").isProblem(400, "startDate");
    central.get("/rest/house/?address=%00").isProblem(400, "address");
    central.get("/rest/house/x").isProblem(400, "id");
    central.get("/rest/house/?sort(+address,-nothing)").isProblem(400, "sort( address,-nothing)");
    central.get("/rest/house/?sort()").isProblem(400, "sort()");
    central.get("/rest/house/?sort=address").isProblem(400, "sort");
    central.get("/rest/reading/1").isProblem(400, "id");
    central.get("/rest/reading/?typeId=1").isProblem(400, "typeId");
    Answer noTable = central.get("/rest/weather/");
    noTable.isProblem(404);
    assertThat((String) noTable.row().get("detail")).contains("nodeboot", "sensortype");
  }

  @ParameterizedTest
  @EnumSource
  void sort_ordersAlikeOnEveryEngine(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);
    long d = central.add("deployment", "{}");
    for (String address : List.of("\"b\"", "\"C\"", "null", "\"a\"", "\"B\"", "\"É\"")) {
      central.add("house", "{\"deploymentId\": %d, \"address\": %s}".formatted(d, address));
    }

    assertThat(addresses(central, d, "sort(%2Baddress)"))
        .containsExactly(null, "a", "b", "B", "C", "É");
    assertThat(addresses(central, d, "sort(+address)=")).hasSize(6).startsWith(null, "a");
    assertThat(addresses(central, d, "sort(address,-id)=x"))
        .containsExactly(null, "a", "B", "b", "C", "É");
    assertThat(addresses(central, d, "sort(-address)"))
        .containsExactly("É", "C", "b", "B", "a", null);
    assertThat(addresses(central, d, "sort(-id)")).containsExactly("É", "B", "a", null, "C", "b");
    assertThat(addresses(central, d, "sort(-deploymentId,-id,+address)"))
        .containsExactly("É", "B", "a", null, "C", "b");
  }

  @ParameterizedTest
  @EnumSource
  void range_isHalfOpenAndSaysWhatThereIs(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);
    long d = central.add("deployment", "{}");
    for (int i = 0; i < 7; i++) {
      central.add("house", "{\"deploymentId\": %d, \"address\": \"%d\"}".formatted(d, i));
    }
    String houses = "/rest/house/?deploymentId=" + d;

    range(central, houses, "items=0-5", "items 0-5/7", "0", "1", "2", "3", "4");
    range(central, houses, "items=5-10", "items 5-7/7", "5", "6");
    range(central, houses, "bytes=5-6", "items 5-6/7", "5");
    range(central, houses, "2-3", "items 2-3/7", "2");
    range(central, houses + "&sort(-address)", "items=1-3", "items 1-3/7", "5", "4");
    range(central, houses, "items=7-9", "items 7-7/7");
    range(central, houses, "items=100-200", "items 100-100/7");
    range(central, houses, "items=0-0", "items 0-0/7");
    range(central, houses, "items=5-3", "items 5-5/7");
    for (String ignored :
        List.of(
            "item=0:5",
            "items=0-",
            "items=-5",
            "a-b",
            "0-5,6-7",
            "",
            "items=0-99999999999999999999")) {
      Answer answer = central.get(houses, "Range", ignored);
      assertThat(answer.rows()).as(ignored).hasSize(7);
      assertThat(answer.header("Content-Range")).isEmpty();
    }
  }

  private static void range(
      RestCentral central, String path, String range, String content, Object... addresses) {
    Answer answer = central.get(path, "Range", range);
    assertThat(answer.column("address")).as(range).containsExactly(addresses);
    assertThat(answer.header("Content-Range")).isEqualTo(content);
  }

  @ParameterizedTest
  @EnumSource
  void get_ofManyReadings_streamsThemInTheOrderOfTheKey(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);
    long node = central.next();
    central.add("node", "{\"id\": %d}".formatted(node));
    int count = 12_000;
    ManyReadings.store(central.url, node, count);
    String readings = "/rest/reading/?nodeId=" + node;

    List<Object> values = central.get(readings).column("value");
    assertThat(values).hasSize(count).startsWith(0.0, 1.0, 2.0).endsWith(count - 1.0);
    assertThat(central.get(readings + "&sort(-time)").column("value")).isEqualTo(reversed(values));
    assertThat(central.get(readings + "&sort(-time)", "Range", "items=3000-11000").column("value"))
        .isEqualTo(reversed(values).subList(3000, 11000));
    // Sorted by another column than the key's, and too many for the memory that is set apart.
    assertThat(central.get(readings + "&sort(-value)").column("value")).isEqualTo(reversed(values));
    assertThat(central.get(readings + "&sort(%2Bvalue)", "Range", "items=5-11005").column("value"))
        .isEqualTo(values.subList(5, 11005));
    assertThat(central.get(readings + "&value=lt_1000").rows()).hasSize(1000);
  }

  private static List<Object> reversed(List<Object> values) {
    List<Object> reversed = new ArrayList<>(values);
    Collections.reverse(reversed);
    return reversed;
  }

  @ParameterizedTest
  @EnumSource
  void callback_wrapsTheAnswer_ifItIsAName(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);
    Answer answer =
        central.get(
            "/rest/house/?id=-1&callback=my.fun$[0]".replace("[", "%5B").replace("]", "%5D"));
    assertThat(answer.body()).isEqualTo("/**/my.fun$[0]([]);");
    assertThat(answer.header("Content-Type")).startsWith("application/javascript");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    for (String bad : List.of("", "f", "ab", "1abc", "abc.", "alert(1)", "a%0Ab", "%C3%A4bc")) {
      central.get("/rest/house/?callback=" + bad).isProblem(400, "callback");
    }
  }

  @ParameterizedTest
  @EnumSource
  void otherMethods_areRefusedWithThoseThatAreNot(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);
    for (String method : List.of("PATCH", "OPTIONS", "TRACE")) {
      for (String path : List.of("/rest/house/", "/rest/house", "/rest/house/1")) {
        Answer answer = central.method(method, path);
        assertThat(answer.status()).as(method).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET, POST, PUT, DELETE");
      }
    }
    Answer head = central.method("HEAD", "/rest/house/");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Type")).startsWith("application/json");
    assertThat(head.body()).isEmpty();
    assertThat(central.method("HEAD", "/rest/nosuch/").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @EnumSource
  void whatTheServerItselfRefuses_isAProblemToo(TestEngine engine) {
    RestCentral central = RestCentral.of(engine);

    central.get("/rest/house/?address=" + "a".repeat(9_000)).isProblem(414);
    central.get("/rest/house/1%00").isProblem(400);
  }

  private static List<Object> addresses(RestCentral central, long deployment, String query) {
    return central.get("/rest/house/?deploymentId=" + deployment + "&" + query).column("address");
  }
}
