package org.tributary.acceptance.original;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.OurDatabases;

/** Central is stopped while gateways of the original system upload. */
class StopTest {

  private static final String BODY =
      "[" + RestCentral.reading("2013-01-01T00:00:00", 37, 0, "1", "1") + "]";

  /** Any other answer than 201 for what is stored, or 500, would lose the batch. */
  @Test
  void stop_whileGatewaysUpload_answersNothingThatTheyWronglyTakeForSuccess() throws Exception {
    RestCentral central = new RestCentral(TestEngine.SQLITE, OurDatabases.blank(TestEngine.SQLITE));
    central.addHouse();
    int port = central.port();
    List<Integer> answers = new ArrayList<>();
    try (Upload slow = new Upload(port);
        Upload steady = new Upload(port)) {
      slow.begin();
      steady.begin();
      steady.end();
      answers.add(steady.status());

      CompletableFuture<Void> stopped = CompletableFuture.runAsync(central::close);
      int status = 201;
      while (status > 0 && !stopped.isDone()) {
        status = steady.again();
        answers.add(status);
        answers.add(onceMore(port));
      }
      slow.end();
      answers.add(slow.status());
      stopped.get(60, TimeUnit.SECONDS);
    }

    assertThat(answers)
        .as("0 is a connection that ended without an answer")
        .isSubsetOf(0, 201, 500);
  }

  private static int onceMore(int port) {
    try (Upload upload = new Upload(port)) {
      return upload.again();
    } catch (IOException e) {
      return 0; // nobody listens any more
    }
  }

  /** One connection, kept between requests as the original client keeps it. */
  private static final class Upload implements AutoCloseable {
    private final Socket socket;
    private final OutputStream out;
    private final BufferedReader in;

    Upload(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(40_000);
      out = socket.getOutputStream();
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    void begin() throws IOException {
      write(
          "POST /rest/bulk/ HTTP/1.1\r\nHost: central\r\nContent-Length: %d\r\n\r\n"
              .formatted(BODY.length()));
      write(BODY.substring(0, 20));
    }

    void end() throws IOException {
      write(BODY.substring(20));
    }

    int again() {
      try {
        begin();
        end();
        return status();
      } catch (IOException e) {
        return 0;
      }
    }

    /** Reads an answer whole; 0 if the connection ends. */
    int status() {
      try {
        String line = in.readLine();
        if (line == null) {
          return 0;
        }
        int status = Integer.parseInt(line.substring(9, 12));
        int length = 0;
        for (String header = in.readLine(); header != null && !header.isEmpty(); ) {
          if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
            length = Integer.parseInt(header.substring(15).strip());
          }
          header = in.readLine();
        }
        return in.skip(length) == length ? status : 0;
      } catch (IOException e) {
        return 0;
      }
    }

    private void write(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
