package org.tributary.acceptance.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.wire.Credential;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Greeting;
import org.tributary.wire.SyncJson;

/** S10, S11: gateways that keep central busy, each with a key of its own, and one that does not. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CrowdTest {

  /** As many requests as central lets one gateway have. */
  static final int TURNS = 4;

  static final int EXCHANGES = 20;
  static final int PATIENCE_MILLIS = 30_000;

  @TempDir Path folder;

  final ExecutorService others = Executors.newCachedThreadPool();
  final List<Socket> open = new CopyOnWriteArrayList<>();
  ClosedCentral central;
  Credential behaved;

  @BeforeEach
  void open() throws Exception {
    central = new ClosedCentral("sqlite:///" + folder.resolve("c.db"), Clock.systemUTC());
    behaved = central.enrolled(ClosedCentral.OWN);
  }

  @AfterEach
  void close() throws IOException {
    others.shutdownNow();
    for (Socket each : open) {
      each.close();
    }
    central.close();
  }

  /** There are sixteen places for gateways that are worked on. */
  @Test
  void fiveGatewaysThatDrip_keepNoPlaceFromAnother() throws Exception {
    drip(5);

    assertThat(greetings(EXCHANGES)).containsOnly(200);
  }

  @Test
  void manyGatewaysThatDrip_keepNoThreadFromAnother_norFromASlowLink() throws Exception {
    drip(40);
    TimeUnit.SECONDS.sleep(2); // until they are seen to be slow

    Credential valley = keyOf("at-the-end-of-the-valley");
    Future<Integer> slowLink =
        others.submit(
            () -> {
              int answer = greetSlowly(valley);
              return answer == 429 ? greetSlowly(valley) : answer;
            });
    List<Integer> answers = greetings(EXCHANGES);
    // Where all of them have only just begun once more nobody is slow yet: it comes again, as told.
    assertThat(answers).isSubsetOf(200, 429);
    assertThat(answers.stream().filter(each -> each == 200)).hasSizeGreaterThan(EXCHANGES * 3 / 4);
    assertThat(central.ask("GET", "/health", "").statusCode()).isEqualTo(200);
    assertThat(slowLink.get()).isEqualTo(200);
  }

  @Test
  void aGatewayThatFloods_hasItsShareAndNoMore() throws Exception {
    AtomicInteger served = new AtomicInteger();
    AtomicInteger sentAway = new AtomicInteger();
    GatewayId flooding = new GatewayId("flooding");
    Credential key = central.enrolled(flooding);
    for (int i = 0; i < 6 * TURNS; i++) {
      Future<?> unused = others.submit(() -> flood(flooding, key, served, sentAway));
    }
    while (sentAway.get() < 10) {
      Thread.onSpinWait();
    }
    served.set(0);

    List<Integer> answers = greetings(5 * EXCHANGES);

    assertThat(answers).containsOnly(200);
    assertThat(served.get())
        .as("answers to who floods while the other had %d", answers.size())
        .isLessThan(3 * TURNS * answers.size()); // four at a time, and some slack
  }

  private Credential keyOf(String gateway) throws Exception {
    return central.enrolled(new GatewayId(gateway));
  }

  /** What one exchange after the other is answered. */
  private List<Integer> greetings(int many) throws Exception {
    List<Integer> answers = new ArrayList<>();
    try (Socket socket = connect()) {
      for (int i = 0; i < many; i++) {
        answers.add(exchange(socket, ClosedCentral.OWN, behaved));
      }
    }
    return answers;
  }

  /** So many gateways use all their turns to send a byte a second, and come again when refused. */
  private void drip(int gateways) throws Exception {
    List<Slow> slow = new ArrayList<>();
    for (int i = 0; i < gateways; i++) {
      Credential key = keyOf("dripping-" + i);
      for (int j = 0; j < TURNS; j++) {
        slow.add(new Slow(key));
      }
    }
    for (Slow each : slow) {
      each.begin();
    }
    Future<?> unused = // ends with the test
        others.submit(
            () -> {
              while (true) {
                TimeUnit.SECONDS.sleep(1);
                for (Slow each : slow) {
                  each.drip();
                }
              }
            });
  }

  private final class Slow {
    private final Credential key;
    private Socket socket = new Socket();

    Slow(Credential key) {
      this.key = key;
    }

    void begin() throws IOException {
      socket = connect();
      write(socket, head("/sync/batch", 1_000, key) + "1");
    }

    void drip() throws IOException {
      try {
        if (socket.getInputStream().available() > 0) {
          throw new IOException("refused");
        }
        write(socket, "1");
      } catch (IOException e) {
        socket.close();
        begin();
      }
    }
  }

  private int greetSlowly(Credential key) throws Exception {
    String body = greeting(new GatewayId("at-the-end-of-the-valley"));
    try (Socket socket = connect()) {
      write(socket, head("/sync/greeting", body.length(), key));
      int step = body.length() / 16 + 1;
      for (int from = 0; from < body.length(); from += step) {
        write(socket, body.substring(from, Math.min(body.length(), from + step)));
        TimeUnit.MILLISECONDS.sleep(500);
      }
      return answer(socket);
    }
  }

  private Object flood(
      GatewayId gateway, Credential key, AtomicInteger served, AtomicInteger sentAway)
      throws IOException {
    try (Socket socket = connect()) {
      while (true) {
        (exchange(socket, gateway, key) == 200 ? served : sentAway).incrementAndGet();
      }
    }
  }

  private static int exchange(Socket socket, GatewayId gateway, Credential key) throws IOException {
    String body = greeting(gateway);
    write(socket, head("/sync/greeting", body.length(), key) + body);
    return answer(socket);
  }

  private static String greeting(GatewayId gateway) {
    return new String(
        SyncJson.write(
            new Greeting(gateway, "machine", "host", "0.1.0", 1, Clock.systemUTC().instant())),
        StandardCharsets.UTF_8);
  }

  private static String head(String path, int length, Credential key) {
    return "POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n"
        .formatted(path, key.reveal(), length);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    open.add(socket);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), central.server.port()));
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The status of the next answer; its body is read as well. */
  private static int answer(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    String first = in.readLine();
    if (first == null) {
      throw new IOException("closed");
    }
    int length = 0;
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    for (int i = 0; i < length; i++) {
      in.read();
    }
    return Integer.parseInt(first.substring(9, 12));
  }
}
