package org.tributary.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ConnectionsOfOneTest {

  static final int MOST = 3;

  final Server server = new Server();
  final ServerConnector connector = new ServerConnector(server);
  final List<Socket> open = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (Socket each : open) {
      each.close();
    }
    server.stop();
  }

  @Test
  void furtherConnectionsOfOneAddress_areClosed_untilOneOfItsOthersIs() throws Exception {
    start(new ConnectionsOfOne(MOST, false));
    for (int i = 0; i < MOST; i++) {
      assertThat(isAnswered(connect())).isTrue();
    }

    for (int i = 0; i < 20; i++) {
      assertThat(isAnswered(connect())).isFalse();
    }

    open.get(0).close();
    while (!isAnswered(connect())) { // the server hears of it a moment later
      Thread.onSpinWait();
    }
    assertThat(isAnswered(connect())).isFalse();
    assertThat(isAnswered(open.get(1))).isTrue();
  }

  @Test
  void thisMachine_mayBeSpared() throws Exception {
    start(new ConnectionsOfOne(MOST, true));

    for (int i = 0; i < 3 * MOST; i++) {
      assertThat(isAnswered(connect())).isTrue();
    }
  }

  private void start(ConnectionsOfOne limit) throws Exception {
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    connector.addBean(limit);
    server.addConnector(connector);
    server.start();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    open.add(socket);
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), connector.getLocalPort()));
    return socket;
  }

  private static boolean isAnswered(Socket socket) {
    try {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      if (socket.getInputStream().read() < 0) {
        socket.close();
        return false;
      }
      socket.getInputStream().skipNBytes(socket.getInputStream().available());
      return true;
    } catch (IOException e) {
      return false; // reset
    }
  }
}
