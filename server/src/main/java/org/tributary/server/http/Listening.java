package org.tributary.server.http;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * How the HTTP library listens, and what it takes from those who have not yet said who they are: so
 * many connections, for so long, of so many bytes. Nobody has a thread before he has sent something
 * whole. Stateless.
 */
record Listening(InetSocketAddress address, Optional<Tls> tls) {

  /** Most connections at a time. */
  static final int CONNECTIONS = 4_096;

  /** Most of them from one address other than this machine's, where a proxy may stand. */
  static final int CONNECTIONS_OF_ONE = 512;

  /** Most bytes of a request's line and headers. */
  static final int HEADER_BYTES = 8_192;

  /** How long nothing may come, or be taken. */
  static final int IDLE_MILLIS = 60_000;

  /** The same while there are as many connections as may be. */
  static final int IDLE_MILLIS_WHEN_FULL = 5_000;

  /** For bodies that are waited for, gateways at work and in line (16 and 32), and the others. */
  private static final int MAX_THREADS = Transfers.AT_ALL + 48 + 16;

  private static final int MIN_THREADS = 4;
  private static final long STOP_TIMEOUT_MILLIS = 30_000;

  static QueuedThreadPool threads() {
    return new QueuedThreadPool(MAX_THREADS, MIN_THREADS, IDLE_MILLIS, null, null);
  }

  static void prepare(Server server) {
    server.setStopTimeout(STOP_TIMEOUT_MILLIS);
    server.setErrorHandler(new ProblemHandler());
    server.insertHandler(new TokenInPath());
    server.insertHandler(new Lingering());
  }

  ServerConnector connector(Server server, HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setIdleTimeout(IDLE_MILLIS);
    http.setRequestHeaderSize(HEADER_BYTES);
    ServerConnector connector =
        tls.isPresent()
            ? tls.get().connector(server, http)
            : new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(address.getHostString());
    connector.setPort(address.getPort());
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.addBean(new ConnectionsOfOne(CONNECTIONS_OF_ONE, true));
    NetworkConnectionLimit limit = new NetworkConnectionLimit(CONNECTIONS, connector);
    limit.setEndPointIdleTimeout(IDLE_MILLIS_WHEN_FULL);
    server.addBean(limit);
    return connector;
  }
}
