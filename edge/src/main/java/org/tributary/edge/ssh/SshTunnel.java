package org.tributary.edge.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A port of this machine whose connections come out at another one, as an SSH host sees it.
 *
 * <p>It is open until it is closed or its link dies; after that it is not opened again, a new one
 * is. Safe for use by many threads.
 */
public final class SshTunnel implements AutoCloseable {
  private final Session session;
  private final int localPort;

  private SshTunnel(Session session, int localPort) {
    this.session = session;
    this.localPort = localPort;
  }

  /**
   * Signs in, and makes sure that the port behind the host can be reached.
   *
   * @param dbHost as the SSH host sees it
   * @throws IOException if it may work later: no network, a host that doesn't answer, a database
   *     that is down
   * @throws SshRefusedException if somebody has to act first
   */
  public static SshTunnel open(SshSettings settings, String dbHost, int dbPort)
      throws IOException, SshRefusedException {
    try {
      JSch ssh = new JSch();
      for (Path file : settings.keys().files()) {
        if (Files.exists(file)) {
          ssh.addIdentity(file.toString());
        }
      }
      for (Path file : settings.trust().knownHosts()) {
        if (Files.exists(file)) {
          ssh.setKnownHosts(file.toString());
          break;
        }
      }
      Session session = ssh.getSession(settings.user(), settings.host(), settings.port());
      session.setConfig("StrictHostKeyChecking", "yes");
      session.setDaemonThread(true);
      session.connect((int) settings.patience().connect().toMillis());
      return new SshTunnel(session, session.setPortForwardingL("127.0.0.1", 0, dbHost, dbPort));
    } catch (JSchException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Of this machine, on 127.0.0.1. */
  public int localPort() {
    return localPort;
  }

  /** Whether the link to the host is alive, as far as is known. */
  public boolean isOpen() {
    return session.isConnected();
  }

  /** Ends every connection, then the link, and gives the port back. May be called again. */
  @Override
  public void close() {
    session.disconnect();
  }
}
