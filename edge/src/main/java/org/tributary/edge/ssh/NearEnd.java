package org.tributary.edge.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The near end of a tunnel: any free port of this machine, open to this machine alone.
 *
 * <p>It is kept until it is closed, even if the link dies before: nobody else can then be given a
 * port that a database's password may still be sent to.
 */
final class NearEnd implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NearEnd.class);
  private static final int WAITING = 50;

  private final ServerSocket door;
  private final SshLink link;
  private final String host;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private NearEnd(ServerSocket door, SshLink link, String host, int port) {
    this.door = door;
    this.link = link;
    this.host = host;
    this.port = port;
  }

  /**
   * Begins to take connections.
   *
   * @param host that they come out at, with
   * @param port as the SSH host sees them
   */
  static NearEnd open(SshLink link, String host, int port) throws IOException {
    byte[] thisMachine = {127, 0, 0, 1};
    ServerSocket door = new ServerSocket(0, WAITING, InetAddress.getByAddress(thisMachine));
    NearEnd end = new NearEnd(door, link, host, port);
    link.threads().newThread(end::takeConnections).start();
    return end;
  }

  int port() {
    return door.getLocalPort();
  }

  private void takeConnections() {
    while (!door.isClosed()) {
      try {
        take(door.accept());
      } catch (IOException closed) { // of one connection, or of the door, which ends the loop
        log.debug("The near end of a tunnel to {}:{}: {}", host, port, closed.getMessage());
      }
    }
  }

  private void take(Socket near) throws IOException {
    open.add(near);
    if (link.isOpen() && !door.isClosed()) {
      Runnable passage = new Passage(near, link, host, port);
      link.threads().newThread(() -> pass(passage, near)).start();
    } else {
      open.remove(near);
      near.close();
    }
  }

  private void pass(Runnable passage, Socket near) {
    try {
      passage.run();
    } finally {
      open.remove(near);
    }
  }

  /** Takes no more connections and ends those there are. */
  @Override
  public void close() {
    closeQuietly(door);
    open.forEach(NearEnd::closeQuietly);
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) { // a socket that can't be closed is closed
      log.debug("While closing the near end of a tunnel: {}", e.getMessage());
    }
  }
}
