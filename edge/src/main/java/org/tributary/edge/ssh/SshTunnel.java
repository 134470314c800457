package org.tributary.edge.ssh;

import java.io.IOException;

/**
 * A port of this machine whose connections come out at another one, as an SSH host sees it.
 *
 * <p>It is open until it is closed or its link dies; after that it is not opened again, a new one
 * is. Safe for use by many threads.
 */
public final class SshTunnel implements AutoCloseable {
  private final SshLink link;
  private final NearEnd nearEnd;

  private SshTunnel(SshLink link, NearEnd nearEnd) {
    this.link = link;
    this.nearEnd = nearEnd;
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
    SshLink link = SshLink.open(settings, HostKeyGate.of(settings), KeyRing.of(settings.keys()));
    try {
      link.reach(dbHost, dbPort);
      return new SshTunnel(link, NearEnd.open(link, dbHost, dbPort));
    } catch (IOException | SshRefusedException | RuntimeException e) {
      link.close();
      throw e;
    }
  }

  /** Of this machine, on 127.0.0.1. */
  public int localPort() {
    return nearEnd.port();
  }

  /** Whether the link to the host is alive, as far as is known. */
  public boolean isOpen() {
    return link.isOpen();
  }

  /** Ends every connection, then the link, and gives the port back. May be called again. */
  @Override
  public void close() {
    nearEnd.close();
    link.close();
  }
}
