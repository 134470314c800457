package org.tributary.edge.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.ssh.KnownHosts.Line;
import org.tributary.edge.ssh.ShownKey.Verdict;

/**
 * Lets nobody through but the host that is meant, and remembers who asked. Learns nothing: an
 * unknown key stays unknown until the operator writes it down.
 *
 * <p>For one attempt to connect, in one thread.
 */
final class HostKeyGate implements HostKeyRepository {
  private final String name;
  private final Optional<Fingerprint> pinned;
  private final Path file;
  private final List<Line> known;
  private @Nullable ShownKey shown;

  private HostKeyGate(String name, Optional<Fingerprint> pinned, Path file, List<Line> known) {
    this.name = name;
    this.pinned = pinned;
    this.file = file;
    this.known = known;
  }

  static HostKeyGate of(SshSettings settings) throws SshRefusedException {
    HostTrust trust = settings.trust();
    String name = KnownHosts.nameOf(settings.host(), settings.port());
    if (trust.pinned().isPresent()) {
      return new HostKeyGate(name, trust.pinned(), Path.of(""), List.of());
    }
    List<Path> files = trust.knownHosts();
    Path file = files.stream().filter(Files::exists).findFirst().orElse(files.get(0));
    try {
      KnownHosts hosts = Files.exists(file) ? KnownHosts.read(file) : KnownHosts.none();
      return new HostKeyGate(name, Optional.empty(), file, hosts.of(name));
    } catch (IOException e) {
      throw new SshRefusedException(
          "%s, which says whom to trust, can't be read: %s".formatted(file, e.getMessage())
              + "; let this user read it, or set known_hosts or hostkey");
    }
  }

  /** The key that the host showed; empty if it did not come to that. */
  Optional<ShownKey> shown() {
    return Optional.ofNullable(shown);
  }

  /** Whether a host that showed another key may have the right one as well, of another kind. */
  boolean mayHaveAnother() {
    return pinned.isPresent();
  }

  @Override
  public int check(String host, byte[] key) {
    ShownKey found = found(key);
    shown = found;
    return switch (found.verdict()) {
      case KNOWN -> OK;
      case UNKNOWN -> NOT_INCLUDED;
      case CHANGED, REVOKED -> CHANGED;
    };
  }

  private ShownKey found(byte[] bytes) {
    String key = Base64.getEncoder().encodeToString(bytes);
    String type = typeOf(bytes);
    if (pinned.isPresent()) {
      boolean meant = Fingerprint.of(bytes).equals(pinned.get());
      return new ShownKey(
          name,
          type,
          key,
          meant ? Verdict.KNOWN : Verdict.CHANGED,
          meant ? "hostkey" : "hostkey = " + pinned.get());
    }
    List<Line> same = known.stream().filter(line -> line.key().equals(key)).toList();
    Optional<Line> revoked = same.stream().filter(Line::revoked).findFirst();
    if (revoked.isPresent()) {
      return new ShownKey(name, type, key, Verdict.REVOKED, where(revoked.get()));
    }
    if (!same.isEmpty()) {
      return new ShownKey(name, type, key, Verdict.KNOWN, where(same.get(0)));
    }
    return known.stream()
        .filter(line -> !line.revoked())
        .findFirst()
        .map(line -> new ShownKey(name, type, key, Verdict.CHANGED, where(line)))
        .orElseGet(() -> new ShownKey(name, type, key, Verdict.UNKNOWN, "not in " + file));
  }

  private String where(Line line) {
    return "%s, line %d".formatted(file, line.number());
  }

  /** A public key begins with the length and the name of its type. */
  private static String typeOf(byte[] key) {
    int length = key.length < 4 ? 0 : key[3];
    StringBuilder type = new StringBuilder();
    for (int at = 4; at < Math.min(4 + length, key.length); at++) {
      type.append((char) key[at]);
    }
    return type.toString();
  }

  /** By these the library knows which kinds of keys to ask the host for first. */
  @Override
  public HostKey[] getHostKey(@Nullable String host, @Nullable String type) {
    return known.stream()
        .filter(line -> !line.revoked())
        .flatMap(line -> asked(line).stream())
        .toArray(HostKey[]::new);
  }

  /** Empty for a kind of key that the library can't ask for. */
  private Optional<HostKey> asked(Line line) {
    try {
      return Optional.of(new HostKey(name, Base64.getDecoder().decode(line.key())));
    } catch (JSchException | RuntimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public HostKey[] getHostKey() {
    return getHostKey(null, null);
  }

  @Override
  public String getKnownHostsRepositoryID() {
    return file.toString();
  }

  @Override
  public void add(HostKey key, @Nullable UserInfo person) {
    throw new UnsupportedOperationException("Nothing is trusted by itself");
  }

  @Override
  public void remove(String host, String type) {
    throw new UnsupportedOperationException("Only the operator forgets a host");
  }

  @Override
  public void remove(String host, String type, byte[] key) {
    throw new UnsupportedOperationException("Only the operator forgets a host");
  }
}
