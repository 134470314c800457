package org.tributary.edge.ssh;

import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tributary.edge.ssh.ShownKey.Verdict;

/**
 * A connection to an SSH host that a user has signed in on, until it is closed or dies.
 *
 * <p>Safe for use by many threads.
 */
final class SshLink implements AutoCloseable {

  /** How long a host that is told good-bye may take for it. */
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  /**
   * Kinds of host keys, for hosts that have more than one; those signed by others are not asked.
   */
  private static final List<String> KINDS =
      List.of(
          "ssh-ed25519",
          "ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521",
          "rsa-sha2-512,rsa-sha2-256");

  private final SshSettings settings;
  private final Session session;
  private final HeardSocket connection;
  private final TunnelThreads threads;
  private final LifeSigns lifeSigns;
  private final KeyRing keys;
  private final AtomicBoolean closed = new AtomicBoolean();

  private SshLink(
      SshSettings settings,
      Session session,
      HeardSocket connection,
      TunnelThreads threads,
      KeyRing keys) {
    this.settings = settings;
    this.session = session;
    this.connection = connection;
    this.threads = threads;
    this.keys = keys;
    this.lifeSigns =
        new LifeSigns(connection, session::sendKeepAliveMsg, settings.patience(), threads);
  }

  /**
   * Connects, makes sure that it is the host that is meant, and signs in.
   *
   * @param gate hears of the key that the host shows
   */
  static SshLink open(SshSettings settings, HostKeyGate gate, KeyRing keys)
      throws IOException, SshRefusedException {
    SshRefusedException another;
    try {
      return attempt(settings, gate, keys, String.join(",", KINDS));
    } catch (SshRefusedException e) {
      if (!isAnother(gate) || !gate.mayHaveAnother()) {
        throw e;
      }
      another = e;
    }
    ShownKey first = gate.shown().orElseThrow();
    for (String kind : KINDS) {
      if (!kind.contains(first.type().replace("ssh-rsa", "rsa-"))) {
        try {
          return attempt(settings, gate, keys, kind);
        } catch (SshRefusedException e) {
          if (!isAnother(gate)) {
            throw e;
          }
        }
      }
    }
    throw another;
  }

  /** Whether the host showed a key, and not the one that is meant. */
  private static boolean isAnother(HostKeyGate gate) {
    return gate.shown().filter(key -> key.verdict() != Verdict.KNOWN).isPresent();
  }

  private static SshLink attempt(
      SshSettings settings, HostKeyGate gate, KeyRing keys, String hostKeyKinds)
      throws IOException, SshRefusedException {
    int patience = (int) settings.patience().connect().toMillis();
    HeardSocket connection = new HeardSocket(settings.patience().connect());
    TunnelThreads threads = new TunnelThreads(settings.host());
    try {
      Session session = new JSch().getSession(settings.user(), settings.host(), settings.port());
      session.setHostKeyRepository(gate);
      session.setIdentityRepository(keys);
      session.setSocketFactory(connection);
      session.setThreadFactory(threads);
      session.setDaemonThread(true);
      session.setConfig("StrictHostKeyChecking", "yes");
      session.setConfig("server_host_key", hostKeyKinds);
      session.setConfig("PreferredAuthentications", "publickey");
      session.connect(patience);
      return new SshLink(settings, session, connection, threads, keys);
    } catch (JSchException e) {
      connection.cut();
      throw new Trouble(settings).whileSigningIn(e, gate.shown(), keys, connection.broke());
    }
  }

  /** The key that the host took. */
  Optional<String> key() {
    return keys.taken();
  }

  SshSettings settings() {
    return settings;
  }

  TunnelThreads threads() {
    return threads;
  }

  boolean isOpen() {
    return !closed.get() && session.isConnected() && !connection.broke();
  }

  /** Makes sure that the host lets connections through to a port, and that something answers. */
  void reach(String host, int port) throws IOException, SshRefusedException {
    ChannelDirectTCPIP channel = channel(host, port);
    try {
      connect(channel, host, port);
    } finally {
      channel.disconnect();
    }
  }

  /** A connection behind the host, which is not made yet. */
  ChannelDirectTCPIP channel(String host, int port) throws IOException {
    try {
      ChannelDirectTCPIP channel = (ChannelDirectTCPIP) session.getStreamForwarder(host, port);
      return channel;
    } catch (JSchException e) {
      throw new IOException(
          "the way to the SSH host %s broke off".formatted(settings.address()), e);
    }
  }

  /** Makes a connection behind the host. */
  void connect(ChannelDirectTCPIP channel, String host, int port)
      throws IOException, SshRefusedException {
    Exception failure = new IOException("The channel did not open");
    try {
      channel.connect((int) settings.patience().connect().toMillis());
      if (channel.isConnected()) {
        return;
      }
    } catch (JSchException e) {
      failure = e;
    }
    if (!isOpen()) {
      throw new IOException(
          "the way to the SSH host %s broke off".formatted(settings.address()), failure);
    }
    throw new Trouble(settings).whileForwarding(host, port, channel.getExitStatus(), failure);
  }

  /** Says good-bye, as long as the host listens, and leaves no thread behind. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      lifeSigns.cutIn(GOODBYE); // on a dead link the good-bye would wait behind what was written
      session.disconnect();
      connection.cut();
      lifeSigns.close();
      threads.end(GOODBYE);
    }
  }
}
