package org.tributary.edge.ssh;

import com.jcraft.jsch.ChannelDirectTCPIP;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection through a tunnel: what is written at its near end comes out at the far one, and
 * the other way round. Each direction ends by itself, as in TCP.
 */
final class Passage implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Passage.class);

  /** As much as fits into a packet of OpenSSH's, so that most writes are one packet. */
  private static final int CHUNK = 32_000;

  private final Socket near;
  private final SshLink link;
  private final String host;
  private final int port;

  Passage(Socket near, SshLink link, String host, int port) {
    this.near = near;
    this.link = link;
    this.host = host;
    this.port = port;
  }

  @Override
  public void run() {
    try (near) {
      ChannelDirectTCPIP channel = link.channel(host, port);
      try {
        carry(channel);
      } finally {
        channel.disconnect();
      }
    } catch (SshRefusedException e) {
      log.warn("{}", e.getMessage());
    } catch (IOException e) { // its user hears of it: the near end is closed
      log.debug("A connection through the tunnel to {}:{} ended: {}", host, port, e.getMessage());
    }
  }

  private void carry(ChannelDirectTCPIP channel) throws IOException, SshRefusedException {
    near.setTcpNoDelay(true);
    Return backwards = new Return(channel);
    channel.setOutputStream(backwards);
    link.connect(channel, host, port);
    OutputStream forwards = channel.getOutputStream();
    InputStream in = near.getInputStream();
    byte[] chunk = new byte[CHUNK];
    for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
      forwards.write(chunk, 0, count);
      forwards.flush();
    }
    forwards.close(); // the other direction may still have something to say
    backwards.awaitEnd();
  }

  /** The way back, which the library's reading thread writes to. */
  private final class Return extends OutputStream {
    private final ChannelDirectTCPIP channel;
    private final CountDownLatch ended = new CountDownLatch(1);

    Return(ChannelDirectTCPIP channel) {
      this.channel = channel;
    }

    @Override
    public void write(int one) throws IOException {
      near.getOutputStream().write(one);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      near.getOutputStream().write(bytes, from, count);
    }

    /** The far end says no more, or the whole connection is over. */
    @Override
    public void close() throws IOException {
      ended.countDown();
      if (channel.isClosed()) {
        near.close();
      } else {
        near.shutdownOutput();
      }
    }

    void awaitEnd() throws IOException {
      try {
        ended.await();
      } catch (InterruptedException e) {
        throw new IOException("interrupted", e);
      }
    }
  }
}
