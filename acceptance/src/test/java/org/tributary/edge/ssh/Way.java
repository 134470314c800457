package org.tributary.edge.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.tributary.store.Secret;
import org.tributary.testbed.SshKeyFile;

/** Settings of one gateway with a folder for its keys, changed one at a time. */
record Way(Path folder, SshSettings settings) {

  static final Patience PATIENCE = new Patience(Duration.ofSeconds(20), Duration.ofSeconds(15), 3);

  /** The host is known by its ed25519 key, and the user has the key that hosts usually let in. */
  static Way to(String user, int port, Path folder) {
    Path key = new SshKeyFile("user_ed25519").writeTo(folder);
    SshSettings settings =
        new SshSettings(
            "127.0.0.1",
            port,
            user,
            new SshKeys(List.of(key), true, Optional.empty(), Optional.empty(), Optional.empty()),
            new HostTrust(List.of(folder.resolve("known_hosts")), Optional.empty()),
            PATIENCE);
    return new Way(folder, settings).knowing("host_ed25519");
  }

  /** Whose known_hosts has these keys of the host, and nothing else. */
  Way knowing(String... hostKeys) {
    String name = KnownHosts.nameOf(settings.host(), settings.port());
    return knowingLines(
        List.of(hostKeys).stream()
            .map(key -> name + " " + new SshKeyFile(key).publicLine())
            .toArray(String[]::new));
  }

  Way knowingLines(String... lines) {
    try {
      Files.write(folder.resolve("known_hosts"), List.of(lines));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Way pinning(Fingerprint pinned) {
    return with(new HostTrust(settings.trust().knownHosts(), Optional.of(pinned)), settings.keys());
  }

  Way withKey(String name) {
    Path file = new SshKeyFile(name).writeTo(folder);
    SshKeys old = settings.keys();
    return with(
        new SshKeys(List.of(file), true, old.passphrase(), old.passphraseFile(), old.agent()));
  }

  Way with(SshKeys keys) {
    return with(settings.trust(), keys);
  }

  Way withPassphrase(String passphrase) {
    SshKeys old = settings.keys();
    return with(
        new SshKeys(
            old.files(),
            old.chosen(),
            Optional.of(new Secret(passphrase)),
            old.passphraseFile(),
            old.agent()));
  }

  Way with(Patience patience) {
    return new Way(
        folder,
        new SshSettings(
            settings.host(),
            settings.port(),
            settings.user(),
            settings.keys(),
            settings.trust(),
            patience));
  }

  private Way with(HostTrust trust, SshKeys keys) {
    return new Way(
        folder,
        new SshSettings(
            settings.host(), settings.port(), settings.user(), keys, trust, settings.patience()));
  }

  /** Of a key for tests. */
  static Fingerprint fingerprint(String key) {
    String base64 = new SshKeyFile(key).publicLine().split(" ", -1)[1];
    return Fingerprint.of(Base64.getDecoder().decode(base64));
  }

  SshTunnel open(int dbPort) throws IOException, SshRefusedException {
    return SshTunnel.open(settings, "127.0.0.1", dbPort);
  }
}
