package org.tributary.edge.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.ssh.ShownKey.Verdict;

/**
 * Goes the way through an SSH host step by step, so that each can be told by itself. Connects once,
 * at the first question.
 *
 * <p>For one thread.
 */
public final class SshExamination implements AutoCloseable {
  private final SshSettings settings;
  private final String dbHost;
  private final int dbPort;
  private boolean tried;
  private @Nullable HostKeyGate gate;
  private @Nullable SshLink link;
  private @Nullable IOException later;
  private @Nullable SshRefusedException refused;

  /**
   * Nothing is connected yet.
   *
   * @param dbHost as the SSH host sees it
   */
  public SshExamination(SshSettings settings, String dbHost, int dbPort) {
    this.settings = settings;
    this.dbHost = dbHost;
    this.dbPort = dbPort;
  }

  /** The key that the host shows, known or not; empty if it did not come to that. */
  public Optional<ShownKey> hostKey() {
    connect();
    return gate == null ? Optional.empty() : gate.shown();
  }

  /**
   * Signs in.
   *
   * @return the key that the host took; empty if it wanted none
   */
  public Optional<String> signIn() throws IOException, SshRefusedException {
    return link().key();
  }

  /** Makes sure that the host lets connections through to the database's port. */
  public void reach() throws IOException, SshRefusedException {
    link().reach(dbHost, dbPort);
  }

  /** What is done with a connection. */
  public interface Talk<T> {
    T with(Socket database) throws IOException;
  }

  /** Talks to the database through the tunnel. */
  public <T> T talk(Talk<T> talk) throws IOException, SshRefusedException {
    byte[] thisMachine = {127, 0, 0, 1};
    try (NearEnd end = NearEnd.open(link(), dbHost, dbPort);
        Socket socket = new Socket(InetAddress.getByAddress(thisMachine), end.port())) {
      socket.setSoTimeout((int) settings.patience().connect().toMillis());
      return talk.with(socket);
    }
  }

  private SshLink link() throws IOException, SshRefusedException {
    connect();
    if (refused != null) {
      throw refused;
    }
    if (later != null) {
      throw later;
    }
    if (link == null) {
      throw new IllegalStateException("The attempt came to something");
    }
    return link;
  }

  private void connect() {
    if (tried) {
      return;
    }
    tried = true;
    try {
      HostKeyGate opened = HostKeyGate.of(settings);
      gate = opened;
      link = SshLink.open(settings, opened, keys());
      refused = null; // it wanted no key
    } catch (IOException e) {
      later = e;
    } catch (SshRefusedException e) {
      boolean isMeant = hostKey().filter(key -> key.verdict() == Verdict.KNOWN).isPresent();
      refused = refused == null || !isMeant ? e : refused;
    }
  }

  /** Without a key there is still a host to look at. */
  private KeyRing keys() {
    try {
      return KeyRing.of(settings.keys());
    } catch (SshRefusedException e) {
      refused = e;
      return KeyRing.empty();
    }
  }

  @Override
  public void close() {
    if (link != null) {
      link.close();
    }
  }
}
