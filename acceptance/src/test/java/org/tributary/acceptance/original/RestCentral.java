package org.tributary.acceptance.original;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DeflaterOutputStream;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.server.CentralServer;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.OurDatabases;

/**
 * A central in this process, in front of a real database with nothing in it but what one is born
 * with; asked over HTTP, and looked at by plain SQL. Its clock stands at {@link #NOW}.
 */
final class RestCentral implements AutoCloseable {

  static final Instant NOW = Instant.parse("2016-06-01T12:00:00Z");

  // A name that has to be quoted as the engine does.
  private static final Pattern NAME = Pattern.compile("@(\\w+)");
  private static final Pattern SQLITE_TIME =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}\\.\\d{6}");
  private static final DateTimeFormatter SQLITE_FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

  private final TestEngine engine;
  private final DatabaseUrl url;
  private final CentralServer server;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final Map<TestEngine, RestCentral> SHARED = new EnumMap<>(TestEngine.class);

  /** The one that tests share, on the database that they share. Not to be closed. */
  static synchronized RestCentral shared(TestEngine engine) throws IOException {
    DatabaseUrl url = OurDatabases.shared(engine).url();
    RestCentral central = SHARED.get(engine);
    if (central == null) {
      central = new RestCentral(engine, url);
      SHARED.put(engine, central);
    }
    return central;
  }

  RestCentral(TestEngine engine, DatabaseUrl url) throws IOException {
    this.engine = engine;
    this.url = url;
    this.server =
        CentralServer.start(
            url,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            CentralServer.Auth.OFF,
            "1.2.3",
            Clock.fixed(NOW, ZoneOffset.UTC));
  }

  int port() {
    return server.port();
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build());
  }

  HttpResponse<String> put(String path, String body) throws IOException, InterruptedException {
    return send(request(path).PUT(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  /** As the original client does: no Content-Type. */
  HttpResponse<String> post(String path, byte[] body) throws IOException, InterruptedException {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build());
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return post(path, utf8(body));
  }

  HttpResponse<String> bulk(String... objects) throws IOException, InterruptedException {
    return post("/rest/bulk/", zlib("[" + String.join(",", objects) + "]"));
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port(), path)));
  }

  /** Rows as texts with blanks between the cells; {@code @} before a name quotes it. */
  List<String> rows(String sql) throws SQLException {
    try (Connection connection = TestEngine.connect(sqlAlchemy());
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(quoted(sql))) {
      List<String> rows = new ArrayList<>();
      while (found.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          cells.add(text(found.getObject(i)));
        }
        rows.add(String.join(" ", cells));
      }
      return rows;
    }
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = TestEngine.connect(sqlAlchemy());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(quoted(sql));
      }
    }
  }

  /** A house with two rooms and two nodes: locations 1 and 2, nodes 37 and 38. */
  void addHouse() throws IOException, InterruptedException {
    bulk(
        "{\"__table__\": \"Deployment\", \"id\": 1, \"name\": \"Trial\"}",
        "{\"__table__\": \"House\", \"id\": 1, \"deploymentId\": 1, \"address\": \"1 Elm_Street\"}",
        "{\"__table__\": \"Location\", \"id\": 1, \"houseId\": 1, \"roomId\": 4}",
        "{\"__table__\": \"Location\", \"id\": 2, \"houseId\": 1, \"roomId\": 8}",
        "{\"__table__\": \"Node\", \"id\": 37, \"locationId\": 1, \"nodeTypeId\": 0}",
        "{\"__table__\": \"Node\", \"id\": 38, \"locationId\": 2, \"nodeTypeId\": 0}");
  }

  /** Table, rule and key of what is set aside. */
  List<String> setAside() throws SQLException {
    return rows("SELECT table_name, rule, row_key FROM tributary_setaside ORDER BY id");
  }

  static String reading(String time, int node, int type, String location, String value) {
    return "{\"__table__\": \"Reading\", \"time\": \"%s\", \"nodeId\": %d, \"type\": %d, \"locationId\": %s, \"value\": %s}"
        .formatted(time, node, type, location, value);
  }

  static byte[] zlib(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
      deflater.write(utf8(text));
    }
    return packed.toByteArray();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.close();
  }

  private String quoted(String sql) {
    return NAME.matcher(sql)
        .replaceAll(name -> Matcher.quoteReplacement(engine.quoted(name.group(1))));
  }

  private String sqlAlchemy() {
    String address = url.jdbc().replaceFirst("^jdbc:\\w+:(//)?", "");
    return switch (engine) {
      case SQLITE -> "sqlite:///" + Path.of(address);
      case MARIADB -> "mysql://root@" + address.replaceFirst("\\?.*", "");
      case POSTGRESQL ->
          "postgresql://" + url.user().orElseThrow() + "@" + address.replaceFirst("\\?.*", "");
    };
  }

  static String text(Object cell) {
    if (cell instanceof Timestamp time) {
      return time.toLocalDateTime().toString();
    }
    if (cell instanceof String text && SQLITE_TIME.matcher(text).matches()) {
      return LocalDateTime.parse(text, SQLITE_FORM).toString();
    }
    if (cell instanceof Boolean yes) {
      return yes ? "1" : "0";
    }
    return String.valueOf(cell);
  }
}
