package org.tributary.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection that asks one thing after the other and looks at nothing but how much comes back,
 * so that it is central that is measured. Not thread-safe.
 */
final class PlainClient implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final String host;
  private long objects;

  /** What came back. */
  record Answer(int status, long bytes, long objects) {}

  PlainClient(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Over a connection that is made already; it is closed with this. */
  PlainClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    host = "127.0.0.1:" + socket.getPort();
  }

  /** Asks for a path; each header is a whole line. */
  Answer get(String path, String... headers) throws IOException {
    return send("GET", path, new byte[0], headers);
  }

  Answer post(String path, byte[] body, String... headers) throws IOException {
    return send("POST", path, body, headers);
  }

  private Answer send(String method, String path, byte[] body, String... headers)
      throws IOException {
    StringBuilder head = new StringBuilder();
    head.append("%s %s HTTP/1.1\r\nHost: %s\r\n".formatted(method, path, host));
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    head.append("Content-Length: %d\r\n\r\n".formatted(body.length));
    byte[] text = head.toString().getBytes(StandardCharsets.US_ASCII);
    byte[] whole = new byte[text.length + body.length];
    System.arraycopy(text, 0, whole, 0, text.length);
    System.arraycopy(body, 0, whole, text.length, body.length);
    socket.getOutputStream().write(whole);
    return answer();
  }

  private Answer answer() throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    long length = 0;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      chunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(header.substring(header.indexOf(':') + 1).strip());
      }
    }
    objects = 0;
    return new Answer(status, chunked ? skipChunks() : skip(length), objects);
  }

  private long skipChunks() throws IOException {
    long bytes = 0;
    for (long size = chunkSize(); size > 0; size = chunkSize()) {
      bytes += skip(size);
      line();
    }
    line();
    return bytes;
  }

  private long chunkSize() throws IOException {
    return Long.parseLong(line().strip(), 16);
  }

  private long skip(long bytes) throws IOException {
    long left = bytes;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(left, BUFFER_BYTES));
      if (read < 0) {
        throw new EOFException("Central broke the answer off");
      }
      for (int i = 0; i < read; i++) {
        if (buffer[i] == '{') { // no text of the benchmark has one
          objects++;
        }
      }
      left -= read;
    }
    return bytes;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("Central closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
