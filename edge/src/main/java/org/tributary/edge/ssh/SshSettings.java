package org.tributary.edge.ssh;

import static java.util.Objects.requireNonNull;

/**
 * How to sign in to one SSH host.
 *
 * @param host a name or an address; one of IPv6 stands without brackets
 * @param user who signs in there
 * @param keys what the user signs in with
 * @param trust how the host proves who it is
 */
public record SshSettings(
    String host, int port, String user, SshKeys keys, HostTrust trust, Patience patience) {

  public SshSettings {
    requireNonNull(host, "host");
    requireNonNull(user, "user");
    requireNonNull(keys, "keys");
    requireNonNull(trust, "trust");
    requireNonNull(patience, "patience");
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port %d".formatted(port));
    }
  }

  /** As messages name the host; the port only where it is not the usual one. */
  public String address() {
    return port == 22
        ? host
        : host.contains(":") ? "[%s]:%d".formatted(host, port) : host + ":" + port;
  }
}
