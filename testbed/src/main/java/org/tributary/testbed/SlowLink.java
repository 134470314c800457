package org.tributary.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port of this machine that leads to another one as a distant link does: every turn takes its
 * time, though much may be on its way at once. It counts the turns, and breaks when it is told to.
 */
public final class SlowLink implements AutoCloseable {

  /** What gets lost when the link breaks. */
  public enum Loss {
    /** The next request, which never arrives. */
    REQUEST,
    /** The answer to a request that has arrived. */
    ANSWER
  }

  /** Bytes on their way, and when they arrive. */
  private static final class Chunk {
    private final long due;
    private final byte[] bytes;

    Chunk(long due, byte[] bytes) {
      this.due = due;
      this.bytes = bytes;
    }
  }

  private static final byte[] END = new byte[0];

  private final int target;
  private final long delay;
  private final ServerSocket server;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger turns = new AtomicInteger();
  private volatile int breaksAt = Integer.MAX_VALUE;
  private volatile Loss loss = Loss.REQUEST;

  /**
   * Opens it.
   *
   * @param target a port of this machine
   * @param roundTrip what a request and its answer take longer
   */
  public SlowLink(int target, Duration roundTrip) throws IOException {
    this.target = target;
    this.delay = roundTrip.toNanos() / 2;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("link", this::accept);
  }

  /** Of this machine. */
  public int port() {
    return server.getLocalPort();
  }

  /** How often somebody spoke after having listened, on all connections together. */
  public int turns() {
    return turns.get();
  }

  /** Breaks the connection that comes to so many turns from now on. */
  public void breakAfter(int moreTurns, Loss what) {
    loss = what;
    breaksAt = turns.get() + moreTurns;
  }

  /** Whether it has broken as it was told to. */
  public boolean hasBroken() {
    return breaksAt == Integer.MAX_VALUE;
  }

  /** Breaks all connections; new ones are taken. */
  public void cut() {
    connections.forEach(Connection::close);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }

  private void accept() throws IOException {
    while (!server.isClosed()) {
      Socket near = server.accept();
      Connection connection = new Connection(near);
      connections.add(connection);
      connection.begin();
    }
  }

  /** One connection through it. */
  private final class Connection {
    private final Socket near;
    private final Socket far;
    private volatile boolean nearSpeaks;
    private volatile boolean answerIsLost;

    Connection(Socket near) throws IOException {
      this.near = near;
      this.far = new Socket(InetAddress.getLoopbackAddress(), target);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
    }

    void begin() {
      BlockingQueue<Chunk> out = new LinkedBlockingQueue<>();
      BlockingQueue<Chunk> back = new LinkedBlockingQueue<>();
      start("link-out", () -> read(near, out, true));
      start("link-on", () -> write(far, out));
      start("link-back", () -> read(far, back, false));
      start("link-home", () -> write(near, back));
    }

    private void read(Socket from, BlockingQueue<Chunk> into, boolean isNear) throws IOException {
      byte[] buffer = new byte[65_536];
      try {
        InputStream in = from.getInputStream();
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
          if (isNear && !nearSpeaks) {
            nearSpeaks = true;
            if (turns.incrementAndGet() >= breaksAt) {
              breaksAt = Integer.MAX_VALUE;
              if (loss == Loss.REQUEST) {
                close();
                return;
              }
              answerIsLost = true;
            }
          } else if (!isNear) {
            nearSpeaks = false;
            if (answerIsLost) {
              close();
              return;
            }
          }
          into.add(new Chunk(System.nanoTime() + delay, Arrays.copyOf(buffer, length)));
        }
      } finally {
        into.add(new Chunk(System.nanoTime() + delay, END));
      }
    }

    private void write(Socket to, BlockingQueue<Chunk> from)
        throws IOException, InterruptedException {
      try {
        OutputStream out = to.getOutputStream();
        for (Chunk chunk = from.take(); chunk.bytes != END; chunk = from.take()) {
          long wait = chunk.due - System.nanoTime();
          if (wait > 0) {
            Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
          }
          out.write(chunk.bytes);
        }
      } finally {
        close();
      }
    }

    void close() {
      connections.remove(this);
      try {
        near.close();
        far.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static void start(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The connection has ended, at one end or the other: that is what links do.
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }
}
