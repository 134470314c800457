package org.tributary.edge.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tributary.store.Secret;
import org.tributary.testbed.MinaSshServer;
import org.tributary.testbed.SshKeyFile;
import org.tributary.testbed.SshServer;
import org.tributary.testbed.SshServerPlan;

/** What an operator is told when the way through an SSH host stays closed. */
class SshTroubleTest {
  @TempDir Path folder;
  EchoServer database;
  SshServer host;

  @BeforeEach
  void start() {
    database = new EchoServer();
    host =
        MinaSshServer.start(
            SshServerPlan.usual(folder).letting("user_ed25519", "user_ecdsa", "user_rsa"));
  }

  @AfterEach
  void stop() {
    host.close();
    database.close();
  }

  @Test
  void open_whenTheNameDoesNotResolve_isTriedAgainLater() {
    SshSettings there = way().settings();
    SshSettings nowhere =
        new SshSettings(
            "nowhere.invalid", 22, "house", there.keys(), there.trust(), there.patience());

    assertThatThrownBy(() -> SshTunnel.open(nowhere, "127.0.0.1", 1))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the name nowhere.invalid does not resolve");
  }

  @Test
  void open_whenNothingListens_isTriedAgainLater() {
    host.close();

    assertThat(later(way())).startsWith("nothing listens on 127.0.0.1:");
  }

  @Test
  void open_whenTheHostSaysNothing_givesUpInTimeAndIsTriedAgainLater() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Way way =
          Way.to("house", silent.getLocalPort(), folder)
              .with(new Patience(Duration.ofMillis(300), Duration.ofSeconds(15), 3));

      assertThat(later(way)).startsWith("no answer from 127.0.0.1:");
    }
  }

  @Test
  void open_whenItIsNoSshHost_saysSo() throws Exception {
    try (ServerSocket web = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread server =
          new Thread(
              () -> {
                try (var guest = web.accept()) {
                  guest
                      .getOutputStream()
                      .write("SSH-1.5-antique\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  // the test has ended
                }
              });
      server.setDaemon(true);
      server.start();

      assertThat(later(Way.to("house", web.getLocalPort(), folder))).contains("is no SSH server");
    }
  }

  @Test
  void open_whenTheHostHangsUpDuringTheSignIn_isTriedAgainLater() throws Exception {
    var hasty = org.apache.sshd.server.SshServer.setUpDefaultServer();
    hasty.setHost("127.0.0.1");
    hasty.setKeyPairProvider(
        new org.apache.sshd.common.keyprovider.FileKeyPairProvider(
            new SshKeyFile("host_ed25519").writeTo(folder)));
    hasty.setPublickeyAuthenticator(
        (user, key, session) -> {
          session.close(true);
          return false;
        });
    hasty.start();
    try {
      assertThat(later(Way.to("house", hasty.getPort(), folder))).contains("hung up");
    } finally {
      hasty.stop(true);
    }
  }

  @Test
  void open_whenTheKeyIsMissing_saysWhichIsMeant() {
    SshKeys keys = named(folder.resolve("work_key"));

    assertThat(refusal(way().with(keys)))
        .isEqualTo(
            "there is no key %s; expected sshkey to name a private key in sshfolder"
                .formatted(folder.resolve("work_key")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"user_ed25519_locked", "user_rsa_pem_locked", "user_ecdsa_pkcs8_locked"})
  void open_whenTheKeyIsEncrypted_wantsItsPassphraseAndNeverTellsAWrongOne(String key) {
    assertThat(refusal(way().withKey(key)))
        .contains(key + " is encrypted", "sshpassphrasefile", "TRIBUTARY_SSHPASSPHRASE");
    assertThat(refusal(way().withKey(key).withPassphrase("canary")))
        .contains("the passphrase does not open the key", key)
        .doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello\n", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n"})
  void open_whenTheKeyIsNone_saysWhatIsExpected(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("garbage"), text);

    assertThat(refusal(way().with(named(file))))
        .contains(file + " is no private key that is understood", "OpenSSH's format or PEM");
  }

  @Test
  void open_whenTheKeyIsThePublicHalf_saysSo() throws Exception {
    Path file =
        Files.writeString(folder.resolve("house_key"), new SshKeyFile("user_ed25519").publicLine());

    assertThat(refusal(way().with(named(file)))).contains("is the public half of a key");
  }

  @Test
  void open_withoutAnyKey_saysWhereTheyWereSought() {
    SshKeys none =
        new SshKeys(
            List.of(folder.resolve("id_ed25519")),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    assertThat(refusal(way().with(none)))
        .startsWith("there is no key to sign in with: none of " + folder.resolve("id_ed25519"))
        .contains("SSH_AUTH_SOCK");
  }

  @Test
  void open_takesThePassphraseFromAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("pass"), SshKeyFile.PASSPHRASE + "\n");
    Path key = new SshKeyFile("user_rsa_locked").writeTo(folder);
    SshKeys keys =
        new SshKeys(List.of(key), true, Optional.empty(), Optional.of(file), Optional.empty());

    way().with(keys).open(database.port()).close();
    Files.delete(file);

    assertThat(refusal(way().with(keys))).contains("sshpassphrasefile", file.toString());
  }

  @Test
  void open_takesThePassphraseOfTheEnvironmentBeforeTheFiles() throws Exception {
    Path file = Files.writeString(folder.resolve("pass"), "another");
    Path key = new SshKeyFile("user_rsa_locked").writeTo(folder);

    way()
        .with(
            new SshKeys(
                List.of(key),
                true,
                Optional.of(new Secret(SshKeyFile.PASSPHRASE)),
                Optional.of(file),
                Optional.empty()))
        .open(database.port())
        .close();
  }

  private Way way() {
    return Way.to("house", host.port(), folder);
  }

  private static SshKeys named(Path file) {
    return new SshKeys(List.of(file), true, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private String refusal(Way way) {
    return String.valueOf(
        catchThrowableOfType(SshRefusedException.class, () -> way.open(database.port()).close())
            .getMessage());
  }

  private String later(Way way) {
    return String.valueOf(
        catchThrowableOfType(IOException.class, () -> way.open(database.port()).close())
            .getMessage());
  }
}
