package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.tributary.edge.SettableClock.NOON;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tributary.edge.http.LaterException;
import org.tributary.edge.http.LinkSecurity;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.BatchCodec;
import org.tributary.wire.GatewayId;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.Greeting;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Tables;
import org.tributary.wire.Welcome;
import org.tributary.wire.WireFormatException;

/** NET3, NET5, NET6, F10, F18: whatever answers, only central's own word is success. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SyncTransportTest {

  static final GatewayId GATEWAY = new GatewayId("house-17");
  static final Greeting GREETING = new Greeting(GATEWAY, "machine", "host", "test", 1, NOON);
  static final Batch BATCH = batch(3);
  static final Ack ACK = new Ack(3, 0, 0, List.of(), Optional.of(Position.of(NOON, 1L, 0L)));
  static final Welcome WELCOME =
      new Welcome("test", 1, NOON, 100, 1_000, NOON, Map.of(), Map.of(), 0);
  static final String JSON = "Content-Type: application/json\r\n";
  static final String PROBLEM = "Content-Type: application/problem+json\r\n";
  static final String PORTAL =
      "<!DOCTYPE html><html><body><form>Password <input name=p></form></body></html>";

  final AnyServer server = new AnyServer();
  SyncTransport transport;

  @BeforeEach
  void connect() {
    transport = transportTo(server.url(), Duration.ofSeconds(20));
  }

  @AfterEach
  void closeServer() throws IOException {
    server.close();
  }

  @Test
  void send_whenCentralAccountsForTheRows_isItsAcknowledgement() throws Exception {
    server.answer(200, JSON, SyncJson.write(ACK));

    assertThat(transport.send(BATCH)).isEqualTo(ACK);
    assertThat(server.lastRequestLine()).isEqualTo("POST /sync/batch HTTP/1.1");
    assertThat(server.lastHeaders()).contains("Tributary-Gateway: house-17");
  }

  @Test
  void send_whenCentralWishesForAPause_waitsThatLongButNeverForEver() throws Exception {
    List<Duration> pauses = new ArrayList<>();
    SyncTransport paced =
        new SyncTransport(URI.create(server.url()), GATEWAY, LinkSecurity.NONE, pauses::add);
    for (Duration wish : List.of(Duration.ofMillis(700), Duration.ZERO, Duration.ofDays(9))) {
      server.answer(200, JSON, SyncJson.write(ACK.pausing(wish)));
      paced.send(BATCH);
    }

    assertThat(pauses).containsExactly(Duration.ofMillis(700), Duration.ofSeconds(30));
  }

  @Test
  void send_whenCentralHasNoPlace_comesAgainWhenItIsTold() throws Exception {
    List<Duration> pauses = new ArrayList<>();
    SyncTransport patient =
        new SyncTransport(
            URI.create(server.url()),
            GATEWAY,
            LinkSecurity.NONE,
            pause -> {
              pauses.add(pause);
              if (pauses.size() == 3) {
                server.answer(200, JSON, SyncJson.write(ACK));
              }
            });
    server.answer(429, PROBLEM + "Retry-After: 4\r\n", SyncJson.writeProblem(429, "", "busy"));

    assertThat(patient.send(BATCH)).isEqualTo(ACK.pausing(Duration.ofSeconds(12)));
    assertThat(pauses).containsOnly(Duration.ofSeconds(4)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Retry-After: 4\r\n", "Retry-After: 600\r\n", ""})
  void send_whenCentralHasNoPlaceForLong_leavesItForALaterPush(String header) {
    List<Duration> pauses = new ArrayList<>();
    SyncTransport patient =
        new SyncTransport(URI.create(server.url()), GATEWAY, LinkSecurity.NONE, pauses::add);
    server.answer(429, PROBLEM + header, SyncJson.writeProblem(429, "", "busy"));

    assertThatThrownBy(() -> patient.send(BATCH))
        .isInstanceOf(LaterException.class)
        .hasMessage("busy");
    assertThat(pauses).hasSize(header.contains(" 4") ? 5 : 0);
  }

  @Test
  void greet_whenCentralWelcomesUs_isItsWelcome() throws Exception {
    server.answer(200, JSON, SyncJson.write(WELCOME));

    assertThat(transport.greet(GREETING)).isEqualTo(WELCOME);
  }

  /** Central was of the first protocol, then upgraded, then something newer than us. */
  @Test
  void send_speaksTheNewestProtocolThatBothEndsKnow() throws Exception {
    Batch readings = batch(1_000);
    assertThat(sent(readings)).as("before any greeting").isEqualTo(1);

    for (int theirs : new int[] {1, 2, 99, 1}) {
      server.answer(200, JSON, SyncJson.write(welcome(theirs)));
      transport.greet(GREETING);

      assertThat(sent(readings)).as("to a central of %d", theirs).isEqualTo(Math.min(theirs, 2));
    }
  }

  /** The format in which a batch arrives. */
  private int sent(Batch batch) throws Exception {
    Optional<Position> upTo = batch.upTo();
    server.answer(200, JSON, SyncJson.write(new Ack(batch.size(), 0, 0, List.of(), upTo)));
    transport.send(batch);
    byte[] body = server.lastBody();
    assertThat(BatchCodec.decode(body, batch.size(), 1 << 20).size()).isEqualTo(batch.size());
    return body[4];
  }

  private static Welcome welcome(int protocol) {
    return new Welcome("test", protocol, NOON, 100, 1_000, NOON, Map.of(), Map.of(), 0);
  }

  @Test
  void greet_whenTheConfigurationNamesTheRestInterface_goesBesideIt() throws Exception {
    server.answer(200, JSON, SyncJson.write(WELCOME));

    transportTo(server.url() + "rest/", Duration.ofSeconds(20)).greet(GREETING);

    assertThat(server.lastRequestLine()).isEqualTo("POST /sync/greeting HTTP/1.1");
  }

  @Test
  void greet_whenCentralStandsUnderAPath_goesThere() throws Exception {
    server.answer(200, JSON, SyncJson.write(WELCOME));

    transportTo(server.url() + "sensors/", Duration.ofSeconds(20)).greet(GREETING);

    assertThat(server.lastRequestLine()).isEqualTo("POST /sensors/sync/greeting HTTP/1.1");
  }

  @Test
  void status_whenCentralHasNeverHeardOfUs_isEmpty() throws Exception {
    server.answer(404, PROBLEM, SyncJson.writeProblem(404, "Not found", "never greeted"));

    assertThat(transport.status()).isEmpty();
  }

  @Test
  void status_whenSomethingElseHasNoSuchPage_isNoAnswer() {
    server.answer(404, "Content-Type: text/html\r\n", PORTAL);

    assertThatThrownBy(() -> transport.status()).isInstanceOf(IOException.class);
  }

  @Test
  void status_isWhatCentralKnows() throws Exception {
    GatewayStatus status =
        new GatewayStatus(GATEWAY, "host", "test", NOON, NOON, 0, NOON, List.of());
    server.answer(200, JSON, SyncJson.write(status));

    assertThat(transport.status()).contains(status);
  }

  @Test
  void setAside_isWhatCentralKeepsApart() throws Exception {
    List<SetAside> rows = List.of(new SetAside("Reading", "[1]", Rule.UNREADABLE, "no number"));
    server.answer(200, JSON, SyncJson.writeSetAside(rows));

    assertThat(transport.setAside()).isEqualTo(rows);
  }

  @Test
  void setAside_whenAnybodyElseAnswers_isNoAnswer() {
    server.answer(200, "Content-Type: text/html\r\n", PORTAL);

    assertThatThrownBy(() -> transport.setAside()).isInstanceOf(WireFormatException.class);
  }

  /** NET5, F10: with a body that would be success, with one that is a problem, and with none. */
  @Test
  void send_whateverTheStatusButOne_isNoSuccess() {
    // Below 200 a client waits for the answer proper, which never comes.
    SyncTransport impatient = transportTo(server.url(), Duration.ofMillis(20));
    for (int status = 100; status < 600; status++) {
      if (status == 200) {
        continue;
      }
      SyncTransport client = status < 200 ? impatient : transport;
      server.answer(status, JSON, SyncJson.write(ACK));
      assertIsNoSuccess(catchThrowable(() -> client.send(BATCH)));
      if (status > 200) {
        server.answer(status, JSON, new byte[0]);
        assertIsNoSuccess(catchThrowable(() -> client.send(BATCH)));
        server.answer(status, PROBLEM, SyncJson.writeProblem(status, "Problem", "the reason"));
        assertIsNoSuccess(catchThrowable(() -> client.send(BATCH)));
        assertIsNoSuccess(catchThrowable(() -> client.greet(GREETING)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 507, 599})
  void send_whenCentralCannotNow_isForLater(int status) {
    server.answer(status, PROBLEM, SyncJson.writeProblem(status, "Later", "the disk is full"));

    assertThatThrownBy(() -> transport.send(BATCH))
        .isInstanceOf(LaterException.class)
        .hasMessage("the disk is full");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 409, 410, 422})
  void send_whenCentralSaysNo_isRefusedInItsWords(int status) {
    server.answer(status, PROBLEM, SyncJson.writeProblem(status, "No", "upgrade the gateway"));

    assertThatThrownBy(() -> transport.send(BATCH))
        .isInstanceOf(RefusedException.class)
        .hasMessage("upgrade the gateway");
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 403, 404, 407, 409})
  void send_whenAnybodyElseSaysNo_decidesNothing(int status) {
    server.answer(status, "Content-Type: text/html\r\n", PORTAL);

    assertThatThrownBy(() -> transport.send(BATCH))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("status " + status)
        .hasMessageContaining("is this a Tributary central?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "<html>", "{\"title\":\"No\"}"})
  void send_whenAProblemSaysNothing_decidesNothing(String body) {
    server.answer(409, PROBLEM, body);

    assertThatThrownBy(() -> transport.send(BATCH)).isInstanceOf(WireFormatException.class);
  }

  @Test
  void send_whenTooMuchAtOnce_saysSoWhoeverSaysIt() {
    server.answer(413, PROBLEM, SyncJson.writeProblem(413, "Too large", "4 MB at most"));
    assertThatThrownBy(() -> transport.send(BATCH))
        .isInstanceOf(BatchTooLargeException.class)
        .hasMessage("4 MB at most");

    server.answer(413, "Content-Type: text/html\r\n", "<h1>413 Request Entity Too Large</h1>");
    assertThatThrownBy(() -> transport.send(BATCH)).isInstanceOf(BatchTooLargeException.class);
  }

  @Test
  void send_whenACaptivePortalAnswers_isNoSuccess() {
    server.answer(200, "Content-Type: text/html\r\n", PORTAL);

    assertThatThrownBy(() -> transport.send(BATCH)).isInstanceOf(WireFormatException.class);
    assertThatThrownBy(() -> transport.greet(GREETING)).isInstanceOf(WireFormatException.class);
    assertThatThrownBy(() -> transport.status()).isInstanceOf(WireFormatException.class);
  }

  @Test
  void send_whenRedirected_doesNotFollow() {
    server.answer(307, "Location: " + server.url() + "login\r\n", "");

    assertThatThrownBy(() -> transport.send(BATCH)).isInstanceOf(WireFormatException.class);
    assertThat(server.requests()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{}",
        "[]",
        "null",
        "true",
        "3",
        "\"ok\"",
        "{\"inserted\":3}",
        "{\"inserted\":3,\"changed\":0,\"unchanged\":0}",
        "{\"inserted\":\"3\",\"changed\":0,\"unchanged\":0,\"setAside\":[],\"position\":null}",
        "{\"inserted\":-1,\"changed\":4,\"unchanged\":0,\"setAside\":[],\"position\":null}",
        "{\"inserted\":3,\"changed\":0,\"unchanged\":0,\"setAside\":[1],\"position\":null}",
        "{\"inserted\":3,\"changed\":0,\"unchanged\":0,\"setAside\":[],\"position\":null}<html>"
      })
  void send_whenTheAnswerIsNotWhollyAnAcknowledgement_isNoSuccess(String body) {
    server.answer(200, JSON, body);

    assertThatThrownBy(() -> transport.send(BATCH)).isInstanceOf(WireFormatException.class);
  }

  @Test
  void send_whenTheAnswerIsCutAtAnyByte_isNoSuccess() {
    byte[] whole = SyncJson.write(ACK);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      server.answer(200, JSON, cut); // the length fits: a proxy has done it

      assertThatThrownBy(() -> transport.send(BATCH)).isInstanceOf(WireFormatException.class);
    }
  }

  @Test
  void send_whenLessComesThanWasPromised_isNoSuccess() {
    byte[] body = SyncJson.write(ACK);
    server.answerRaw(head(200, JSON, body.length + 1), body);

    assertThatThrownBy(() -> transport.send(BATCH))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("broke off");
  }

  @Test
  void send_whenLessIsPromisedThanComes_isNoSuccess() {
    byte[] body = SyncJson.write(ACK);
    server.answerRaw(head(200, JSON, body.length - 1), body);

    assertThatThrownBy(() -> transport.send(BATCH)).isInstanceOf(WireFormatException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\r\n\r\n",
        "HTTP/1.1\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n",
        "220 mail.example.org ESMTP\r\n",
        "\u0000\u0001\u0002",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
      })
  void send_whenWhatAnswersHardlySpeaksHttp_isNoSuccess(String answer) {
    server.answerRaw(answer.getBytes(StandardCharsets.ISO_8859_1), new byte[0]);

    assertIsNoSuccess(catchThrowable(() -> transport.send(BATCH)));
  }

  @Test
  void send_whenTheAnswerNeverEnds_givesUpWithLittleMemory() {
    server.answerForEver(head(200, JSON, Long.MAX_VALUE));

    assertThatThrownBy(() -> transport.send(BATCH))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("larger than");
  }

  /** NET6, F18. */
  @Test
  void send_whenNothingIsEverAnswered_givesUp() {
    server.neverAnswer();
    SyncTransport impatient = transportTo(server.url(), Duration.ofMillis(200));

    assertThatThrownBy(() -> impatient.send(BATCH))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("did not answer within");
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.SECONDS)
  void send_whenTheAnswerComesByteByByte_givesUp() {
    server.answerSlowly(head(200, JSON, 10_000), Duration.ofMillis(20));
    SyncTransport impatient = transportTo(server.url(), Duration.ofMillis(300));

    assertThatThrownBy(() -> impatient.send(BATCH))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("did not answer within");
  }

  /** F18: the original hung for ever; a connection that is never even accepted is the same. */
  @Test
  void send_whenTheConnectionIsNeverAccepted_givesUp() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SyncTransport impatient =
          transportTo("http://127.0.0.1:" + full.getLocalPort() + "/", Duration.ofMillis(300));

      assertThatThrownBy(() -> impatient.send(BATCH)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void send_whenNobodyListens_saysThatNothingAnswers() throws Exception {
    server.close();

    assertThatThrownBy(() -> transport.send(BATCH))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("can't be reached: nothing answers there");
  }

  @Test
  void send_whenTheNameDoesNotResolve_saysSo() {
    SyncTransport nowhere = transportTo("https://no-such-host.invalid/", Duration.ofSeconds(20));

    assertThatThrownBy(() -> nowhere.send(BATCH))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("its name does not resolve");
  }

  @Test
  void send_whenTheConnectionBreaksInTheMiddleOfTheRequest_isNoSuccess() {
    for (int bytes : new int[] {0, 1, 20, 100, 1_000, 20_000}) {
      server.resetAfterReading(bytes);

      assertThatThrownBy(() -> transport.send(batch(20_000))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void send_whenTheConnectionBreaksInTheMiddleOfTheAnswer_isNoSuccess() {
    byte[] body = SyncJson.write(ACK);
    byte[] head = head(200, JSON, body.length);
    for (int bytes = 0; bytes < head.length + body.length; bytes += 7) {
      server.answerRaw(head, body);
      server.cutAnswerAfter(bytes);

      assertThatThrownBy(() -> transport.send(BATCH)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void send_afterAnyFailure_worksAgain() throws Exception {
    server.resetAfterReading(10);
    assertThatThrownBy(() -> transport.send(BATCH)).isInstanceOf(IOException.class);

    server.answer(200, JSON, SyncJson.write(ACK));
    assertThat(transport.send(BATCH)).isEqualTo(ACK);
  }

  @Test
  void send_whenCentralNamesATime_passesItOn() {
    server.answer(503, PROBLEM + "Retry-After: 30\r\n", SyncJson.writeProblem(503, "", "full"));

    assertThat(retryAfter()).contains(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-1", "", "123456", "Wed, 21 Oct 2015 07:28:00 GMT", "1e3"})
  void send_whenTheTimeIsNoneOfOurs_passesNoneOn(String value) {
    server.answer(
        503, PROBLEM + "Retry-After: " + value + "\r\n", SyncJson.writeProblem(503, "", "full"));

    assertThat(retryAfter()).isEmpty();
  }

  @Test
  void send_keepsOneConnectionForManyBatches() throws Exception {
    server.answer(200, JSON, SyncJson.write(ACK));

    for (int i = 0; i < 5; i++) {
      transport.send(BATCH);
    }

    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void send_whenInterrupted_saysSoAndStaysInterrupted() {
    server.neverAnswer();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> transport.send(BATCH)).isInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private Optional<Duration> retryAfter() {
    Throwable failure = catchThrowable(() -> transport.send(BATCH));
    assertThat(failure).isInstanceOf(LaterException.class);
    return ((LaterException) failure).retryAfter();
  }

  private static void assertIsNoSuccess(Throwable failure) {
    assertThat(failure)
        .isNotNull()
        .matches(
            each -> each instanceof IOException || each instanceof RefusedException,
            "is a failure that the pusher knows");
    assertThat(failure.getMessage()).isNotBlank();
  }

  private static SyncTransport transportTo(String url, Duration answerTimeout) {
    return new SyncTransport(URI.create(url), GATEWAY, answerTimeout, answerTimeout);
  }

  private static byte[] head(int status, String headers, long length) {
    return "HTTP/1.1 %d Any\r\n%sContent-Length: %d\r\n\r\n"
        .formatted(status, headers, length)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Batch batch(int size) {
    Rows.Builder rows = new Rows.Builder(Tables.READING, Tables.READING.columns(), size);
    java.util.Random random = new java.util.Random(17);
    for (int row = 0; row < size; row++) {
      rows.row(NOON.plusSeconds(row), 1L, 0L, null, random.nextDouble());
    }
    return new Batch(
        Tables.READING, Lane.LIVE, Optional.empty(), Optional.empty(), rows.build(), List.of());
  }
}
