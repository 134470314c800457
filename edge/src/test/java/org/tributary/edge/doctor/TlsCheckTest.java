package org.tributary.edge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.edge.http.Pin;
import org.tributary.edge.http.Trust;

/** Against a real TLS server whose certificate, for 127.0.0.1, the JDK's keytool has made. */
class TlsCheckTest {

  static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path folder;
  static KeyStore keys;
  static Instant expires;

  ServerSocket server;

  @BeforeAll
  static void makeCertificates() throws Exception {
    keys = keyStore("valid", "-1d", 90);
    expires = ((X509Certificate) keys.getCertificate("central")).getNotAfter().toInstant();
  }

  @AfterEach
  void tearDown() throws IOException {
    server.close();
  }

  @Test
  void look_atATrustedCertificate_tellsUntilWhen() throws Exception {
    serve(keys);

    Finding finding = look("127.0.0.1", trusting(keys, "ca"), expires.minus(Duration.ofDays(80)));

    assertThat(finding.level()).isEqualTo(Level.OK);
    assertThat(finding.what())
        .contains("certificate for 127.0.0.1 until " + expires.toString().substring(0, 10));
  }

  @Test
  void look_whenItExpiresSoon_warns() throws Exception {
    serve(keys);

    Finding finding = look("127.0.0.1", trusting(keys, "ca"), expires.minus(Duration.ofDays(10)));

    assertThat(finding.level()).isEqualTo(Level.WARNING);
    assertThat(finding.what()).endsWith(", in 10 days");
  }

  @Test
  void look_whenItHasExpired_saysSo() throws Exception {
    KeyStore expired = keyStore("expired", "-20d", 10);
    serve(expired);

    assertThat(look("127.0.0.1", trusting(expired, "ca"), expires).what())
        .isEqualTo("the certificate has expired");
  }

  @Test
  void look_whenItHasExpiredAndIsTrustedByItself_saysSoToo() throws Exception {
    KeyStore expired = keyStore("believed", "-20d", 10);
    serve(expired);

    assertThat(look("127.0.0.1", trusting(expired, "central"), expires).what())
        .isEqualTo("the certificate has expired");
  }

  @Test
  void look_whenItsKeyIsNotThePinnedOne_saysWhichItIs() throws Exception {
    serve(keys);
    Trust pinned =
        new Trust(
            trusting(keys, "ca").caFile(),
            List.of(Pin.of(keys.getCertificate("ca").getPublicKey())));

    assertThat(look("127.0.0.1", pinned, expires).what())
        .contains("its key is " + Pin.of(keys.getCertificate("central").getPublicKey()));
  }

  @Test
  void look_withoutTheFileOfWhomToTrust_saysSo() throws Exception {
    serve(keys);
    Trust lost = new Trust(Optional.of(folder.resolve("lost.pem")), List.of());

    assertThat(look("127.0.0.1", lost, expires).what())
        .startsWith("ca_file: ")
        .contains("lost.pem");
  }

  @Test
  void look_whenItIsForAnotherName_saysSo() throws Exception {
    serve(keys);

    assertThat(look("localhost", trusting(keys, "ca"), expires).what())
        .startsWith("the certificate is not for localhost: ");
  }

  @Test
  void look_whenNobodyTrustedHasSignedIt_saysSo() throws Exception {
    serve(keys);

    assertThat(look("127.0.0.1", Trust.SYSTEM, expires).what())
        .isEqualTo("nobody who is trusted here has signed the certificate");
  }

  @Test
  void look_atAServerWithoutTls_saysSo() throws Exception {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    answer(
        () -> {
          try (var socket = server.accept()) {
            socket
                .getOutputStream()
                .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          }
        });

    assertThat(look("127.0.0.1", trusting(keys, "ca"), expires).what())
        .startsWith("no TLS there: ");
  }

  private Finding look(String host, Trust trust, Instant now) {
    return new TlsCheck(host, server.getLocalPort(), trust, Clock.fixed(now, ZoneOffset.UTC))
        .look()
        .get(0);
  }

  private void serve(KeyStore store) throws Exception {
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), null, null);
    SSLServerSocket listening =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    server = listening;
    answer(
        () -> {
          try (SSLSocket socket = (SSLSocket) listening.accept()) {
            socket.startHandshake();
          }
        });
  }

  private interface Answer {
    void give() throws IOException;
  }

  private static void answer(Answer answer) {
    Thread thread =
        new Thread(
            () -> {
              try {
                answer.give();
              } catch (IOException e) {
                // The client turned away, which is what the test is about.
              }
            },
            "tls-server");
    thread.setDaemon(true);
    thread.start();
  }

  private static Trust trusting(KeyStore store, String alias) throws Exception {
    String pem =
        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
            .formatted(
                Base64.getMimeEncoder().encodeToString(store.getCertificate(alias).getEncoded()));
    Path file = Files.createTempFile(folder, alias, ".pem");
    return new Trust(Optional.of(Files.writeString(file, pem)), List.of());
  }

  /** A certificate for 127.0.0.1, signed by a {@code ca} of its own. */
  private static KeyStore keyStore(String name, String start, int days) throws Exception {
    Path file = folder.resolve(name + ".p12");
    keytool(file, "ca", "-ext", "bc:c", "-startdate", "-1y", "-validity", "3650");
    keytool(
        file,
        "central",
        "-signer",
        "ca",
        "-ext",
        "san=ip:127.0.0.1",
        "-startdate",
        start,
        "-validity",
        Integer.toString(days));
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static void keytool(Path file, String alias, String... more) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-keystore", file.toString()));
    command.addAll(List.of("-storepass", new String(PASSWORD)));
    command.addAll(List.of("-alias", alias, "-dname", "CN=" + alias));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
  }
}
