package org.tributary.edge;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Listens like a central and answers as it was told, be it wrong, half or not at all. What it was
 * told last holds for each further request. Thread-safe.
 */
final class AnyServer implements AutoCloseable {

  private static final int WHOLE = Integer.MAX_VALUE;

  /** What to do with a request; texts stand for their bytes, ISO 8859-1. */
  private record Behaviour(
      String head, String body, int cutAfter, int readAtMost, Duration pause, boolean endless) {
    static Behaviour answering(String head, String body) {
      return new Behaviour(head, body, WHOLE, WHOLE, Duration.ZERO, false);
    }

    static Behaviour endless(byte[] head, Duration pause) {
      return new Behaviour(text(head), "", WHOLE, WHOLE, pause, true);
    }
  }

  private final ServerSocket listening;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Behaviour behaviour = Behaviour.answering("", "");
  private volatile boolean silent;
  private volatile List<String> lastHead = List.of();
  private volatile byte[] lastBody = {};

  AnyServer() {
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start("any-server", this::accept);
  }

  String url() {
    return "http://127.0.0.1:%d/".formatted(listening.getLocalPort());
  }

  void answer(int status, String headers, String body) {
    answer(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  /** A whole answer; headers end in CRLF each. */
  void answer(int status, String headers, byte[] body) {
    String head =
        "HTTP/1.1 %d Any\r\n%sContent-Length: %d\r\n\r\n".formatted(status, headers, body.length);
    answerRaw(head.getBytes(StandardCharsets.ISO_8859_1), body);
  }

  /** Exactly these bytes, and then the end of the connection if they don't tell their length. */
  void answerRaw(byte[] head, byte[] body) {
    behaviour = Behaviour.answering(text(head), text(body));
  }

  /** Resets the connection after so many bytes of the answer in hand. */
  void cutAnswerAfter(int bytes) {
    Behaviour now = behaviour;
    behaviour = new Behaviour(now.head(), now.body(), bytes, WHOLE, Duration.ZERO, false);
  }

  /** Resets the connection after so many bytes of the request. */
  void resetAfterReading(int bytes) {
    behaviour = new Behaviour("", "", 0, bytes, Duration.ZERO, false);
  }

  void neverAnswer() {
    silent = true;
  }

  /** A body of blanks without end. */
  void answerForEver(byte[] head) {
    behaviour = Behaviour.endless(head, Duration.ZERO);
  }

  /** A body without end, one byte at a time. */
  void answerSlowly(byte[] head, Duration pause) {
    behaviour = Behaviour.endless(head, pause);
  }

  int connections() {
    return connections.get();
  }

  int requests() {
    return requests.get();
  }

  String lastRequestLine() {
    return lastHead.get(0);
  }

  List<String> lastHeaders() {
    return lastHead.subList(1, lastHead.size());
  }

  byte[] lastBody() {
    return lastBody.clone();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() throws IOException {
    while (true) {
      Socket socket = listening.accept();
      connections.incrementAndGet();
      open.add(socket);
      start("any-connection", () -> serve(socket));
    }
  }

  private void serve(Socket socket) throws IOException {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      boolean more = true;
      while (more) {
        more = serveOne(socket, in);
      }
    }
  }

  private boolean serveOne(Socket socket, InputStream in) throws IOException {
    int readAtMost = behaviour.readAtMost();
    if (readAtMost != WHOLE) {
      in.readNBytes(readAtMost);
      reset(socket);
      return false;
    }
    if (!readRequest(in)) {
      return false;
    }
    requests.incrementAndGet();
    if (silent) {
      in.transferTo(OutputStream.nullOutputStream()); // until the other side gives up
      return false;
    }
    return write(socket, behaviour);
  }

  private boolean write(Socket socket, Behaviour how) throws IOException {
    OutputStream out = socket.getOutputStream();
    byte[] answer = (how.head() + how.body()).getBytes(StandardCharsets.ISO_8859_1);
    if (how.cutAfter() != WHOLE) {
      out.write(answer, 0, Math.min(how.cutAfter(), answer.length));
      out.flush();
      reset(socket);
      return false;
    }
    out.write(answer);
    out.flush();
    byte[] blanks = new byte[how.pause().isZero() ? 1 << 16 : 1];
    java.util.Arrays.fill(blanks, (byte) ' ');
    while (how.endless()) { // until the other side closes
      out.write(blanks);
      out.flush();
      pause(how.pause());
    }
    // An answer that promises more than there is, or whose length can't be told, ends here.
    return how.head().endsWith("Content-Length: " + how.body().length() + "\r\n\r\n");
  }

  private boolean readRequest(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      head.write(next);
    }
    lastHead = head.toString(StandardCharsets.ISO_8859_1).lines().toList();
    int length =
        lastHead.stream()
            .map(line -> line.toLowerCase(Locale.ROOT))
            .filter(line -> line.startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
            .findFirst()
            .orElse(0);
    lastBody = in.readNBytes(length);
    return lastBody.length == length;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Ends a connection without a farewell. */
  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static void pause(Duration duration) {
    try {
      TimeUnit.MILLISECONDS.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The client or the test has had enough.
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }
}
