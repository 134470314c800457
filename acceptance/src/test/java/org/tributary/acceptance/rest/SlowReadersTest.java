package org.tributary.acceptance.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tributary.acceptance.rest.RestCentral.Answer;
import org.tributary.acceptance.servers.TestEngine;

/** Clients that ask for much and take little of it. */
class SlowReadersTest {

  /** More than the buffers of both sides hold. */
  static final int MANY = 120_000;

  final RestCentral central = RestCentral.of(TestEngine.SQLITE);
  final long node = central.next();
  final List<Socket> slow = new ArrayList<>();

  @Test
  void slowReaders_keepNobodyFromReadingAndWriting() throws Exception {
    storeMany();
    for (int i = 0; i < 12; i++) { // more than there are connections to the database
      beginToRead("/rest/reading/?nodeId=" + node);
    }

    assertThat(central.get("/rest/node/" + node).rows()).hasSize(1);
    assertThat(central.add("house", "{}")).isPositive();
    assertThat(central.get("/rest/reading/?nodeId=" + node).rows()).hasSize(MANY);
  }

  @Test
  void slowReaders_ofLongSortedAnswers_areTwoAtMost() throws Exception {
    storeMany();
    String sorted = "/rest/reading/?sort(-value)&nodeId=" + node;
    beginToRead(sorted);
    beginToRead(sorted);

    Answer third = central.get(sorted);
    third.isProblem(503);
    assertThat(third.header("Retry-After")).isNotEmpty();
    assertThat(central.get(sorted, "Range", "items=0-100").rows()).hasSize(100);
    assertThat(central.add("house", "{}")).isPositive();
  }

  private void storeMany() {
    central.add("node", "{\"id\": %d}".formatted(node));
    ManyReadings.store(central.url, node, MANY);
  }

  /** Asks, and reads no further than the answer's first line. */
  private void beginToRead(String path) throws IOException {
    Socket socket = new Socket();
    slow.add(socket);
    socket.setReceiveBufferSize(4_096);
    URI root = URI.create(central.root);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), root.getPort()));
    socket
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: x\r\n\r\n".formatted(path).getBytes(StandardCharsets.UTF_8));
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 100);
    assertThat(lines.readLine()).isEqualTo("HTTP/1.1 200 OK");
  }

  @AfterEach
  void letGo() throws IOException {
    for (Socket socket : slow) {
      socket.close();
    }
  }
}
