package org.tributary.acceptance.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tributary.server.CentralServer;
import org.tributary.store.DatabaseUrl;

/** {@code openapi.yaml}, as central serves it, against what central really answers. */
class OpenApiTest {

  @TempDir static Path folder;

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static CentralServer central;
  private static OpenApiDocument document;
  private static final Set<String> tried = new TreeSet<>();

  @BeforeAll
  static void startCentralAndFillIt() throws Exception {
    central =
        CentralServer.start(
            DatabaseUrl.parse("sqlite:///central.db", folder),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            CentralServer.Auth.OFF,
            "test",
            Clock.systemUTC());
    document = OpenApiDocument.parse(ask("GET", "/openapi.yaml", "").body());
    ask("POST", "/rest/deployment/", "{\"name\": \"Estate\"}");
    ask("POST", "/rest/house/", "{\"address\": \"Flat_2\", \"deploymentId\": 1}");
    ask("POST", "/rest/location/", "{\"houseId\": 1, \"roomId\": 1}");
    ask("POST", "/rest/node/", "{\"id\": 37, \"locationId\": 1, \"nodeTypeId\": 0}");
    ask(
        "POST",
        "/rest/bulk/",
        """
        [{"__table__": "Reading", "time": "2024-05-01T08:00:00", "nodeId": 37, "type": 0,
          "locationId": 1, "value": 20.5},
         {"__table__": "Reading", "time": "2024-05-01T08:00:00.5", "nodeId": 37, "type": 11,
          "locationId": 1, "value": 120},
         {"__table__": "NodeState", "time": "2024-05-01T08:00:00", "nodeId": 37, "parent": 1,
          "localtime": 77, "seq_num": 5, "rssi": -60}]
        """);
    ask(
        "POST",
        "/sync/greeting",
        """
        {"product": "tributary", "gateway": "g", "machine": "m", "hostname": "h", "version": "1",
         "protocol": 1, "now": "2024-05-01T08:00:00Z"}
        """);
  }

  @AfterAll
  static void stopCentral() {
    central.close();
    if (!tried.isEmpty()) {
      assertThat(tried).as("operations with an example here").isEqualTo(document.operations());
    }
  }

  @Test
  void document_hasEveryRouteOfTheServerAndNoOther() {
    Set<String> described = normal(document.operations());
    Set<String> anyMethod =
        document.pathsOfAnyMethod().stream()
            .map(path -> path.replaceAll("/?(\\{\\w+\\})?$", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(anyMethod).hasSizeGreaterThan(10);

    Set<String> routes = new TreeSet<>();
    for (String route : normal(Set.copyOf(central.routes()))) {
      String withoutId = route.replaceAll("/\\{\\}$", "");
      String path = withoutId.substring(withoutId.indexOf(' ') + 1);
      if (anyMethod.contains(path)) {
        routes.add(described.contains("GET " + path) ? "GET " + path : "GET " + path + "/{}");
      } else if (described.contains(route) || !described.contains(withoutId)) {
        routes.add(route);
      }
    }
    routes.removeIf(route -> route.startsWith("GET /api/")); // what the page itself loads
    routes.removeIf(
        route ->
            route.matches(
                    "\\w+ |\\w+"
                        + " /(people|tokens|audit|enrolment|houses|gateways|attention|coverage|inbox"
                        + "|set-aside)?(/[^.]*)?")
                || route.matches(
                    "GET /(assets|exports|favicon\\.ico)(/.*)?")); // pages are for people

    assertThat(described).isEqualTo(routes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          GET /rest/{type}/                    | /rest/sensortype/                       | 200 |
          GET /rest/{type}/                    | /rest/nodetype/                         | 200 |
          GET /rest/{type}/                    | /rest/roomtype/                         | 200 |
          GET /rest/{type}/                    | /rest/room/?sort(-name)                 | 200 |
          GET /rest/{type}/                    | /rest/deployment/                       | 200 |
          GET /rest/{type}/                    | /rest/house/?address=Flat_2             | 200 |
          GET /rest/{type}/                    | /rest/location/                         | 200 |
          GET /rest/{type}/                    | /rest/node/?id=ge_1                     | 200 |
          GET /rest/{type}/                    | /rest/reading/                          | 200 |
          GET /rest/{type}/                    | /rest/nodestate/                        | 200 |
          GET /rest/{type}/                    | /rest/house/?colour=red                 | 400 |
          GET /rest/{type}/                    | /rest/chair/                            | 404 |
          GET /rest/{type}/{id}                | /rest/house/1                           | 200 |
          GET /rest/{type}/{id}                | /rest/house/77                          | 200 |
          POST /rest/{type}/                   | /rest/room/                             | 201 | {"name": "Loft", "roomTypeId": 1}
          POST /rest/{type}/                   | /rest/pushstatus/                       | 201 | {"hostname": "h", "version": "1", "localtime": "2024-05-01T08:00:00"}
          POST /rest/{type}/                   | /rest/event/                            | 201 | {"houseId": 1, "name": "Window broken"}
          POST /rest/{type}/                   | /rest/occupier/                         | 201 | {"houseId": 1, "name": "N. N."}
          POST /rest/{type}/                   | /rest/server/                           | 201 | {"hostname": "h2", "rpc": 1}
          POST /rest/{type}/                   | /rest/sensor/                           | 201 | {"nodeId": 37, "sensorTypeId": 0, "calibrationSlope": 1}
          POST /rest/{type}/                   | /rest/nodeboot/                         | 201 | {"nodeId": 37, "time": "2024-05-01"}
          POST /rest/{type}/                   | /rest/room/                             | 400 | {"roomTypeId": "one"}
          POST /rest/{type}/                   | /rest/node/                             | 409 | {"id": 37}
          POST /rest/{type}/                   | /rest/location/                         | 422 | {"houseId": 99, "roomId": 1}
          PUT /rest/{type}/                    | /rest/node/?id=37                       | 201 | {"id": 37, "locationId": 1, "nodeTypeId": 0}
          PUT /rest/{type}/                    | /rest/room/?roomTypeId=1                | 409 | {"name": "x"}
          PUT /rest/{type}/{id}                | /rest/house/1                           | 201 | {"address": "Flat_2", "deploymentId": 1}
          DELETE /rest/{type}/                 | /rest/house/                            | 404 |
          DELETE /rest/{type}/{id}             | /rest/occupier/1                        | 204 |
          DELETE /rest/{type}/{id}             | /rest/node/37                           | 409 |
          DELETE /rest/{type}/{id}             | /rest/event/999                         | 404 |
          DELETE /rest/{type}/{id}             | /rest/reading/1                         | 405 |
          POST /rest/bulk/                     | /rest/bulk/                             | 201 | []
          POST /rest/bulk/                     | /rest/bulk/                             | 500 | [{
          GET /rest/version/                   | /rest/version/                          | 200 |
          GET /rest/lastsync/                  | /rest/lastsync/?house=Flat_2            | 200 |
          GET /rest/lastsync/                  | /rest/lastsync/                         | 200 |
          GET /rest/lastnodesync/{node}        | /rest/lastnodesync/37                   | 200 |
          GET /rest/counts/{node}              | /rest/counts/37                         | 200 |
          GET /rest/houserooms/                | /rest/houserooms/?id=1                  | 200 |
          GET /rest/deploymenttree/            | /rest/deploymenttree/                   | 200 |
          GET /rest/deploymenttree/            | /rest/deploymenttree/?parent=root       | 200 |
          GET /rest/deploymenttree/            | /rest/deploymenttree/?parent=d_1        | 200 |
          GET /rest/deploymenttree/            | /rest/deploymenttree/?parent=h_1        | 200 |
          GET /rest/deploymenttree/            | /rest/deploymenttree/?parent=l_1        | 200 |
          GET /rest/schema/                    | /rest/schema/?server=h2                 | 200 |
          GET /rest/rpc/                       | /rest/rpc/                              | 200 |
          GET /rest/network/                   | /rest/network/                          | 200 |
          GET /rest/topology/                  | /rest/topology/                         | 200 |
          GET /rest/heatmap/                   | /rest/heatmap/                          | 200 |
          GET /rest/summary/                   | /rest/summary/?nodeId=37                | 200 |
          GET /rest/energysummary/             | /rest/energysummary/?nodeId=37          | 200 |
          GET /sumRest/register                | /sumRest/register?houseId=1             | 200 |
          GET /sumRest/status                  | /sumRest/status                         | 200 |
          PUT /sumRest/status                  | /sumRest/status                         | 400 | {"node": "x"}
          PUT /sumRest/status                  | /sumRest/status                         | 422 | {"node": 99, "houseId": 1, "newRoom": "Loft"}
          PUT /sumRest/status                  | /sumRest/status                         | 200 | {"node": 37, "houseId": 1, "newRoom": "Loft"}
          PUT /sumRest/updateTimes             | /sumRest/updateTimes?houseId=1&nodeId=37&locationId=1 | 200 |
          GET /sumRest/electric                | /sumRest/electric/1                     | 200 |
          GET /sumRestDL/electric              | /sumRestDL/electric/1                   | 200 |
          PUT /sumRest/updateTimes             | /sumRest/updateTimes?houseId=x          | 400 |
          GET /restTest                        | /restTest/                              | 200 |
          PUT /rest/bulk/                      | /rest/bulk/                             | 201 | []
          GET /sync/gateways                   | /sync/gateways                          | 200 |
          GET /sync/gateways/{gateway}         | /sync/gateways/g                        | 200 |
          GET /sync/gateways/{gateway}         | /sync/gateways/nobody                   | 404 |
          GET /sync/gateways/{gateway}/setaside | /sync/gateways/g/setaside              | 200 |
          GET /sync/gateways/{gateway}/corrections | /sync/gateways/g/corrections        | 200 |
          GET /sync/gateways/{gateway}/corrections | /sync/gateways/nobody/corrections   | 404 |
          GET /sync/houses/{house}/completeness | /sync/houses/1/completeness            | 200 |
          GET /sync/houses/{house}/completeness | /sync/houses/1/completeness?from=2024-04-30&to=2024-05-02 | 200 |
          GET /sync/houses/{house}/completeness | /sync/houses/77/completeness           | 404 |
          GET /sync/houses/{house}/completeness | /sync/houses/x/completeness            | 404 |
          GET /sync/houses/{house}/completeness | /sync/houses/1/completeness?to=May     | 400 |
          GET /sync/houses/{house}/completeness | /sync/houses/1/completeness?from=2024-05-02&to=2024-05-01 | 400 |
          POST /sync/digests                   | /sync/digests                           | 400 | x
          POST /sync/sketches                  | /sync/sketches                          | 400 | x
          POST /sync/changes                   | /sync/changes                           | 400 | {}
          POST /sync/plan                      | /sync/plan                              | 400 | x
          POST /sync/greeting                  | /sync/greeting                          | 400 | {}
          POST /sync/name                      | /sync/name                              | 400 | {}
          POST /sync/restore                   | /sync/restore                           | 400 | {}
          POST /sync/restore/look              | /sync/restore/look                      | 400 | {}
          POST /sync/restore/count             | /sync/restore/count                     | 400 | {}
          POST /sync/restore/digests           | /sync/restore/digests                   | 400 | x
          POST /sync/restore/rows              | /sync/restore/rows                      | 400 | {}
          POST /sync/restore/end               | /sync/restore/end                       | 400 | {}
          POST /sync/batch                     | /sync/batch                             | 400 | x
          GET /sign-in                         | /sign-in                                | 200 |
          POST /sign-in                        | /sign-in                                | 401 | name=ann&password=x
          POST /sign-out                       | /sign-out                               | 303 |
          POST /sync/enrol                     | /sync/enrol                             | 401 | {}
          POST /sync/key                       | /sync/key                               | 400 | {}
          GET /houses/{house}/plot.json        | /houses/1/plot.json?sensor=37-0,37-11&from=2024-05-01&to=2024-05-01&zone=Europe/London | 200 |
          GET /houses/{house}/plot.json        | /houses/1/plot.json?sensor=37-0&from=2024-05-01&to=2024-05-01&points=1 | 200 |
          GET /houses/{house}/plot.json        | /houses/1/plot.json                     | 200 |
          GET /houses/{house}/plot.json        | /houses/1/plot.json?sensor=kitchen      | 400 |
          GET /houses/{house}/plot.json        | /houses/1/plot.json?zone=Mars/Base      | 400 |
          GET /houses/{house}/plot.json        | /houses/1/plot.json?from=2024-05-02&to=2024-05-01 | 400 |
          GET /houses/{house}/plot.json        | /houses/1/plot.json?points=0            | 400 |
          GET /houses/{house}/plot.json        | /houses/77/plot.json                    | 404 |
          GET /houses/{house}/plot.json        | /houses/x/plot.json                     | 404 |
          GET /houses/{house}/gaps.json        | /houses/1/gaps.json?from=2024-05-01&to=2024-05-31 | 200 |
          GET /houses/{house}/gaps.json        | /houses/1/gaps.json                     | 400 |
          GET /houses/{house}/gaps.json        | /houses/1/gaps.json?from=2024-05-01&to=2024-07-01 | 400 |
          GET /houses/{house}/gaps.json        | /houses/77/gaps.json?from=2024-05-01&to=2024-05-01 | 404 |
          GET /houses/{house}/readings.csv     | /houses/1/readings.csv?sensor=37-0&from=2024-05-01T08:00Z | 200 |
          GET /houses/{house}/readings.csv     | /houses/1/readings.csv                  | 400 |
          GET /houses/{house}/readings.csv     | /houses/77/readings.csv?sensor=37-0     | 404 |
          GET /health                          | /health                                 | 200 |
          GET /metrics                         | /metrics                                | 200 |
          GET /openapi.yaml                    | /openapi.yaml                           | 200 |
          GET /api                             | /api                                    | 200 |
          """)
  void answer_isWhatTheDocumentSays(String operation, String path, int status, String body)
      throws Exception {
    String method = operation.substring(0, operation.indexOf(' '));

    HttpResponse<String> answer = ask(method, path, body == null ? "" : body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    String type = answer.headers().firstValue("Content-Type").orElse("");
    assertThat(document.faults(operation, status, type, answer.body())).isEmpty();
    tried.add(operation);
  }

  @Test
  void answer_toDaysThatEndBeforeTheyBegin_namesTheField() throws Exception {
    HttpResponse<String> answer =
        ask("GET", "/sync/houses/1/completeness?from=2024-05-02&to=2024-05-01", "");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"field\":\"to\"", "is before");
  }

  @ParameterizedTest
  @CsvSource({"GET, /nothing, 404", "PATCH, /rest/house/, 405", "PUT, /health, 405"})
  void answer_toAWrongPathOrMethod_isOneProblemAndNothingElse(
      String method, String path, int status) throws Exception {
    HttpResponse<String> answer = ask(method, path, "");

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).startsWith("{\"title\"").endsWith("}").doesNotContain("\n");
  }

  @Test
  void faults_ofAnAnswerThatIsOtherwise_areFound() throws Exception {
    String row = "{\"__table__\": \"Room\", \"id\": 1, \"roomTypeId\": 1, \"name\": \"Loft\"}";
    String operation = "GET /rest/{type}/";

    assertThat(document.faults(operation, 200, "application/json", "[" + row + "]")).isEmpty();
    Stream.of(row, "[{\"id\": 1}]", "[" + row.replace("1,", "\"1\",") + "]")
        .forEach(
            wrong -> {
              try {
                assertThat(document.faults(operation, 200, "application/json", wrong)).isNotEmpty();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(document.faults(operation, 503, "application/json", "[]")).isNotEmpty();
    assertThat(document.faults(operation, 200, "text/html", "[]")).isNotEmpty();
  }

  private static HttpResponse<String> ask(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + central.port() + path))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** A slash at the end makes no other route, and neither does a parameter's name. */
  private static Set<String> normal(Set<String> routes) {
    return routes.stream()
        .map(route -> route.replaceAll("\\{\\w+\\}", "{}").replaceAll("/$", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
