package org.tributary.acceptance.original;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The push client of the original system, request by request, with its weaknesses: it looks at no
 * status but 500 of an upload, keeps its ids in a file, sends what is newer than the newest reading
 * at central by more than a second, and ends with the first error.
 */
final class OriginalClient {

  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final Instant BEGINNING = Instant.parse("1900-01-01T00:00:00Z");

  /** Longer than the 25 and 20 characters that the original's columns hold. */
  static final String HOSTNAME = "gateway-of-a-house-with-a-long-name.example.org";

  static final String VERSION = "0.3.6 : 5.10.103-v7l+ and more";

  /** What it dies of when an upload is answered 500. */
  static final class UploadFails extends IOException {
    private static final long serialVersionUID = 1L;

    UploadFails(String body) {
      super(body);
    }
  }

  /** Something that happens between two requests. */
  interface Between {
    void next(int batch) throws Exception;
  }

  private final URI root;
  private final OriginalGateway gateway;
  private final int pushLimit;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  // Its map file: local ids to central's.
  private final Map<Long, Long> deployments = new HashMap<>();
  private final Map<Long, Long> houses = new HashMap<>();
  private final Map<Long, Long> rooms = new HashMap<>();
  private final Map<Long, Long> locations = new HashMap<>();

  /** All that was answered otherwise than 500, by what it was. */
  final Map<List<Object>, OriginalGateway.Reading> sentReadings = new TreeMap<>(byText());

  final Map<List<Object>, OriginalGateway.State> sentStates = new TreeMap<>(byText());
  Between beforeBatch = batch -> {};
  int requests;
  private int batches;

  OriginalClient(int port, OriginalGateway gateway, int pushLimit) {
    this.root = URI.create("http://127.0.0.1:%d/rest/".formatted(port));
    this.gateway = gateway;
    this.pushLimit = pushLimit;
  }

  private static Comparator<List<Object>> byText() {
    return Comparator.comparing(Object::toString);
  }

  /** One cycle: all that one run does. */
  void push() throws Exception {
    requests = 0;
    syncTypes();
    syncPlaces();
    request(
        "POST",
        "pushstatus/",
        json("hostname", HOSTNAME, "localtime", ISO.format(Instant.now()), "version", VERSION),
        true);
    syncNodes();
    Window window = uploadReadings();
    uploadStates(window);
  }

  long central(OriginalGateway.Place place) {
    return Objects.requireNonNull(locations.get(place.location()));
  }

  private void syncTypes() throws Exception {
    Map<Long, Map<String, Object>> types = new HashMap<>();
    for (Map<String, Object> type : list("sensortype/")) {
      types.put(number(type.get("id")), type);
    }
    Map<String, Object> temperature = Objects.requireNonNull(types.get(0L));
    if (!"Temperature".equals(temperature.get("name")) || !"T".equals(temperature.get("code"))) {
      throw new IllegalStateException("TypeError: __init__() takes 2 arguments"); // F22
    }
    Map<String, Long> roomTypes = byName("roomtype/", "name");
    Map<String, Long> known = byName("room/", "name");
    for (OriginalGateway.Place place : gateway.places) {
      Long id = known.get(place.roomName());
      if (id == null) {
        id =
            id(
                request(
                    "POST",
                    "room/",
                    json(
                        "__table__",
                        "Room",
                        "id",
                        null,
                        "roomTypeId",
                        roomTypes.get("Bedroom"),
                        "name",
                        place.roomName()),
                    true));
      }
      rooms.put(place.room(), id);
    }
    Long deployment = byName("deployment/", "name").get(gateway.deployment);
    if (deployment == null) {
      deployment =
          id(
              request(
                  "POST",
                  "deployment/",
                  json(
                      "__table__",
                      "Deployment",
                      "id",
                      null,
                      "name",
                      gateway.deployment,
                      "description",
                      null,
                      "startDate",
                      "2015-08-01T00:00:00",
                      "endDate",
                      null),
                  true));
    }
    deployments.put(OriginalGateway.DEPLOYMENT, deployment);
  }

  private void syncPlaces() throws Exception {
    long deployment = Objects.requireNonNull(deployments.get(OriginalGateway.DEPLOYMENT));
    if (!houses.containsKey(OriginalGateway.HOUSE)) {
      String url =
          "house/?address=%s&deploymentId=%d".formatted(encoded(gateway.address), deployment);
      houses.put(
          OriginalGateway.HOUSE,
          foundOrMade(
              url,
              json(
                  "__table__",
                  "House",
                  "deploymentId",
                  deployment,
                  "address",
                  gateway.address,
                  "startDate",
                  "2015-08-01T00:00:00",
                  "endDate",
                  null)));
    }
    long house = Objects.requireNonNull(houses.get(OriginalGateway.HOUSE));
    for (OriginalGateway.Place place : gateway.places) {
      if (!locations.containsKey(place.location())) {
        long room = Objects.requireNonNull(rooms.get(place.room()));
        locations.put(
            place.location(),
            foundOrMade(
                "location/?houseId=%d&roomId=%d".formatted(house, room),
                json("__table__", "Location", "houseId", house, "roomId", room)));
      }
    }
  }

  private long foundOrMade(String url, String body) throws Exception {
    List<Map<String, Object>> found = list(url);
    if (!found.isEmpty()) {
      return number(found.get(0).get("id"));
    }
    Map<String, Object> made = object(request("POST", url, body, true));
    Objects.requireNonNull(made.get("__table__"));
    return number(made.get("id"));
  }

  private void syncNodes() throws Exception {
    Map<Long, Map<String, Object>> known = new HashMap<>();
    for (Map<String, Object> node : list("node/")) {
      known.put(number(node.get("id")), node);
    }
    for (Map.Entry<Long, OriginalGateway.Place> node : gateway.nodes.entrySet()) {
      String body =
          json(
              "__table__", "Node",
              "id", node.getKey(),
              "locationId", central(node.getValue()),
              "nodeTypeId", gateway.nodeTypes.get(node.getKey()));
      Map<String, Object> there = known.get(node.getKey());
      if (there == null) {
        request("POST", "node/", body, false);
      } else if (!Long.valueOf(central(node.getValue())).equals(maybe(there.get("locationId")))) {
        request("PUT", "node/?id=" + node.getKey(), body, false);
      }
    }
  }

  private record Window(Instant after, Instant upTo, Set<Long> nodes) {}

  private Window uploadReadings() throws Exception {
    String answer =
        request("GET", "lastSync/?house=" + encoded(gateway.address), null, true).body();
    Instant last =
        answer.equals("null")
            ? BEGINNING
            : LocalDateTime.parse(answer.replace("\"", "")).toInstant(ZoneOffset.UTC);
    Instant after = last.plusSeconds(1);
    Instant upTo = after;
    Set<Long> nodes = new LinkedHashSet<>();
    while (true) {
      Instant from = upTo;
      List<OriginalGateway.Reading> batch =
          gateway.readings.stream()
              .filter(reading -> reading.time().isAfter(from))
              .limit(pushLimit)
              .toList();
      if (batch.isEmpty()) {
        return new Window(after, upTo, nodes);
      }
      upload(batch, this::json);
      for (OriginalGateway.Reading reading : batch) {
        sentReadings.put(List.of(reading.time(), reading.node(), reading.type()), reading);
        nodes.add(reading.node());
      }
      upTo = batch.get(batch.size() - 1).time(); // what else has that time is never sent
    }
  }

  private void uploadStates(Window window) throws Exception {
    List<OriginalGateway.State> states =
        gateway.states.stream()
            .filter(state -> window.nodes().contains(state.node()))
            .filter(state -> state.time().isAfter(window.after()))
            .filter(state -> !state.time().isAfter(window.upTo()))
            .toList();
    for (int from = 0; from < states.size(); from += pushLimit) {
      List<OriginalGateway.State> batch =
          states.subList(from, Math.min(states.size(), from + pushLimit));
      upload(batch, OriginalClient::json);
      for (OriginalGateway.State state : batch) {
        sentStates.put(List.of(state.time(), state.node(), state.sequence()), state);
      }
    }
  }

  private String json(OriginalGateway.Reading reading) {
    return "{\"__table__\": \"Reading\", \"time\": \"%s\", \"nodeId\": %d, \"type\": %d, \"locationId\": %d, \"value\": %s}"
        .formatted(
            ISO.format(reading.time()),
            reading.node(),
            reading.type(),
            locations.get(reading.location()),
            reading.value()); // NaN and Infinity as Python writes them
  }

  private static String json(OriginalGateway.State state) {
    return "{\"__table__\": \"NodeState\", \"id\": null, \"time\": \"%s\", \"nodeId\": %d, \"parent\": %d, \"localtime\": %d, \"seq_num\": %d, \"rssi\": %d}"
        .formatted(
            ISO.format(state.time()),
            state.node(),
            state.parent(),
            state.localtime(),
            state.sequence(),
            state.rssi());
  }

  private <T> void upload(List<T> batch, Function<T, String> row) throws Exception {
    beforeBatch.next(batches++);
    StringBuilder text = new StringBuilder("[");
    batch.forEach(each -> text.append(text.length() == 1 ? "" : ", ").append(row.apply(each)));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream zlib = new DeflaterOutputStream(packed)) {
      zlib.write(text.append(']').toString().getBytes(StandardCharsets.UTF_8));
    }
    HttpResponse<String> answer =
        send(builder("bulk/").POST(BodyPublishers.ofByteArray(packed.toByteArray())).build());
    if (answer.statusCode() == 500) {
      throw new UploadFails(answer.body());
    }
  }

  private List<Map<String, Object>> list(String path) throws Exception {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Object row : JSON.std.listFrom(request("GET", path, null, true).body())) {
      rows.add(castToObject(row));
    }
    return rows;
  }

  private Map<String, Long> byName(String path, String name) throws Exception {
    Map<String, Long> ids = new LinkedHashMap<>();
    for (Map<String, Object> row : list(path)) {
      ids.putIfAbsent(String.valueOf(row.get(name)), number(row.get("id")));
    }
    return ids;
  }

  /**
   * Sends JSON as text, without a Content-Type.
   *
   * @param read whether the answer is read as JSON, which it then has to be
   */
  private HttpResponse<String> request(
      String method, String path, @Nullable String body, boolean read) throws Exception {
    HttpResponse<String> answer =
        send(
            builder(path)
                .method(
                    method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build());
    if (read) {
      JSON.std.anyFrom(answer.body());
    }
    return answer;
  }

  private HttpRequest.Builder builder(String path) {
    return HttpRequest.newBuilder(root.resolve(path))
        .header("User-Agent", "python-requests/2.2.1 CPython/2.7.6 Linux/3.12.22+")
        .header("Accept", "*/*")
        .timeout(Duration.ofMinutes(2)); // the original has none, and hangs for ever
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    requests++;
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static Map<String, Object> object(HttpResponse<String> answer) throws IOException {
    return castToObject(JSON.std.anyFrom(answer.body()));
  }

  private static long id(HttpResponse<String> answer) throws IOException {
    return number(object(answer).get("id"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> castToObject(Object json) {
    return (Map<String, Object>) json;
  }

  private static long number(@Nullable Object json) {
    return ((Number) Objects.requireNonNull(json)).longValue();
  }

  private static @Nullable Long maybe(@Nullable Object json) {
    return json == null ? null : number(json);
  }

  private static String json(@Nullable Object... namesAndValues) throws IOException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(members);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
