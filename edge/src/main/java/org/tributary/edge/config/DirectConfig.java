package org.tributary.edge.config;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.tributary.edge.ssh.SshSettings;
import org.tributary.store.DatabaseUrl;

/**
 * The way into a remote's database through SSH.
 *
 * @param ssh where SSH connects to, and how it signs in there
 * @param database as seen from that host, and never to be opened from here: its host and port mean
 *     something else on this machine
 * @param lastUpdate up to when the previous program says it had sent; empty means from the start
 * @param createTables whether tables of ours may be created in that database
 */
public record DirectConfig(
    SshSettings ssh, DatabaseUrl database, Optional<Instant> lastUpdate, boolean createTables) {

  public DirectConfig {
    requireNonNull(ssh, "ssh");
    requireNonNull(lastUpdate, "lastUpdate");
    if (database.host().isEmpty()) {
      throw new IllegalArgumentException("%s is not behind a host".formatted(database));
    }
  }

  /** The database's host, as the SSH host sees it. */
  public String dbHost() {
    return database.host().orElseThrow();
  }

  /** The database's port, as the SSH host sees it. */
  public int dbPort() {
    return database.port().orElseThrow();
  }
}
