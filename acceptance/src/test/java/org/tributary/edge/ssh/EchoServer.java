package org.tributary.edge.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Stands for a database: says back whatever it hears, and no more once its guest says no more. */
final class EchoServer implements AutoCloseable {
  private final ServerSocket door;

  EchoServer() {
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::greet);
  }

  int port() {
    return door.getLocalPort();
  }

  private void greet() {
    while (!door.isClosed()) {
      try {
        Socket guest = door.accept();
        start(() -> echo(guest));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void echo(Socket guest) {
    try (guest) {
      guest.getInputStream().transferTo(guest.getOutputStream());
    } catch (IOException e) {
      // the guest has gone
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "echo");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
