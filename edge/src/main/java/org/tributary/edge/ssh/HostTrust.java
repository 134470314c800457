package org.tributary.edge.ssh;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How an SSH host proves that it is the one that is meant.
 *
 * @param knownHosts files with the keys of hosts, in OpenSSH's form; the first that exists counts
 * @param pinned the one key that the host may show; then no file is looked into
 */
public record HostTrust(List<Path> knownHosts, Optional<Fingerprint> pinned) {

  public HostTrust {
    knownHosts = List.copyOf(knownHosts);
    requireNonNull(pinned, "pinned");
    if (knownHosts.isEmpty() && pinned.isEmpty()) {
      throw new IllegalArgumentException("Nothing says which host is meant");
    }
  }
}
