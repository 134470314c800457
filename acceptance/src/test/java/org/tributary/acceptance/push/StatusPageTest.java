package org.tributary.acceptance.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.acceptance.push.ChaosProxy.Fault;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.edge.EdgeDaemon;
import org.tributary.edge.EdgeStatus;
import org.tributary.edge.PushListener;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.page.StatusPage;
import org.tributary.edge.words.StandingWords;
import org.tributary.server.CentralServer;
import org.tributary.store.DatabaseUrl;
import org.tributary.wire.Json;

/** The page beside a real push to a real central. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class StatusPageTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST_BYTES = 50_000;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir Path folder;
  House house;
  CentralServer central;
  ChaosProxy proxy;

  @BeforeEach
  void startCentral() throws Exception {
    house = new House(folder.resolve("house"));
    central = central(CentralServer.Auth.OFF);
    proxy = new ChaosProxy(central.port());
  }

  @AfterEach
  void stopCentral() throws Exception {
    proxy.close();
    central.close();
    house.close();
  }

  @Test
  void page_whenAllIsAtCentral_saysItInTheWordsOfStatus() throws Exception {
    house.log(100);
    EdgeConfig config = configured(1_000);
    try (EdgeDaemon daemon = daemon(config)) {
      awaitDelivery();

      try (StatusPage page = page(daemon, config)) {
        HttpResponse<String> answer = get(page, "/");

        assertThat(answer.body()).contains("<h1>ALL SENT</h1>", "last sample there");
        assertThat(headline(config)).isEqualTo("ALL SENT");
        assertThat(json(page)).containsEntry("headline", "ALL SENT");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
            .hasValueSatisfying(
                policy ->
                    assertThat(policy)
                        .startsWith("default-src 'none'")
                        .doesNotContain("unsafe", "script-src"));
        assertThat(answer.body())
            .doesNotContain("<script", "style=", "12 Orchard Lane", proxy.url());
      }
    }
  }

  @Test
  void page_whileABacklogTravels_saysThatItIsSending() throws Exception {
    house.log(400);
    proxy.follow(
        exchange ->
            exchange.isBatch() ? new Fault.Delay(Duration.ofMillis(300)) : new Fault.None());
    EdgeConfig config = configured(50);
    try (EdgeDaemon daemon = daemon(config)) {
      await().atMost(PATIENCE).until(() -> proxy.batches().size() > 12);

      try (StatusPage page = page(daemon, config)) {
        assertThat(get(page, "/").body())
            .contains("<h1>SENDING</h1>")
            .containsPattern("<p class=\"figure\">[0-9,]+ (readings|s|min) left</p>")
            .contains("The push that is at work sends them.");
        assertThat(ExpositionFormat.read(get(page, "/metrics").body()))
            .hasEntrySatisfying(
                "tributary_gateway_rows_waiting{remote=\"central\",table=\"Reading\"}",
                rows -> assertThat(rows).isPositive());
        assertThat(headline(config)).startsWith("SENDING, ");
      }
      proxy.behave();
    }
  }

  @Test
  void page_whileCentralIsAway_saysWhatIsSafeHereAndAnswersAtOnce() throws Exception {
    house.log(10);
    EdgeConfig config = configured(1_000);
    try (EdgeDaemon daemon = daemon(config)) {
      awaitDelivery();
      proxy.close();
      await()
          .atMost(PATIENCE)
          .until(() -> json(daemon, config).contains("\"waiting_for_network\""));
      house.log(3);

      try (StatusPage page = page(daemon, config)) {
        long begun = System.nanoTime();
        String body = get(page, "/").body();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        assertThat(body)
            .contains("<h1>WAITING FOR NETWORK</h1>", "24 readings safe here", "No contact for");
        assertThat(took).isLessThan(Duration.ofSeconds(5));
        assertThat(headline(config)).isEqualTo("WAITING FOR NETWORK, 24 readings safe here");
        assertThat(ExpositionFormat.read(get(page, "/metrics").body()))
            .containsEntry(
                "tributary_gateway_standing{remote=\"central\",standing=\"waiting_for_network\"}",
                1.0)
            .hasEntrySatisfying(
                "tributary_gateway_push_failures_total{remote=\"central\"}",
                failures -> assertThat(failures).isPositive());
      }
    }
  }

  @Test
  void page_ofAPushThatCentralHasNotAnsweredYet_claimsNothingOfBefore() throws Exception {
    house.log(10);
    EdgeConfig before = configured(1_000);
    try (EdgeDaemon daemon = daemon(before)) {
      awaitDelivery();
      assertThat(json(daemon, before)).contains("\"all_sent\"");
    }
    house.log(3); // while no push was at work
    ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    house.configure("central", "http://127.0.0.1:%d/".formatted(silent.getLocalPort()));
    EdgeConfig config = read();
    try (EdgeDaemon daemon = daemon(config)) {
      try (StatusPage page = page(daemon, config)) {
        assertThat(get(page, "/").body())
            .contains("<h1>ASKING CENTRAL</h1>", "24 readings safe here")
            .doesNotContain("ALL SENT");
      }
      silent.close();
      await()
          .atMost(PATIENCE)
          .until(() -> json(daemon, config).contains("\"waiting_for_network\""));
    } finally {
      silent.close();
    }
  }

  @Test
  void page_whenCentralDoesNotLetTheGatewayIn_asksForAPerson() throws Exception {
    house.log(1);
    try (CentralServer closed = central(CentralServer.Auth.ON)) {
      house.configure("central", "http://127.0.0.1:%d/".formatted(closed.port()));
      EdgeConfig config = read();
      try (EdgeDaemon daemon = daemon(config)) {
        await().atMost(PATIENCE).until(() -> json(daemon, config).contains("\"action_needed\""));

        try (StatusPage page = page(daemon, config)) {
          assertThat(get(page, "/").body()).contains("<h1>ACTION NEEDED</h1>");
          assertThat(headline(config)).isEqualTo("ACTION NEEDED");
        }
      }
    }
  }

  @Test
  void page_withHostileNamesAndManyNodes_escapesThemAndStaysSmall() throws Exception {
    String name = "<script>alert(1)</script>\"'&\u202Eשלום" + "<b>".repeat(60);
    try (Connection connection = TestEngine.connect(house.url())) {
      try (PreparedStatement room = connection.prepareStatement("UPDATE Room SET name = ? || id");
          PreparedStatement type =
              connection.prepareStatement("UPDATE SensorType SET name = ? || id, units = ?");
          PreparedStatement node =
              connection.prepareStatement(
                  "INSERT INTO Node (id, locationId, nodeTypeId) VALUES (?, 1, 0)");
          PreparedStatement reading =
              connection.prepareStatement(
                  "INSERT INTO Reading (time, nodeId, type, locationId, value) VALUES (?, ?, ?, 1,"
                      + " 1234567.891)")) {
        room.setString(1, name);
        room.executeUpdate();
        type.setString(1, name);
        type.setString(2, name);
        type.executeUpdate();
        connection.setAutoCommit(false);
        for (int i = 1_000; i < 1_200; i++) {
          node.setInt(1, i);
          node.executeUpdate();
          for (int kind : new int[] {0, 2, 6, 8, 9}) {
            reading.setString(1, now());
            reading.setInt(2, i);
            reading.setInt(3, kind);
            reading.executeUpdate();
          }
        }
        connection.commit();
      }
    }
    EdgeConfig config = configured(1_000);
    try (EdgeDaemon daemon = daemon(config);
        StatusPage page = page(daemon, config)) {
      String body = get(page, "/").body();

      assertThat(body)
          .contains("<bdi>&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;")
          .contains("of 204 nodes silent", "and 156 nodes more")
          .doesNotContain("<script", "<b><b>");
      assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MOST_BYTES);
      assertThat((List<?>) json(page).get("nodes")).hasSize(204);
    }
  }

  @Test
  void metrics_areInPrometheusFormatAndNameNoAddress() throws Exception {
    house.log(20);
    EdgeConfig config = configured(1_000);
    try (EdgeDaemon daemon = daemon(config)) {
      awaitDelivery();

      try (StatusPage page = page(daemon, config)) {
        HttpResponse<String> answer = get(page, "/metrics");
        Map<String, Double> samples = ExpositionFormat.read(answer.body());

        assertThat(answer.headers().firstValue("Content-Type"))
            .contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(samples)
            .containsEntry("tributary_gateway_build_info{version=\"test\"}", 1.0)
            .containsEntry(
                "tributary_gateway_rows_waiting{remote=\"central\",table=\"Reading\"}", 0.0)
            .containsEntry("tributary_gateway_oldest_unsent_seconds{remote=\"central\"}", 0.0)
            .containsEntry("tributary_gateway_rows_set_aside{remote=\"central\"}", 0.0)
            .containsKey("tributary_gateway_clock_offset_seconds{remote=\"central\"}")
            .containsKey("tributary_gateway_push_duration_seconds{remote=\"central\"}");
        assertThat(samples.get("tributary_gateway_rows_sent_total{remote=\"central\"}"))
            .isGreaterThanOrEqualTo(160);
        assertThat(samples.get("tributary_gateway_bytes_sent_total{remote=\"central\"}"))
            .isPositive();
        assertThat(answer.body()).doesNotContain("127.0.0.1", "Orchard", folder.toString());
      }
    }
  }

  /** A page of somebody else's whose name leads here must not read it. */
  @Test
  void page_underANameThatIsNotOurs_isRefused() throws Exception {
    EdgeConfig config = configured(1_000);
    try (EdgeDaemon daemon = daemon(config);
        StatusPage page = page(daemon, config)) {
      int port = page.port();
      assertThat(status(port, "GET / HTTP/1.1\r\nHost: localhost:" + port)).isEqualTo(200);
      assertThat(status(port, "GET / HTTP/1.1\r\nHost: [::1]:" + port)).isEqualTo(200);
      assertThat(status(port, "GET / HTTP/1.1\r\nHost: evil.example:" + port)).isEqualTo(421);
      assertThat(status(port, "GET / HTTP/1.1\r\nHost: 127.0.0.1.evil.example")).isEqualTo(421);
      assertThat(status(port, "GET / HTTP/1.1\r\nHost: 192.0.2.1")).isEqualTo(421);
      assertThat(status(port, "GET / HTTP/1.0\r\nAccept: */*")).isEqualTo(421);
      assertThat(status(port, "POST / HTTP/1.1\r\nContent-Length: 0\r\nHost: localhost"))
          .isEqualTo(405);
      assertThat(status(port, "GET /etc HTTP/1.1\r\nHost: localhost")).isEqualTo(404);
    }
  }

  @Test
  void page_whereThePortIsTaken_isLeftOutAndThePushGoesOn() throws Exception {
    house.log(10);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      EdgeConfig config = configured(1_000, taken.getLocalPort());
      try (EdgeDaemon daemon = daemon(config)) {
        assertThat(StatusPage.beside(daemon.watch(), config, "test", CLOCK.instant(), CLOCK))
            .isEmpty();
        awaitDelivery();
      }
    }
  }

  private static String now() {
    return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")
        .format(LocalDateTime.ofInstant(CLOCK.instant(), ZoneOffset.UTC));
  }

  private EdgeConfig configured(int pushLimit) throws Exception {
    return configured(pushLimit, 0);
  }

  private EdgeConfig configured(int pushLimit, int port) throws Exception {
    house.configure(pushLimit, "central", proxy.url());
    return read(port);
  }

  private EdgeConfig read() throws Exception {
    return read(0);
  }

  private EdgeConfig read(int port) throws Exception {
    return EdgeConfig.read(
        house.configuration(),
        Map.of("TRIBUTARY_STATUS_LISTEN", "127.0.0.1:" + port),
        Optional.empty());
  }

  private static EdgeDaemon daemon(EdgeConfig config) throws Exception {
    EdgeDaemon daemon = new EdgeDaemon(config, "test", CLOCK, new PushListener() {});
    daemon.start();
    return daemon;
  }

  /** Opened anew, it looks anew. */
  private static StatusPage page(EdgeDaemon daemon, EdgeConfig config) {
    return StatusPage.beside(daemon.watch(), config, "test", CLOCK.instant(), CLOCK).orElseThrow();
  }

  private void awaitDelivery() {
    Path record = house.folder().resolve("push-state").resolve("synchronise.central.last");
    await()
        .atMost(PATIENCE)
        .until(() -> Files.exists(record) && Files.readString(record).contains("delivered="));
  }

  private static String headline(EdgeConfig config) {
    EdgeStatus status = EdgeStatus.of(config, "test", CLOCK);
    return new StandingWords(status.remotes().get(0), status.now()).headline();
  }

  private static String json(EdgeDaemon daemon, EdgeConfig config) throws Exception {
    try (StatusPage page = page(daemon, config)) {
      return get(page, "/status.json").body();
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> json(StatusPage page) throws Exception {
    return (Map<String, Object>)
        Json.parse(get(page, "/status.json").body().getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse<String> get(StatusPage page, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(page.port(), path));
    HttpResponse<String> answer =
        CLIENT.send(
            HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer;
  }

  private static int status(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write((request + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(answer.substring(9, 12));
    }
  }

  private CentralServer central(CentralServer.Auth auth) throws Exception {
    return CentralServer.start(
        DatabaseUrl.parse(TestEngine.SQLITE.freshDatabase(), folder),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        auth,
        "test",
        CLOCK);
  }
}
