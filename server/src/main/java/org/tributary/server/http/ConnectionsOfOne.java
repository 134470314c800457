package org.tributary.server.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.SocketChannelEndPoint;

/**
 * Lets one address, or {@linkplain Network network} of IPv6, have so many connections at a time;
 * further ones are closed as they come, so that it can't take the places of all. Thread-safe.
 */
final class ConnectionsOfOne implements Connection.Listener {

  private final int most;
  private final boolean sparesLoopback;
  private final Map<InetAddress, Integer> open = new HashMap<>();

  /** A connection that is closed no longer tells where it came from. */
  private final Map<Connection, InetAddress> counted = new HashMap<>();

  /**
   * @param sparesLoopback whether this machine may have more: all that a proxy lets through come
   *     from there
   */
  ConnectionsOfOne(int most, boolean sparesLoopback) {
    this.most = most;
    this.sparesLoopback = sparesLoopback;
  }

  @Override
  public void onOpened(Connection connection) {
    Optional<InetAddress> from = from(connection);
    if (from.isPresent() && !isTaken(connection, from.get())) {
      connection.close();
    }
  }

  private synchronized boolean isTaken(Connection connection, InetAddress from) {
    int now = open.getOrDefault(from, 0);
    if (now >= most) {
      return false;
    }
    open.put(from, now + 1);
    counted.put(connection, from);
    return true;
  }

  @Override
  public synchronized void onClosed(Connection connection) {
    InetAddress from = counted.remove(connection);
    if (from != null) {
      open.computeIfPresent(from, (address, count) -> count == 1 ? null : count - 1);
    }
  }

  /** Empty for what is inside another connection, such as HTTP in TLS, and for who is spared. */
  private Optional<InetAddress> from(Connection connection) {
    return connection.getEndPoint() instanceof SocketChannelEndPoint endPoint
            && endPoint.getRemoteSocketAddress() instanceof InetSocketAddress address
        ? Optional.ofNullable(address.getAddress())
            .filter(each -> !(sparesLoopback && each.isLoopbackAddress()))
            .map(Network::of)
        : Optional.empty();
  }
}
