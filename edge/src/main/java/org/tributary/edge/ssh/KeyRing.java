package org.tributary.edge.ssh;

import static java.util.stream.Collectors.joining;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import com.jcraft.jsch.SSHAgentConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import org.tributary.store.Secret;

/** The keys that are offered to an SSH host, in their order, and what became of the others. */
final class KeyRing implements IdentityRepository {
  private final List<OfferedKey> keys;
  private final List<String> unusable;

  private KeyRing(List<OfferedKey> keys, List<String> unusable) {
    this.keys = keys;
    this.unusable = unusable;
  }

  /** Opens nothing, but a host shows its own key to everybody. */
  static KeyRing empty() {
    return new KeyRing(List.of(), List.of());
  }

  /**
   * Gathers the keys.
   *
   * @throws SshRefusedException if there is none to sign in with; says what is wrong with each
   */
  static KeyRing of(SshKeys settings) throws SshRefusedException {
    List<OfferedKey> keys = new ArrayList<>();
    List<String> unusable = new ArrayList<>();
    List<OfferedKey> held = settings.agent().map(KeyRing::agent).orElse(List.of());
    Optional<Secret> passphrase = passphrase(settings);
    for (Path file : settings.files()) {
      PrivateKeyFile key = new PrivateKeyFile(file);
      if (settings.chosen() || Files.exists(file)) {
        try {
          keys.add(key.open(passphrase));
        } catch (SshRefusedException e) {
          Optional<OfferedKey> byAgent =
              key.publicHalf()
                  .flatMap(half -> held.stream().filter(each -> each.isSameAs(half)).findFirst());
          byAgent.ifPresentOrElse(keys::add, () -> unusable.add(e.getMessage()));
        }
      }
    }
    if (!settings.chosen()) {
      held.stream()
          .filter(each -> keys.stream().noneMatch(key -> key.isSameAs(each.getPublicKeyBlob())))
          .forEach(keys::add);
    }
    if (keys.isEmpty()) {
      throw new SshRefusedException(
          unusable.isEmpty() ? nothing(settings) : String.join("; ", unusable));
    }
    return new KeyRing(keys, unusable);
  }

  private static String nothing(SshKeys settings) {
    return "there is no key to sign in with: none of %s, and %s; name one with sshfolder and sshkey"
        .formatted(
            settings.files().stream().map(Path::toString).collect(joining(", ")),
            settings.agent().isPresent() ? "no key in the agent" : "no agent (SSH_AUTH_SOCK)");
  }

  private static Optional<Secret> passphrase(SshKeys settings) throws SshRefusedException {
    if (settings.passphrase().isPresent() || settings.passphraseFile().isEmpty()) {
      return settings.passphrase();
    }
    Path file = settings.passphraseFile().get();
    try {
      String text = Files.readString(file);
      return Optional.of(new Secret(text.lines().findFirst().orElse("")));
    } catch (IOException e) {
      throw new SshRefusedException(
          "the passphrase can't be read (sshpassphrasefile): %s; expected a file that this user may"
                  .formatted(e.getMessage())
              + " read, with the passphrase on its first line");
    }
  }

  /** What the agent holds; nothing if it doesn't answer. */
  private static List<OfferedKey> agent(Path socket) {
    try {
      return new AgentIdentityRepository(new SSHAgentConnector(socket))
          .getIdentities().stream().map(OfferedKey::ofAgent).toList();
    } catch (AgentProxyException e) { // as if there were none; the files may do
      return List.of();
    }
  }

  /** All keys, as messages name them. */
  String words() {
    return keys.stream().map(OfferedKey::words).collect(joining(", "));
  }

  /** What keeps other keys from being tried. */
  List<String> unusable() {
    return unusable;
  }

  /** After a sign-in: the key that the host took. */
  Optional<String> taken() {
    return keys.stream().filter(OfferedKey::hasSigned).map(OfferedKey::words).reduce((a, b) -> b);
  }

  @Override
  @SuppressWarnings("JdkObsolete") // the library asks for it
  public Vector<Identity> getIdentities() {
    return new Vector<>(keys);
  }

  @Override
  public String getName() {
    return "keys of the configuration";
  }

  @Override
  public int getStatus() {
    return RUNNING;
  }

  @Override
  public boolean add(byte[] identity) {
    return false;
  }

  @Override
  public boolean remove(byte[] publicKey) {
    return false;
  }

  @Override
  public void removeAll() {
    // nothing is ever taken out
  }
}
