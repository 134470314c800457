package org.tributary.acceptance.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.server.CentralServer;
import org.tributary.server.http.Tls;
import org.tributary.store.DatabaseUrl;

/** What is too much, or too slow, is the same behind TLS. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TlsLimitsTest {

  private static final int PIECE = 64 * 1_024;

  /** Beyond what central waits for before somebody gives way; see docs/limits.md. */
  private static final int SLOW = 34;

  @TempDir static Path folder;
  private static SSLContext trusting;
  private static CentralServer central;
  private final List<Socket> open = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    Certificates certificates = new Certificates(folder.resolve("all.p12"));
    certificates.sign("central", "EC", 1, 90);
    Path chain = Files.writeString(folder.resolve("chain.pem"), certificates.chain("central"));
    Path key = Files.writeString(folder.resolve("key.pem"), certificates.key("central"));
    Clock clock = Clock.systemUTC();
    central =
        CentralServer.start(
            DatabaseUrl.parse("sqlite:///central.db", folder),
            new CentralServer.Front(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                CentralServer.Auth.OFF,
                Optional.of(Tls.of(chain, key, clock))),
            "test",
            clock);
    trusting = SSLContext.getInstance("TLS");
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry(Certificates.AUTHORITY, certificates.authority());
    trust.init(store);
    trusting.init(null, trust.getTrustManagers(), null);
  }

  @AfterAll
  static void stop() {
    if (central != null) {
      central.close();
    }
  }

  @AfterEach
  void hangUp() throws IOException {
    for (Socket each : open) {
      each.close();
    }
  }

  /** By a program that reads no answer before it has sent all. */
  @Test
  void aBodyBeyondTheLimit_hearsWhy() throws Exception {
    Socket socket = connect();
    OutputStream out = socket.getOutputStream();
    int length = 12 << 20;
    out.write(head("long", length));
    byte[] piece = new byte[PIECE];
    for (int sent = 0; sent < length; sent += PIECE) {
      out.write(piece);
    }
    out.flush();

    BufferedReader answer = reader(socket);
    assertThat(answer.readLine()).startsWith("HTTP/1.1 413 ");
  }

  @Test
  void slowSendersOfManyGateways_giveWayToAnother() throws Exception {
    for (int i = 0; i < SLOW; i++) {
      Socket socket = connect();
      socket.getOutputStream().write(head("slow-" + i, 1_000));
      socket.getOutputStream().write('1');
      socket.getOutputStream().flush();
    }
    TimeUnit.SECONDS.sleep(6); // until they are seen to be slow

    Socket socket = connect();
    socket.getOutputStream().write(head("quick", 3));
    socket.getOutputStream().write(new byte[] {1, 2, 3});
    socket.getOutputStream().flush();

    assertThat(reader(socket).readLine()).startsWith("HTTP/1.1 400 "); // it is no batch
    assertThat(open.subList(0, SLOW).stream().filter(TlsLimitsTest::hasEnded)).isNotEmpty();
  }

  /** Whether the other end has hung up, or has said so. */
  private static boolean hasEnded(Socket socket) {
    try {
      socket.setSoTimeout(20);
      socket.getInputStream().read();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static byte[] head(String gateway, int length) {
    return """
    POST /sync/batch HTTP/1.1\r
    Host: 127.0.0.1\r
    Tributary-Gateway: %s\r
    Content-Type: application/vnd.tributary.batch\r
    Content-Length: %d\r
    \r
    """
        .formatted(gateway, length)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private Socket connect() throws IOException {
    Socket socket =
        trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), central.port());
    open.add(socket);
    return socket;
  }
}
