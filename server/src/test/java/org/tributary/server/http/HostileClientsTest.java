package org.tributary.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S10, S13: what no honest client sends, byte by byte. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostileClientsTest {

  static final int SLOW = 2_000;
  static final int PATIENCE_MILLIS = 20_000;
  static final int PIECE_BYTES = 1 << 16;
  static final long LONG_BYTES = 32L << 20;

  final AtomicInteger asked = new AtomicInteger();
  final List<Socket> open = new ArrayList<>();
  HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        HttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Optional.empty(),
            List.of(new Echo()),
            new EverybodyIn(),
            Clock.systemUTC());
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket each : open) {
      each.close();
    }
    server.close();
  }

  /** Bodies of those who are not let in are not read; here nobody is where there is nothing. */
  @Test
  void manySlowSockets_keepNobodyElseFromBeingAnswered() throws Exception {
    for (int i = 0; i < SLOW; i++) {
      send(
          switch (i % 4) {
            case 0 -> ""; // says nothing
            case 1 -> "POST /echo HTTP/1.1\r\nHo"; // never ends its headers
            case 2 -> "POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\nabc";
            default ->
                "POST /nowhere HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab";
          });
    }

    for (int i = 0; i < 20; i++) {
      assertThat(status(send(post("Content-Length: 3\r\n", "abc")))).isEqualTo(200);
    }
    assertThat(asked).hasValue(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
        "Content-Length: 3\r\nContent-Length: 4\r\n",
        "Content-Length: 3, 4\r\n",
        "Content-Length: -3\r\n",
        "Content-Length: +3\r\n",
        "Content-Length : 3\r\n",
        "Content-Length: 3\r\n folded: 1\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Bad Name: 1\r\nContent-Length: 3\r\n",
        "Host: y\r\nContent-Length: 3\r\n"
      })
  void aRequestWhoseEndCouldBeReadInTwoWays_isRefusedAndEndsItsConnection(String headers)
      throws Exception {
    BufferedReader answer = send(post(headers, "0\r\n\r\nGET /echo HTTP/1.1\r\nHost: x\r\n\r\n"));

    assertThat(status(answer)).isIn(400, 501);
    assertThat(answer.lines().filter(line -> line.startsWith("HTTP/"))).isEmpty();
    assertThat(asked).hasValue(0);
  }

  @Test
  void headersThatAreTooLong_areRefused() throws Exception {
    String padding = "X-Padding: " + "a".repeat(Listening.HEADER_BYTES) + "\r\n";

    assertThat(status(send(post(padding + "Content-Length: 3\r\n", "abc")))).isEqualTo(431);
    assertThat(asked).hasValue(0);
  }

  @Test
  void anAddressThatIsTooLong_isRefused() throws Exception {
    String path = "/echo?" + "a".repeat(Listening.HEADER_BYTES);

    assertThat(status(send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"))).isEqualTo(414);
  }

  @Test
  void aLongBody_isReadWhole() throws Exception {
    int length = 81_921; // more than one piece

    BufferedReader answer =
        send(post("Connection: close\r\nContent-Length: " + length + "\r\n", "a".repeat(length)));

    assertThat(status(answer)).isEqualTo(200);
    assertThat(answer.lines().reduce("", (one, other) -> other)).isEqualTo("" + length);
  }

  /** Programs that read no answer before they have sent all; the body is beyond every buffer. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBodyBeyondTheLimit_isAnsweredWhateverIsStillOnItsWay(boolean isChunked) throws Exception {
    BufferedReader answer = sendLong("/echo", isChunked, LONG_BYTES);

    assertThat(status(answer)).isEqualTo(413);
    assertThat(answer.lines().reduce("", (one, other) -> other))
        .contains("A body may have 1,048,576 bytes at most");
    assertThat(asked).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLongBodyThatNobodyReads_hearsWhy(boolean isChunked) throws Exception {
    assertThat(status(sendLong("/nowhere", isChunked, LONG_BYTES))).isEqualTo(404);
  }

  @Test
  void aBodyWithoutEnd_isNotReadForEver() throws Exception {
    assertThatThrownBy(() -> sendLong("/echo", true, 40 * Lingering.MOST_BYTES))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("(?i).*(reset|broken pipe).*");
  }

  /**
   * What waits for leave to send its body has sent nothing, and is not told to after its answer.
   */
  @Test
  void aBodyThatWaitsForLeave_isNotAskedForAfterTheAnswer() throws Exception {
    BufferedReader answer =
        send(
            "POST /nowhere HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n"
                .formatted("Content-Length: 9\r\nExpect: 100-continue"));

    assertThat(answer.lines().filter(line -> line.startsWith("HTTP/1.1 ")))
        .containsExactly("HTTP/1.1 404 Not Found");
  }

  private BufferedReader sendLong(String path, boolean isChunked, long bytes) throws IOException {
    BufferedReader answer =
        send(
            "POST %s HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n"
                .formatted(
                    path, isChunked ? "Transfer-Encoding: chunked" : "Content-Length: " + bytes));
    byte[] piece = new byte[PIECE_BYTES];
    OutputStream out = open.get(open.size() - 1).getOutputStream();
    for (long sent = 0; sent < bytes; sent += PIECE_BYTES) {
      if (isChunked) {
        out.write((Integer.toHexString(PIECE_BYTES) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      }
      out.write(piece);
      if (isChunked) {
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    }
    if (isChunked) {
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    return answer;
  }

  private static String post(String headers, String body) {
    return "POST /echo HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + body;
  }

  private BufferedReader send(String text) throws IOException {
    Socket socket = new Socket();
    open.add(socket);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  private static int status(BufferedReader answer) throws IOException {
    return Integer.parseInt(answer.readLine().substring(9, 12));
  }

  /** Says how long the body was. */
  private final class Echo implements Endpoint {
    @Override
    public Method method() {
      return Method.POST;
    }

    @Override
    public String path() {
      return "/echo";
    }

    @Override
    public Audience audience() {
      return Audience.ANYONE;
    }

    @Override
    public Response answer(Request request) throws IOException {
      asked.incrementAndGet();
      int length = request.body(1 << 20).length;
      return Response.bytes(
          200, "text/plain", Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static final class EverybodyIn implements Door {
    @Override
    public Response answer(Endpoint endpoint, Request request) throws IOException {
      return endpoint.answer(request);
    }

    @Override
    public Response nothingThere(Request request, Response otherwise) {
      return otherwise;
    }
  }
}
