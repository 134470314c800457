package org.tributary.edge.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tributary.edge.config.ConfigFile.Section;
import org.tributary.edge.ssh.Fingerprint;
import org.tributary.edge.ssh.HostTrust;
import org.tributary.edge.ssh.Patience;
import org.tributary.edge.ssh.SshKeys;
import org.tributary.edge.ssh.SshSettings;
import org.tributary.store.Secret;

/**
 * Finds out how the section of a remote means to sign in to its SSH host. What it leaves out is as
 * {@code ssh} has it: the user who runs the program, with the keys and the known hosts in {@code
 * ~/.ssh}, and the agent.
 */
final class SshReader {
  private static final String PASSPHRASE = "TRIBUTARY_SSHPASSPHRASE";
  private static final String PUBLIC_HALF = ".pub";
  private static final int USUAL_PORT = 22;

  /** In the order in which {@code ssh} prefers them today. */
  private static final List<String> USUAL_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

  private final Section section;
  private final Path folder;
  private final Map<String, String> environment;
  private final Problems problems;

  SshReader(Section section, Path folder, Map<String, String> environment, Problems problems) {
    this.section = section;
    this.folder = folder;
    this.environment = environment;
    this.problems = problems;
  }

  /** Empty if there are problems, which are reported then. */
  Optional<SshSettings> read(Setting url) {
    Optional<SshHost> host = problems.meaningOf(url, SshHost::parse);
    Optional<Path> sshFolder = path("sshfolder");
    Path keyFolder = sshFolder.orElseGet(this::ownFolder);
    Optional<Integer> port =
        given("sshport").flatMap(set -> problems.meaningOf(set, PortNumber::parse));
    Optional<String> user = given("sshuser").map(Setting::value);
    SshKeys keys = keys(keyFolder);
    HostTrust trust = trust(keyFolder);
    if (host.isEmpty()) {
      return Optional.empty();
    }
    SshHost there = host.get();
    if (user.isPresent() && there.user().isPresent() && !user.equals(there.user())) {
      problems.add(url, "names another user than sshuser; expected one of the two");
    }
    if (port.isPresent() && there.port().isPresent() && port.get() != there.port().getAsInt()) {
      problems.add(url, "names another port than sshport; expected one of the two");
    }
    return Optional.of(
        new SshSettings(
            there.name(),
            port.orElse(there.port().orElse(USUAL_PORT)),
            user.or(there::user).orElseGet(() -> System.getProperty("user.name", "")),
            keys,
            trust,
            Patience.DEFAULT));
  }

  private SshKeys keys(Path keyFolder) {
    Optional<Path> named =
        given("sshkey")
            .flatMap(set -> problems.meaningOf(set, key -> within(keyFolder, privateHalf(key))));
    return new SshKeys(
        named.map(List::of).orElseGet(() -> USUAL_KEYS.stream().map(keyFolder::resolve).toList()),
        named.isPresent(),
        variable(PASSPHRASE).map(Secret::new),
        path("sshpassphrasefile"),
        variable("SSH_AUTH_SOCK").map(Path::of));
  }

  /** Old files name {@code work_key.pub}, and the private half lies beside it. */
  private static String privateHalf(String key) {
    return key.endsWith(PUBLIC_HALF) && key.length() > PUBLIC_HALF.length()
        ? key.substring(0, key.length() - PUBLIC_HALF.length())
        : key;
  }

  private HostTrust trust(Path keyFolder) {
    Optional<Path> knownHosts = path("known_hosts");
    return new HostTrust(
        knownHosts
            .map(List::of)
            .orElseGet(
                () ->
                    List.of(keyFolder.resolve("known_hosts"), ownFolder().resolve("known_hosts"))),
        given("hostkey").flatMap(set -> problems.meaningOf(set, Fingerprint::parse)));
  }

  private Path ownFolder() {
    String home = variable("HOME").orElseGet(() -> System.getProperty("user.home", ""));
    return Path.of(home, ".ssh");
  }

  private Optional<Path> path(String key) {
    return given(key).flatMap(set -> problems.meaningOf(set, this::resolved));
  }

  private Path resolved(String text) {
    if (text.startsWith("~")) {
      throw new IllegalArgumentException("~ is not understood; expected the whole path");
    }
    return within(folder, text).normalize();
  }

  private static Path within(Path folder, String text) {
    try {
      return folder.resolve(text);
    } catch (InvalidPathException e) { // of a service without a locale, for example
      throw new IllegalArgumentException(
          "holds letters that file names can't have here; expected others, or LANG=C.UTF-8 in the"
              + " environment of this program",
          e);
    }
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private Optional<Setting> given(String key) {
    return section.given(key, problems);
  }
}
