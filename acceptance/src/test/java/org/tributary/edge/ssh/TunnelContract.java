package org.tributary.edge.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tributary.testbed.SshKeyFile;
import org.tributary.testbed.SshServer;
import org.tributary.testbed.SshServerPlan;

/** What a tunnel does through any SSH host. */
abstract class TunnelContract {
  static final Duration AT_ONCE = Duration.ofSeconds(10);
  static final Patience HASTY = new Patience(Duration.ofSeconds(20), Duration.ofMillis(150), 2);

  @TempDir Path folder;
  EchoServer database;
  @Nullable SshServer host;

  abstract SshServer start(SshServerPlan plan);

  @BeforeEach
  void startDatabase() {
    database = new EchoServer();
  }

  @AfterEach
  void stop() {
    database.close();
    if (host != null) {
      host.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user_ed25519",
        "user_ecdsa",
        "user_rsa",
        "user_ecdsa_pem",
        "user_rsa_pem",
        "user_ecdsa_pkcs8",
        "user_rsa_pkcs8",
        "user_ed25519_locked",
        "user_ecdsa_locked",
        "user_rsa_locked",
        "user_ecdsa_pem_locked",
        "user_rsa_pem_locked",
        "user_ecdsa_pkcs8_locked",
        "user_rsa_pkcs8_locked"
      })
  void open_withAKeyOfAnyKindAndForm_signsIn(String key) throws Exception {
    Way way = way(plan().letting(key)).withKey(key).withPassphrase(SshKeyFile.PASSPHRASE);

    try (SshTunnel tunnel = way.open(database.port())) {
      assertThat(tunnel.isOpen()).isTrue();
      assertThat(echo(tunnel.localPort(), "hello")).isEqualTo("hello");
    }
  }

  @Test
  void bytes_comeBackAsTheyWere() throws Exception {
    byte[] sent = new byte[12_000_000];
    new Random(6).nextBytes(sent);

    try (SshTunnel tunnel = way(plan()).open(database.port());
        Socket socket = connect(tunnel.localPort())) {
      CompletableFuture<byte[]> received = readAll(socket);
      socket.getOutputStream().write(sent);
      socket.shutdownOutput();

      assertThat(received.get()).isEqualTo(sent);
    }
  }

  @Test
  void connections_throughOneTunnel_doNotMix() throws Exception {
    try (SshTunnel tunnel = way(plan()).open(database.port());
        Socket first = connect(tunnel.localPort());
        Socket second = connect(tunnel.localPort())) {
      first.getOutputStream().write("one".getBytes(StandardCharsets.UTF_8));
      second.getOutputStream().write("two".getBytes(StandardCharsets.UTF_8));

      assertThat(first.getInputStream().readNBytes(3)).asString().isEqualTo("one");
      assertThat(second.getInputStream().readNBytes(3)).asString().isEqualTo("two");
    }
  }

  @Test
  void open_twiceToTwoHosts_keepsThemApart() throws Exception {
    Way way = way(plan());
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    try (SshServer other = start(SshServerPlan.usual(elsewhere).showing("other_host_ed25519"));
        EchoServer otherDatabase = new EchoServer();
        SshTunnel first = way.open(database.port())) {
      Way otherWay = Way.to(other.user(), other.port(), elsewhere).knowing("other_host_ed25519");
      try (SshTunnel second = otherWay.open(otherDatabase.port())) {
        assertThat(first.localPort()).isNotEqualTo(second.localPort());
        assertThat(echo(second.localPort(), "two")).isEqualTo("two");
      }

      assertThat(echo(first.localPort(), "one")).isEqualTo("one");
    }
  }

  @Test
  void open_withAKeyThatNobodyAllowed_isRefusedAndNamesIt() {
    Way way = way(plan()).withKey("stranger_ed25519");

    assertThat(refusal(way))
        .hasMessageContaining("does not let %s sign in".formatted(way.settings().user()))
        .hasMessageContaining("stranger_ed25519 (ssh-ed25519 SHA256:")
        .hasMessageContaining("authorized_keys");
  }

  @Test
  void open_whenTheHostIsUnknown_isRefusedUntilTheLineItSaysIsAdded() throws Exception {
    Way way = way(plan()).knowingLines("# nobody");

    String message = refusal(way).getMessage();

    assertThat(message)
        .contains(Way.fingerprint("host_ed25519").text(), "hostkey = SHA256:")
        .contains("ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub");
    assertThat(Files.readAllLines(folder.resolve("known_hosts"))).containsExactly("# nobody");
    String line = message.replaceFirst(".*: (\\[127.0.0.1]:\\d+ \\S+ \\S+) or this one.*", "$1");
    way.knowingLines(line).open(database.port()).close();
  }

  @Test
  void open_whenThereAreNoKnownHostsAtAll_isRefused() throws Exception {
    Way way = way(plan());
    Files.delete(folder.resolve("known_hosts"));

    assertThat(refusal(way)).hasMessageContaining("is not known");
  }

  @Test
  void open_whenTheHostKeyChanged_isRefusedLoudly() {
    assertThat(refusal(way(plan()).knowing("host_rsa", "other_host_ed25519")))
        .hasMessageContaining("HOST KEY CHANGED")
        .hasMessageContaining("known_hosts, line 1")
        .hasMessageContaining(Way.fingerprint("host_ed25519").text());
  }

  @Test
  void open_whenTheHostKeyWasRevoked_isRefused() {
    String key = new SshKeyFile("host_ed25519").publicLine();
    Way way = way(plan());
    String name = KnownHosts.nameOf("127.0.0.1", way.settings().port());

    assertThat(refusal(way.knowingLines(name + " " + key, "@revoked * " + key)))
        .hasMessageContaining("HOST KEY REVOKED");
  }

  @Test
  void open_whenTheHostIsKnownByAHashedName_opens() throws Exception {
    Way way = way(plan());
    String name = KnownHosts.nameOf("127.0.0.1", way.settings().port());
    byte[] salt = "a salt of 20 letters".getBytes(StandardCharsets.UTF_8);
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(salt, "HmacSHA1"));
    Base64.Encoder base64 = Base64.getEncoder();
    String hash = base64.encodeToString(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)));
    String key = new SshKeyFile("host_ed25519").publicLine();

    way.knowingLines("|1|" + base64.encodeToString(salt) + "|" + hash + " " + key)
        .open(database.port())
        .close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"host_ed25519", "host_ecdsa", "host_rsa"})
  void open_whenTheHostIsKnownByOneOfItsKeys_asksForThatOne(String known) throws Exception {
    Way way = way(plan().showing("host_ed25519", "host_ecdsa", "host_rsa")).knowing(known);

    way.open(database.port()).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"host_ed25519", "host_ecdsa", "host_rsa"})
  void open_whenTheFingerprintOfOneOfItsKeysIsPinned_needsNoKnownHosts(String pinned)
      throws Exception {
    Way way =
        way(plan().showing("host_ed25519", "host_ecdsa", "host_rsa"))
            .knowing()
            .pinning(Way.fingerprint(pinned));

    way.open(database.port()).close();
  }

  @Test
  void open_whenAnotherFingerprintIsPinned_isRefusedLoudly() {
    assertThat(refusal(way(plan()).pinning(Way.fingerprint("other_host_ed25519"))))
        .hasMessageContaining("HOST KEY CHANGED")
        .hasMessageContaining("hostkey = " + Way.fingerprint("other_host_ed25519"))
        .hasMessageContaining("ssh-ed25519 " + Way.fingerprint("host_ed25519"));
  }

  @Test
  void open_whenTheHostForwardsNothing_isRefusedAndSaysWhatToAllow() {
    assertThat(refusal(way(plan().withoutForwarding())))
        .hasMessageContaining("does not let")
        .hasMessageContaining("AllowTcpForwarding");
  }

  @Test
  void open_whenNothingListensBehindTheHost_isTriedAgainLater() throws Exception {
    int port = database.port();
    database.close();

    assertThatThrownBy(() -> way(plan()).open(port))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nothing answers on 127.0.0.1:%d, as the SSH host".formatted(port))
        .hasMessageContaining("dbport");
    assertNoThreads();
  }

  @Test
  void close_leavesNoThreadAndNoPort() throws Exception {
    SshTunnel tunnel = way(plan()).open(database.port());
    int port = tunnel.localPort();
    try (Socket socket = connect(port)) {
      socket.getOutputStream().write(1);
      assertThat(socket.getInputStream().read()).isEqualTo(1);
      assertThat(threads()).isNotEmpty();

      tunnel.close();
      tunnel.close();

      assertThat(tunnel.isOpen()).isFalse();
      assertThat(isOver(socket)).isTrue();
      assertNoThreads();
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }
  }

  @Test
  void tunnel_whenTheHostDies_isOpenNoMoreAndANewOneCanBeOpened() throws Exception {
    Way way = way(plan());
    SshServerPlan again = plan().on(way.settings().port());
    try (SshTunnel tunnel = way.open(database.port());
        Socket socket = connect(tunnel.localPort())) {
      socket.getOutputStream().write(1);
      assertThat(socket.getInputStream().read()).isEqualTo(1);

      host.close();

      await().atMost(AT_ONCE).until(() -> !tunnel.isOpen());
      assertTimeoutPreemptively(AT_ONCE, () -> assertThat(isOver(socket)).isTrue());
      try (Socket late = connect(tunnel.localPort())) {
        assertTimeoutPreemptively(AT_ONCE, () -> assertThat(isOver(late)).isTrue());
      }
      host = start(again);
      try (SshTunnel fresh = way.open(database.port())) {
        assertThat(echo(fresh.localPort(), "again")).isEqualTo("again");
      }
    }
    assertNoThreads();
  }

  @Test
  void tunnel_whenTheLinkFallsSilent_isClosedWithinTheKeepAliveWhateverIsBeingSent()
      throws Exception {
    host = start(plan());
    try (FreezingProxy link = new FreezingProxy(host.port());
        SshTunnel tunnel =
            Way.to(host.user(), link.port(), folder).with(HASTY).open(database.port())) {
      List<Socket> connections = connections(tunnel);
      link.freeze();
      CompletableFuture<Void> sending = sendUntilAllFail(connections, new AtomicLong());

      await().atMost(AT_ONCE).until(() -> !tunnel.isOpen());
      assertThat(sending).failsWithin(AT_ONCE);
      assertTimeoutPreemptively(AT_ONCE, tunnel::close);
    }
    assertNoThreads();
  }

  @Test
  void tunnel_whenTheLinkFallsSilent_closesAtOnceAllTheSame() throws Exception {
    host = start(plan());
    try (FreezingProxy link = new FreezingProxy(host.port());
        SshTunnel tunnel = Way.to(host.user(), link.port(), folder).open(database.port())) {
      List<Socket> connections = connections(tunnel);
      link.freeze();
      AtomicLong sent = new AtomicLong();
      CompletableFuture<Void> sending = sendUntilAllFail(connections, sent);
      awaitStandstill(sent);

      assertTimeoutPreemptively(AT_ONCE, tunnel::close);

      assertThat(sending).failsWithin(AT_ONCE);
      assertNoThreads();
    }
  }

  @Test
  void tunnel_whileNobodyUsesIt_staysOpen() throws Exception {
    try (SshTunnel tunnel = way(plan()).with(HASTY).open(database.port())) {
      int intervals = 8;
      await()
          .pollInterval(HASTY.keepAlive())
          .during(HASTY.keepAlive().multipliedBy(intervals))
          .atMost(AT_ONCE)
          .until(tunnel::isOpen);

      assertThat(echo(tunnel.localPort(), "still there")).isEqualTo("still there");
    }
  }

  @Test
  void open_withNoKeyNamed_triesTheUsualOnesAndSaysWhatBecameOfThem() throws Exception {
    Way way = way(plan().letting("user_rsa"));
    Files.copy(new SshKeyFile("user_rsa").writeTo(folder), folder.resolve("id_rsa"));
    Files.copy(new SshKeyFile("user_ecdsa_locked").writeTo(folder), folder.resolve("id_ecdsa"));
    Files.copy(new SshKeyFile("stranger_ed25519").writeTo(folder), folder.resolve("id_ed25519"));
    SshKeys usual =
        new SshKeys(
            List.of(
                folder.resolve("id_ed25519"), folder.resolve("id_ecdsa"), folder.resolve("id_rsa")),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    way.with(usual).open(database.port()).close();
    Files.delete(folder.resolve("id_rsa"));

    assertThat(refusal(way.with(usual)))
        .hasMessageContaining("id_ed25519 (ssh-ed25519 SHA256:")
        .hasMessageContaining("not tried: the key")
        .hasMessageContaining("id_ecdsa is encrypted");
  }

  SshServerPlan plan() {
    return SshServerPlan.usual(folder);
  }

  Way way(SshServerPlan plan) {
    SshServer started = start(plan);
    host = started;
    return Way.to(started.user(), started.port(), folder);
  }

  private SshRefusedException refusal(Way way) {
    SshRefusedException refusal =
        catchThrowableOfType(SshRefusedException.class, () -> way.open(database.port()).close());
    assertNoThreads();
    return refusal;
  }

  static Socket connect(int port) throws IOException {
    byte[] thisMachine = {127, 0, 0, 1};
    return new Socket(InetAddress.getByAddress(thisMachine), port);
  }

  static String echo(int port, String text) throws IOException {
    try (Socket socket = connect(port)) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static CompletableFuture<byte[]> readAll(Socket socket) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return socket.getInputStream().readAllBytes();
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** Until nothing is taken any more for a while. */
  private static void awaitStandstill(AtomicLong sent) {
    AtomicLong before = new AtomicLong(-1);
    await()
        .pollInterval(Duration.ofMillis(200))
        .atMost(AT_ONCE)
        .until(() -> sent.get() == before.getAndSet(sent.get()));
  }

  /** So many that their windows hold more than the buffers of the link. */
  private static List<Socket> connections(SshTunnel tunnel) throws IOException {
    List<Socket> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Socket socket = connect(tunnel.localPort());
      socket.getOutputStream().write(i);
      assertThat(socket.getInputStream().read()).isEqualTo(i);
      all.add(socket);
    }
    return all;
  }

  private static CompletableFuture<Void> sendUntilAllFail(List<Socket> all, AtomicLong sent) {
    return CompletableFuture.allOf(
        all.stream()
            .map(
                socket ->
                    CompletableFuture.runAsync(
                        () -> sendUntilItFails(socket, sent),
                        work -> new Thread(work, "sender").start()))
            .toArray(CompletableFuture[]::new));
  }

  private static void sendUntilItFails(Socket socket, AtomicLong sent) {
    byte[] much = new byte[1 << 16];
    try (socket) {
      OutputStream out = socket.getOutputStream();
      while (true) {
        out.write(much);
        sent.addAndGet(much.length);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether the other end has ended a connection, in whatever way. */
  private static boolean isOver(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (ConnectException e) {
      throw e;
    } catch (IOException reset) {
      return true;
    }
  }

  private static void assertNoThreads() {
    await().atMost(AT_ONCE).untilAsserted(() -> assertThat(threads()).isEmpty());
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("ssh-tunnel-127.0.0.1"))
        .toList();
  }
}
