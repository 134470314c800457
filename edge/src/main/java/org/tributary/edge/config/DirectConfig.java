package org.tributary.edge.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.tributary.store.DatabaseUrl;

/**
 * The way into a remote's database through SSH, as the oldest configuration files describe it.
 *
 * @param host that SSH connects to; an IPv6 address stands without brackets
 * @param port that SSH connects to
 * @param database as seen from that host
 * @param lastUpdate up to when the previous program says it had sent; empty means from the start
 * @param sshKey the name of the key file within the folder, as written: old files name the public
 *     half ({@code work_key.pub})
 */
public record DirectConfig(
    String host,
    int port,
    DatabaseUrl database,
    Optional<Instant> lastUpdate,
    Optional<String> sshUser,
    Optional<Path> sshFolder,
    Optional<String> sshKey) {

  public DirectConfig {
    requireNonNull(host, "host");
    requireNonNull(database, "database");
    requireNonNull(lastUpdate, "lastUpdate");
    requireNonNull(sshUser, "sshUser");
    requireNonNull(sshFolder, "sshFolder");
    requireNonNull(sshKey, "sshKey");
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port %d".formatted(port));
    }
  }
}
