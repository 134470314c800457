package org.tributary.edge.ssh;

import com.jcraft.jsch.SocketFactory;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The connection to an SSH host, which knows whether anything was heard of the host lately, and can
 * be cut whatever the library is doing with it.
 */
final class HeardSocket implements SocketFactory {
  private final Duration patience;
  private volatile @Nullable Socket socket;
  private volatile boolean heard;
  private volatile boolean broke;

  HeardSocket(Duration patience) {
    this.patience = patience;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    Socket connecting = new Socket();
    try {
      connecting.connect(new InetSocketAddress(host, port), (int) patience.toMillis());
      connecting.setKeepAlive(true);
      socket = connecting;
      return connecting;
    } catch (IOException | RuntimeException e) {
      connecting.close();
      throw e;
    }
  }

  @Override
  public InputStream getInputStream(Socket connected) throws IOException {
    return new Ear(connected.getInputStream());
  }

  @Override
  public OutputStream getOutputStream(Socket connected) throws IOException {
    return connected.getOutputStream();
  }

  /** Whether anything came since this was asked last. */
  boolean heardAnything() {
    boolean lately = heard;
    heard = false;
    return lately;
  }

  /** Whether the connection ended while somebody was listening. */
  boolean broke() {
    return broke;
  }

  /** Ends the connection at once; whoever writes or waits there gets an exception. */
  void cut() {
    Socket open = socket;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) { // it is gone all the same
        broke = true;
      }
    }
  }

  private final class Ear extends FilterInputStream {
    Ear(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws IOException {
      try {
        int count = super.read(bytes, from, most);
        if (count > 0) {
          heard = true;
        } else if (count < 0) {
          broke = true;
        }
        return count;
      } catch (IOException e) {
        broke = true;
        throw e;
      }
    }
  }
}
