package org.tributary.acceptance.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tributary.edge.http.HttpLink;
import org.tributary.edge.http.LinkSecurity;
import org.tributary.edge.http.Pin;
import org.tributary.edge.http.Trust;
import org.tributary.server.CentralServer;
import org.tributary.server.http.PemException;
import org.tributary.server.http.Tls;
import org.tributary.store.DatabaseUrl;

/** NET8: only the right central, with a certificate in order, is spoken to; otherwise why not. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TlsTest {

  static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir static Path made;
  static Certificates certificates;

  @TempDir Path folder;
  Optional<CentralServer> central = Optional.empty();

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates = new Certificates(made.resolve("all.p12"));
    certificates.sign("first", "EC", 1, 90);
    certificates.sign("second", "RSA", 1, 90);
    certificates.sign("expired", "EC", 20, 10);
    certificates.sign("elsewhere", "EC", "dns:elsewhere.example", 1, 90);
    certificates.signByItself("own");
  }

  @AfterEach
  void stop() {
    central.ifPresent(CentralServer::close);
  }

  @ParameterizedTest
  @ValueSource(strings = {"first", "second"})
  void get_whenAnAuthorityThatIsTrustedHasSigned_isAnswered(String name) throws Exception {
    start(name);

    HttpResponse<byte[]> answer = get(trusting(Certificates.AUTHORITY));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Strict-Transport-Security"))
        .contains("max-age=31536000");
  }

  @Test
  void get_whenACertificateThatVouchesForItselfIsTrusted_isAnswered() throws Exception {
    start("own");

    assertThat(get(trusting("own")).statusCode()).isEqualTo(200);
  }

  @Test
  void get_whenNobodyWhoIsTrustedHasSigned_saysSoAndWhatToDo() throws Exception {
    start("first");

    assertThatThrownBy(() -> get(Trust.SYSTEM))
        .hasMessageContaining("nobody who is trusted here has signed the certificate")
        .hasMessageContaining("ca_file = FILE");
    assertThatThrownBy(() -> get(trusting("own")))
        .hasMessageContaining("nobody who is trusted here has signed the certificate");
  }

  @Test
  void get_whenTheCertificateHasExpired_saysSo() throws Exception {
    Instant then = Instant.now().minus(Duration.ofDays(15));
    start("expired", Clock.fixed(then, ZoneOffset.UTC));

    for (String trusted : List.of(Certificates.AUTHORITY, "expired")) {
      assertThatThrownBy(() -> get(trusting(trusted)))
          .hasMessageContaining("the certificate has expired");
    }
  }

  @Test
  void get_whenTheCertificateIsForAnotherName_saysSo() throws Exception {
    start("elsewhere");

    assertThatThrownBy(() -> get(trusting(Certificates.AUTHORITY)))
        .hasMessageContaining("the certificate is not for 127.0.0.1");
  }

  @Test
  void get_whenTheKeyIsPinned_isAnswered_andOtherwiseSaysWhichKeyIsShown() throws Exception {
    start("first");
    Trust authority = trusting(Certificates.AUTHORITY);
    Pin first = certificates.pin("first");
    Pin second = certificates.pin("second");

    assertThat(get(new Trust(authority.caFile(), List.of(second, first))).statusCode())
        .isEqualTo(200);
    assertThatThrownBy(() -> get(new Trust(authority.caFile(), List.of(second))))
        .hasMessageContaining("its key is " + first + ", and pin names another");
    assertThatThrownBy(() -> get(new Trust(Optional.empty(), List.of(first))))
        .as("a pin is no trust")
        .hasMessageContaining("nobody who is trusted here has signed the certificate");
  }

  @Test
  void get_whenThereIsNoTls_saysSo() throws Exception {
    start(Optional.empty(), Clock.systemUTC());

    assertThatThrownBy(() -> get(Trust.SYSTEM))
        .hasMessageContaining("no TLS there")
        .hasMessageContaining("does central speak http instead of https?");
  }

  /** What servers of TLS 1.0 say: a hello of that version, or that they know none of ours. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "160301002a020000260301"
            + "0000000000000000000000000000000000000000000000000000000000000000"
            + "00002f00",
        "15030100020246"
      })
  void get_whenTheTlsThereIsTooOld_saysSo(String hello) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      answerOnce(server, HexFormat.of().parseHex(hello));

      assertThatThrownBy(() -> get(server.getLocalPort(), Trust.SYSTEM))
          .hasMessageContaining("its TLS is too old");
    }
  }

  @Test
  void get_withoutTheFileOfWhomToTrust_isNotSent() throws Exception {
    start("first");
    Trust lost = new Trust(Optional.of(folder.resolve("lost.pem")), List.of());

    assertThatThrownBy(() -> get(lost)).hasMessageContaining("ca_file: " + lost.caFile().get());
  }

  @Test
  void renewedFiles_areShownFromThenOn_andNoRequestFails() throws Exception {
    Tls tls = start("first");
    Trust authority = trusting(Certificates.AUTHORITY);
    AtomicBoolean enough = new AtomicBoolean();
    AtomicInteger answered = new AtomicInteger();
    ExecutorService gateways = Executors.newFixedThreadPool(3);
    try {
      List<Future<?>> asking =
          List.of(
              gateways.submit(() -> askOverOneConnection(authority, enough, answered)),
              gateways.submit(() -> askOverNewConnections(authority, enough, answered)));
      awaitMore(answered);
      write("second");
      tls.lookForRenewed();
      awaitMore(answered);
      enough.set(true);
      for (Future<?> each : asking) {
        each.get();
      }
    } finally {
      gateways.shutdownNow();
    }

    Trust pinned = new Trust(authority.caFile(), List.of(certificates.pin("second")));
    assertThat(get(pinned).statusCode()).isEqualTo(200);
    assertThat(tls.pin()).isEqualTo(certificates.pin("second").text());
  }

  @Test
  void renewedFiles_thatAreNoPair_leaveTheOldOnesInUse() throws Exception {
    Tls tls = start("first");
    Trust first =
        new Trust(trusting(Certificates.AUTHORITY).caFile(), List.of(certificates.pin("first")));

    write("chain.pem", certificates.chain("second")); // its key is still on its way
    tls.lookForRenewed();
    assertThat(get(first).statusCode()).isEqualTo(200);

    Files.delete(folder.resolve("key.pem"));
    tls.lookForRenewed();
    assertThat(get(first).statusCode()).isEqualTo(200);

    write("key.pem", certificates.key("second"));
    tls.lookForRenewed();
    assertThat(tls.pin()).isEqualTo(certificates.pin("second").text());
  }

  @Test
  void theFileOfWhomToTrust_mayBeReplacedAtAnyTime() throws Exception {
    start("own");
    Path file = folder.resolve("ca.pem");
    Files.writeString(file, certificates.chain("first"));
    HttpLink link = link(port(), new Trust(Optional.of(file), List.of()));
    assertThatThrownBy(() -> get(link)).hasMessageContaining("nobody who is trusted here");

    write("ca.pem", certificates.chain("own"));

    assertThat(get(link).statusCode()).isEqualTo(200);
  }

  @Test
  void of_filesThatCantBeShown_saysWhy() throws Exception {
    Path chain = write("chain.pem", certificates.chain("first"));
    Path key = write("key.pem", certificates.key("first"));
    Path older = write("older.pem", Certificates.pem("RSA PRIVATE KEY", new byte[300]));
    Path encrypted = write("encrypted.pem", Certificates.pem("ENCRYPTED PRIVATE KEY", new byte[9]));
    Path damaged = write("damaged.pem", Certificates.pem("PRIVATE KEY", new byte[300]));
    Path empty = write("empty.pem", "");

    assertRefused(chain, write("other.pem", certificates.key("second")), "does not belong to");
    assertRefused(chain, older, "openssl pkcs8 -topk8 -nocrypt -in " + older + " -out key.pem");
    assertRefused(chain, encrypted, "openssl pkey -in " + encrypted + " -out key.pem");
    assertRefused(chain, damaged, "is damaged, or of a kind that is none of RSA, EC, EdDSA");
    assertRefused(chain, empty, "There is no private key in");
    assertRefused(empty, key, "There is no certificate in");
    assertRefused(
        write("broken.pem", Certificates.pem("CERTIFICATE", new byte[300])), key, "is damaged");
    assertRefused(folder.resolve("lost.pem"), key, "There is no file ");
    assertRefused(
        write("old.pem", certificates.chain("expired")),
        write("oldkey.pem", certificates.key("expired")),
        "expired on ");
    assertThatThrownBy(() -> Tls.of(chain, key, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)))
        .hasMessageContaining("is valid from ");
  }

  private static void assertRefused(Path chain, Path key, String why) {
    assertThatThrownBy(() -> Tls.of(chain, key, Clock.systemUTC()))
        .isInstanceOf(PemException.class)
        .hasMessageContaining(why);
  }

  private Tls start(String name) throws Exception {
    return start(name, Clock.systemUTC());
  }

  private Tls start(String name, Clock clock) throws Exception {
    write(name);
    Tls tls = Tls.of(folder.resolve("chain.pem"), folder.resolve("key.pem"), clock);
    start(Optional.of(tls), clock);
    return tls;
  }

  private void start(Optional<Tls> tls, Clock clock) throws Exception {
    central =
        Optional.of(
            CentralServer.start(
                DatabaseUrl.parse("sqlite:///central.db", made),
                new CentralServer.Front(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    CentralServer.Auth.OFF,
                    tls),
                "test",
                clock));
  }

  private int port() {
    return central.orElseThrow().port();
  }

  private void write(String name) throws Exception {
    write("chain.pem", certificates.chain(name));
    write("key.pem", certificates.key(name));
  }

  /** Later than whatever stood there, however coarse the file system's times are. */
  private Path write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    FileTime before =
        Files.exists(path) ? Files.getLastModifiedTime(path) : FileTime.from(Instant.now());
    Files.writeString(path, text);
    Files.setLastModifiedTime(path, FileTime.from(before.toInstant().plusSeconds(5)));
    return path;
  }

  private Trust trusting(String name) throws Exception {
    Path file = Files.createTempFile(folder, name, ".pem");
    return new Trust(Optional.of(Files.writeString(file, certificates.chain(name))), List.of());
  }

  private HttpResponse<byte[]> get(Trust trust) throws IOException {
    return get(port(), trust);
  }

  private static HttpResponse<byte[]> get(int port, Trust trust) throws IOException {
    return get(link(port, trust));
  }

  private static HttpResponse<byte[]> get(HttpLink link) throws IOException {
    return link.answer(link.request("health").build());
  }

  private static HttpLink link(int port, Trust trust) {
    return new HttpLink(
        URI.create("https://127.0.0.1:%d/".formatted(port)),
        new LinkSecurity(Optional::empty, false, trust),
        PATIENCE,
        PATIENCE);
  }

  private Object askOverOneConnection(Trust trust, AtomicBoolean enough, AtomicInteger answered)
      throws IOException {
    HttpLink link = link(port(), trust);
    while (!enough.get()) {
      assertThat(get(link).statusCode()).isEqualTo(200);
      answered.incrementAndGet();
    }
    return true;
  }

  private Object askOverNewConnections(Trust trust, AtomicBoolean enough, AtomicInteger answered)
      throws IOException {
    while (!enough.get()) {
      assertThat(get(trust).statusCode()).isEqualTo(200);
      answered.incrementAndGet();
    }
    return true;
  }

  private static void awaitMore(AtomicInteger answered) {
    int before = answered.get();
    while (answered.get() < before + 10) {
      Thread.onSpinWait();
    }
  }

  private static void answerOnce(ServerSocket server, byte[] hello) {
    Thread thread =
        new Thread(
            () -> {
              try (Socket socket = server.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                in.readNBytes(3);
                in.readNBytes(in.readUnsignedShort()); // the client's hello
                socket.getOutputStream().write(hello);
                socket.getInputStream().readAllBytes(); // until it turns away
              } catch (IOException e) {
                // It has turned away, which is what the test is about.
              }
            },
            "old-tls");
    thread.setDaemon(true);
    thread.start();
  }
}
