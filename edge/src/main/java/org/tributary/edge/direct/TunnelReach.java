package org.tributary.edge.direct;

import java.io.IOException;
import org.tributary.edge.config.DirectConfig;
import org.tributary.edge.ssh.SshRefusedException;
import org.tributary.edge.ssh.SshTunnel;
import org.tributary.store.DatabaseUrl;

/** A database behind an SSH host. */
public record TunnelReach(DirectConfig config) implements Reach {

  @Override
  public Way open() throws IOException, NoWayException {
    try {
      return new Tunnelled(
          SshTunnel.open(config.ssh(), config.dbHost(), config.dbPort()),
          config.database(),
          config.ssh().address());
    } catch (SshRefusedException e) {
      throw new NoWayException(String.valueOf(e.getMessage()), e);
    }
  }

  private record Tunnelled(SshTunnel tunnel, DatabaseUrl database, String host) implements Way {
    @Override
    public DatabaseUrl url() {
      return database.withHostAndPort("127.0.0.1", tunnel.localPort());
    }

    @Override
    public DatabaseUrl known() {
      return database;
    }

    @Override
    public boolean isOpen() {
      return tunnel.isOpen();
    }

    @Override
    public String words() {
      return "The SSH connection to " + host;
    }

    @Override
    public void close() {
      tunnel.close();
    }
  }
}
