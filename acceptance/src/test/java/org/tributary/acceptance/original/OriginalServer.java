package org.tributary.acceptance.original;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The REST interface of the original server, over rows in memory. It can misbehave as it is told:
 * lose answers, fail, answer something else, or never. Thread-safe.
 */
public final class OriginalServer implements AutoCloseable {

  private static final JSON PLAIN = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

  static {
    System.setProperty("sun.net.httpserver.nodelay", "true"); // else each answer takes 40 ms
  }

  /** What to do with a request instead of answering it. */
  public sealed interface Fault {
    /** Does its work and closes the connection without a word. */
    record LoseAnswer() implements Fault {}

    /** Closes the connection before it has done anything. */
    record LoseRequest() implements Fault {}

    /** Answers that and does nothing. */
    record Answer(int status, String type, String body) implements Fault {}

    /** Never answers. */
    record Hang() implements Fault {}
  }

  private record Ordered(Predicate<String> requests, Fault fault) {}

  private record Reply(int status, String type, String body, Map<String, String> headers) {}

  private final OriginalDatabase database = new OriginalDatabase();
  private final String prefix;
  private final HttpServer http;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Deque<Ordered> once = new ArrayDeque<>();
  private final List<Ordered> always = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();

  /**
   * @param prefix where the interface begins, such as {@code /rest/}
   */
  public OriginalServer(String prefix) throws IOException {
    this.prefix = prefix;
    this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::handle);
    http.setExecutor(workers);
    http.start();
  }

  /** Where the interface begins. */
  public URI url() {
    return URI.create("http://127.0.0.1:%d%s".formatted(http.getAddress().getPort(), prefix));
  }

  /** Takes over the first rows that a database of the original schema is born with. */
  public synchronized OriginalServer seed(Connection connection) throws SQLException {
    for (String name : List.of("SensorType", "NodeType", "RoomType", "Room")) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT * FROM " + name)) {
        while (rows.next()) {
          Map<String, @Nullable Object> row = new LinkedHashMap<>();
          for (OriginalColumn column : database.table(name).columns) {
            row.put(column.name(), rows.getObject(column.name()));
          }
          database.insert(database.table(name), row);
        }
      }
    }
    return this;
  }

  /** Stores a row behind the interface's back; its id. */
  public synchronized long insert(String table, Map<String, ? extends @Nullable Object> row) {
    Map<String, @Nullable Object> stored = database.insert(database.table(table), row);
    database.commit();
    return stored.get("id") instanceof Long id ? id : -1;
  }

  /** Changes a row behind the interface's back. */
  public synchronized void update(String table, long id, String column, @Nullable Object value) {
    Map<String, @Nullable Object> row =
        Objects.requireNonNull(database.table(table).rows.get(List.of(id)));
    row.put(column, Objects.requireNonNull(database.table(table).column(column)).store(value));
  }

  /** Deletes rows behind the interface's back: a backup is played in. */
  public synchronized void delete(String table, Predicate<Map<String, @Nullable Object>> which) {
    database.table(table).rows.values().removeIf(which);
  }

  /** Rows as they would be shown. */
  public synchronized List<Map<String, @Nullable Object>> rows(String table) {
    OriginalTable found = database.table(table);
    return found.rows.values().stream().map(found::show).toList();
  }

  /** Rows that can't be stored, whatever the reason. */
  public synchronized void poison(Predicate<Map<?, ?>> rows) {
    database.poison = rows;
  }

  /** The next request that begins so, method and path, meets a fault. */
  public synchronized void next(String request, Fault fault) {
    once.add(new Ordered(line -> line.startsWith(request), fault));
  }

  /** Each request that begins so meets a fault, until {@link #heal}. */
  public synchronized void each(String request, Fault fault) {
    always.add(new Ordered(line -> line.startsWith(request), fault));
  }

  public synchronized void heal() {
    once.clear();
    always.clear();
    database.poison = row -> false;
  }

  /** Each request's method and what follows the prefix, since this was asked last. */
  public synchronized List<String> requests() {
    List<String> heard = List.copyOf(requests);
    requests.clear();
    return heard;
  }

  @Override
  public void close() {
    closing.countDown();
    http.stop(0);
    workers.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Fault fault;
    synchronized (this) {
      String rest = exchange.getRequestURI().toString();
      String line =
          exchange.getRequestMethod()
              + " "
              + (rest.startsWith(prefix) ? rest.substring(prefix.length()) : rest);
      requests.add(line);
      fault = faultFor(line);
    }
    if (fault instanceof Fault.LoseRequest) {
      exchange.close();
      return;
    }
    if (fault instanceof Fault.Hang) {
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      exchange.close();
      return;
    }
    Reply reply =
        fault instanceof Fault.Answer answer
            ? new Reply(answer.status(), answer.type(), answer.body(), Map.of())
            : work(exchange, body);
    if (fault instanceof Fault.LoseAnswer) {
      exchange.close();
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", reply.type());
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private @Nullable Fault faultFor(String line) {
    for (Ordered ordered : once) {
      if (ordered.requests().test(line)) {
        once.remove(ordered);
        return ordered.fault();
      }
    }
    return always.stream()
        .filter(ordered -> ordered.requests().test(line))
        .map(Ordered::fault)
        .findFirst()
        .orElse(null);
  }

  /** One request is one transaction. */
  private synchronized Reply work(HttpExchange exchange, byte[] body) throws IOException {
    URI uri = exchange.getRequestURI();
    String path = uri.getPath();
    String[] parts =
        path.startsWith(prefix) ? path.substring(prefix.length()).split("/", -1) : new String[0];
    if (parts.length != 2) { // the slash behind the type is compulsory
      return text(404, "Not Found");
    }
    List<OriginalQuery.Parameter> query = parameters(uri.getRawQuery());
    try {
      Reply reply =
          switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "bulk" -> bulk(body);
            case "lastsync" -> json(200, lastSync(query));
            case "lastnodesync" -> json(200, lastNodeSync(parts[1], query));
            case "version" -> text(500, "Internal Server Error");
            default -> table(exchange, parts[0], parts[1], query, body);
          };
      database.commit();
      return reply;
    } catch (ServerError | ClassCastException | NumberFormatException e) {
      database.rollBack();
      return text(500, "Internal Server Error");
    }
  }

  private Reply bulk(byte[] body) throws IOException {
    Object json = parse(inflated(body));
    List<?> rows = json instanceof List<?> list ? list : List.of(json);
    try {
      database.bulk(rows);
      return json(201, List.of());
    } catch (ServerError e) {
      database.rollBack();
      boolean firstIsBad = !rows.isEmpty() && database.poison.test((Map<?, ?>) rows.get(0));
      return firstIsBad
          ? json(500, List.of("Error: " + e.getMessage() + " [SQL: 'INSERT INTO ...']"))
          : text(500, "Internal Server Error");
    }
  }

  private Reply table(
      HttpExchange exchange,
      String name,
      String id,
      List<OriginalQuery.Parameter> query,
      byte[] body)
      throws IOException {
    OriginalTable table = database.table(name);
    if (!table.shown) {
      throw new ServerError("KeyError: " + name);
    }
    return switch (exchange.getRequestMethod()) {
      case "GET" ->
          json(200, OriginalQuery.select(table, id, query).stream().map(table::show).toList());
      case "POST" -> post(table, parse(body));
      case "PUT" -> put(table, OriginalQuery.select(table, id, query), parse(body));
      case "DELETE" -> delete(table, id);
      default -> json(200, null);
    };
  }

  private Reply delete(OriginalTable table, String id) throws IOException {
    if (table.label.equals("Reading") || table.label.equals("NodeState")) {
      return text(404, "Not Found");
    }
    return database.delete(table, Long.parseLong(id))
        ? new Reply(204, "application/json", "", Map.of())
        : json(200, null);
  }

  private Reply post(OriginalTable table, Object json) throws IOException {
    if (table.label.equals("NodeState")) {
      throw new ServerError("AttributeError: NodeState.id");
    }
    Map<String, @Nullable Object> row = new HashMap<>();
    ((Map<?, ?>) json).forEach((column, cell) -> row.put(String.valueOf(column), cell));
    if (table.label.equals("Pushstatus")) {
      row.put("time", LocalDateTime.now(java.time.ZoneOffset.UTC).toString());
    }
    Map<String, @Nullable Object> stored = database.insert(table, row);
    Map<String, @Nullable Object> echo = table.show(stored);
    for (OriginalColumn column : table.columns) {
      if (column.kind() == OriginalColumn.Kind.DATE && row.get(column.name()) != null) {
        echo.put(column.name(), row.get(column.name())); // with whatever precision was sent
      }
    }
    return located(json(201, echo), table, stored.get("id"));
  }

  private Reply put(OriginalTable table, List<Map<String, @Nullable Object>> found, Object json)
      throws IOException {
    if (found.size() > 1) {
      return json(200, List.of());
    }
    Map<String, @Nullable Object> stored =
        found.isEmpty()
            ? database.insert(table, (Map<?, ?>) json)
            : database.replace(table, found.get(0), (Map<?, ?>) json);
    return located(json(201, table.show(stored)), table, stored.get("id"));
  }

  private Reply located(Reply reply, OriginalTable table, @Nullable Object id) {
    String location = url() + table.label.toLowerCase(Locale.ROOT) + "/" + id;
    return new Reply(reply.status(), reply.type(), reply.body(), Map.of("Location", location));
  }

  private @Nullable Object lastSync(List<OriginalQuery.Parameter> query) {
    for (OriginalQuery.Parameter parameter : query) {
      if (parameter.name().equals("house")) {
        List<? extends Object> locations = database.locationsOf(parameter.value());
        return iso(
            database.newest(
                row -> row.get("locationId") != null && locations.contains(row.get("locationId"))));
      }
    }
    return null;
  }

  private @Nullable Object lastNodeSync(String id, List<OriginalQuery.Parameter> query) {
    String node =
        query.stream()
            .filter(parameter -> parameter.name().equals("node"))
            .map(OriginalQuery.Parameter::value)
            .findFirst()
            .orElse(id);
    return iso(database.newest(row -> Objects.equals(row.get("nodeId"), Long.valueOf(node))));
  }

  private static @Nullable Object iso(@Nullable LocalDateTime time) {
    return new OriginalColumn("time", OriginalColumn.Kind.DATE, 0, null).show(time);
  }

  private static byte[] inflated(byte[] body) {
    try (InflaterInputStream zlib = new InflaterInputStream(new ByteArrayInputStream(body))) {
      return zlib.readAllBytes();
    } catch (IOException e) {
      return body; // then it is taken as it is
    }
  }

  private static Object parse(byte[] body) {
    try {
      return Objects.requireNonNull(JSON.std.anyFrom(body));
    } catch (IOException | NullPointerException e) {
      throw new ServerError("ValueError: " + e.getMessage());
    }
  }

  private static List<OriginalQuery.Parameter> parameters(@Nullable String query) {
    List<OriginalQuery.Parameter> parameters = new ArrayList<>();
    if (query != null) {
      for (String each : query.split("&", -1)) {
        int equals = each.indexOf('=');
        String name = equals < 0 ? each : each.substring(0, equals);
        String value = equals < 0 ? "" : each.substring(equals + 1);
        parameters.add(
            new OriginalQuery.Parameter(
                URLDecoder.decode(name, StandardCharsets.UTF_8),
                URLDecoder.decode(value, StandardCharsets.UTF_8)));
      }
    }
    return parameters;
  }

  private static Reply json(int status, @Nullable Object value) throws IOException {
    String body = value == null ? "null" : PLAIN.asString(value);
    return new Reply(status, "application/json", body, Map.of());
  }

  private static Reply text(int status, String words) {
    return new Reply(status, "text/plain; charset=UTF-8", words, Map.of());
  }
}
