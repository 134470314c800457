package org.tributary.edge.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A link that can die as a mobile one does: nothing gets through any more, and nobody is told. What
 * is sent is taken as long as there is room.
 */
final class FreezingProxy implements AutoCloseable {
  private final ServerSocket door;
  private final int port;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile boolean frozen;

  FreezingProxy(int port) {
    this.port = port;
    try {
      door = new ServerSocket();
      door.setReceiveBufferSize(4096); // so that a sender has to wait soon
      door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::pass);
  }

  int port() {
    return door.getLocalPort();
  }

  void freeze() {
    frozen = true;
  }

  private void pass() {
    try {
      while (true) {
        Socket near = door.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), port);
        open.add(near);
        open.add(far);
        start(() -> carry(near, far));
        start(() -> carry(far, near));
      }
    } catch (IOException closed) {
      // the door, at the end of the test
    }
  }

  private void carry(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[8192];
      int count = in.read(bytes);
      while (count >= 0 && !frozen) {
        out.write(bytes, 0, count);
        count = in.read(bytes);
      }
      if (!frozen) {
        from.close();
        to.close();
      }
    } catch (IOException e) {
      // one of the two has gone
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "freezing-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      door.close();
      for (Socket each : open) {
        each.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
