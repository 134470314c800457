package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.acceptance.push.Census;
import org.tributary.acceptance.push.ChaosProxy;
import org.tributary.acceptance.push.ChaosProxy.Fault;
import org.tributary.acceptance.push.House;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.server.CentralServer;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.WallClock;
import org.tributary.wire.GatewayId;

/**
 * A gateway pushes to a real central through a network that misbehaves; afterwards central holds
 * what the gateway holds, row by row, each row once.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ChaosTest {

  /** Of a batch's bytes every so many are cut at; 1 takes twice as long. */
  private static final int STRIDE = Integer.getInteger("tributary.chaos.stride", 5);

  private static final int BATCH = House.READINGS;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;
  House house;
  String centralUrl;
  CentralServer central;
  ChaosProxy proxy;
  LocalDatabase local;
  Pusher pusher;
  final ExecutorService senders = Executors.newFixedThreadPool(Pipeline.DEPTH);

  @BeforeEach
  void startBothEnds() throws Exception {
    house = new House(folder.resolve("house"));
    centralUrl = TestEngine.SQLITE.freshDatabase();
    central =
        CentralServer.start(
            DatabaseUrl.parse(centralUrl, folder),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            CentralServer.Auth.OFF,
            "test",
            Clock.systemUTC());
    proxy = new ChaosProxy(central.port());
    local = new LocalDatabase(DatabaseUrl.parse(house.url(), folder), WallClock.UTC);
    GatewayId id = new GatewayId("house-17");
    pusher =
        new Pusher(
            local,
            new SyncTransport(URI.create(proxy.url()), id, PATIENCE, PATIENCE),
            new GatewayIdentity(id, false, "machine", "host", "test"),
            new PushListener() {},
            new BatchSize(BATCH),
            senders,
            Clock.systemUTC());
    house.log(2);
    push();
  }

  @AfterEach
  void stopBothEnds() throws Exception {
    senders.shutdownNow();
    local.close();
    proxy.close();
    central.close();
    house.close();
  }

  /** NET2, F13: nothing, a part or all of a request arrives, and central's word never comes. */
  @Test
  void push_whenARequestBreaksAtAnyByte_deliversEveryRowOnce() throws Exception {
    int size = sizeOfABatch();
    for (int bytes = 0; bytes <= size; bytes += step(bytes, size)) {
      breakThenPush(new Fault.CutRequest(bytes), bytes % 2);
    }
    Census.assertAllIsAtCentral(house, TestEngine.SQLITE, centralUrl);
  }

  /** NET2, F12: central has stored the rows, and its word breaks off. */
  @Test
  void push_whenAnAnswerBreaksAtAnyByte_deliversEveryRowOnce() throws Exception {
    sizeOfABatch();
    int size = proxy.lastAnswerSize();
    for (int bytes = 0; bytes < size; bytes += step(bytes, size)) {
      breakThenPush(new Fault.CutAnswer(bytes), bytes % 2);
    }
    Census.assertAllIsAtCentral(house, TestEngine.SQLITE, centralUrl);
  }

  @Test
  void push_whenTheGreetingBreaksAnywhere_deliversEveryRowOnce() throws Exception {
    for (int bytes = 0; bytes < 300; bytes += 23) {
      house.log(1);
      Fault fault = bytes % 2 == 0 ? new Fault.CutRequest(bytes) : new Fault.CutAnswer(bytes);
      proxy.follow(exchange -> exchange.isBatch() ? new Fault.None() : fault);
      assertThatThrownBy(this::push).isInstanceOf(IOException.class);
      proxy.behave();
      push();
    }
    Census.assertAllIsAtCentral(house, TestEngine.SQLITE, centralUrl);
  }

  /** NET12: requests pass, answers do not, for a long while. */
  @Test
  void push_whileEveryAnswerIsLost_sendsNoMoreThanIsInFlight() throws Exception {
    house.log(50);
    proxy.follow(exchange -> exchange.isBatch() ? new Fault.CutAnswer(0) : new Fault.None());
    for (int tries = 0; tries < 10; tries++) {
      int before = proxy.batches().size();
      assertThatThrownBy(this::push).isInstanceOf(IOException.class);
      assertThat(proxy.batches().size() - before).isBetween(1, Pipeline.DEPTH);
    }
    proxy.behave();

    push();

    Census.assertAllIsAtCentral(house, TestEngine.SQLITE, centralUrl);
  }

  /** NET4: everything that ever travelled comes once more, in disorder, after what is newer. */
  @Test
  void push_whenOldRequestsComeAgain_changesNothing() throws Exception {
    house.log(20);
    push();
    house.log(20);
    push();
    List<Integer> old = new ArrayList<>(proxy.batches());
    old.addAll(proxy.batches());
    Collections.shuffle(old, new Random(17));
    for (int number : old) {
      assertThat(proxy.replay(number)).endsWith("200 OK");
    }

    Census.assertAllIsAtCentral(house, TestEngine.SQLITE, centralUrl);
    push();
    Census.assertAllIsAtCentral(house, TestEngine.SQLITE, centralUrl);
    int before = proxy.batches().size();
    push();
    assertThat(proxy.batches().size()).as("nothing is sent once all is settled").isEqualTo(before);
  }

  @Test
  void push_whenBatchesOvertakeEachOther_deliversEveryRowOnce() throws Exception {
    Random random = new Random(17);
    house.log(60);
    proxy.follow(
        exchange ->
            exchange.isBatch() && random.nextInt(3) == 0
                ? new Fault.Delay(Duration.ofMillis(30))
                : new Fault.None());

    PushResult result = push();

    assertThat(result.unchanged()).isZero();
    Census.assertAllIsAtCentral(house, TestEngine.SQLITE, centralUrl);
    int before = proxy.batches().size();
    push();
    assertThat(proxy.batches().size()).as("the position is at the end").isEqualTo(before);
  }

  /** NET5, F10: somebody on the way answers for central. */
  @Test
  void push_whenSomebodyElseAnswers_deliversEveryRowOnce() throws Exception {
    for (String answer :
        List.of(
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>",
            "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}",
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 503 Later\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n")) {
      house.log(3);
      String last = answer.replaceFirst("\r\n", "\r\nConnection: close\r\n");
      proxy.follow(exchange -> exchange.isBatch() ? new Fault.Answer(last) : new Fault.None());
      assertThatThrownBy(this::push).as(answer).isInstanceOf(IOException.class);
      proxy.behave();
      push();
    }
    Census.assertAllIsAtCentral(house, TestEngine.SQLITE, centralUrl);
  }

  /** All of it mixed; a seed makes the same bad day again. */
  @Test
  void push_onABadDay_deliversEveryRowOnce() throws Exception {
    long seed = Long.getLong("tributary.chaos.seed", 20150803L);
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      house.log(random.nextInt(6));
      proxy.follow(exchange -> badLuck(random, exchange.size()));
      try {
        push();
      } catch (IOException e) {
        // that is what such days are like
      }
      List<Integer> old = proxy.batches();
      if (!old.isEmpty() && random.nextInt(4) == 0) {
        String unused = proxy.replay(old.get(random.nextInt(old.size())));
      }
    }
    proxy.behave();
    push();

    System.out.printf("Seed %d: %d requests%n", seed, proxy.exchanges());
    Census.assertAllIsAtCentral(house, TestEngine.SQLITE, centralUrl);
  }

  private static synchronized Fault badLuck(Random random, int size) {
    return switch (random.nextInt(12)) {
      case 0 -> new Fault.CutRequest(random.nextInt(size + 1));
      case 1 -> new Fault.CutAnswer(random.nextInt(400));
      case 2 -> new Fault.Delay(Duration.ofMillis(random.nextInt(30)));
      case 3 -> new Fault.Answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK");
      default -> new Fault.None();
    };
  }

  /** New rows for two batches of readings, of which one meets the fault; then all goes well. */
  private void breakThenPush(Fault fault, int batch) throws Exception {
    house.log(2);
    AtomicInteger batches = new AtomicInteger(-1); // first comes the one with the node states
    proxy.follow(
        exchange ->
            exchange.isBatch() && batches.getAndIncrement() == batch ? fault : new Fault.None());
    assertThatThrownBy(this::push).as(fault.toString()).isInstanceOf(IOException.class);
    proxy.behave();
    assertThat(push().allDelivered()).as(fault.toString()).isTrue();
  }

  /** Bytes that a batch's request takes here, head and body, and some more. */
  private int sizeOfABatch() throws Exception {
    int[] largest = {0};
    proxy.follow(
        exchange -> {
          if (exchange.isBatch()) {
            largest[0] = Math.max(largest[0], exchange.size());
          }
          return new Fault.None();
        });
    house.log(2);
    push();
    return largest[0] + 10;
  }

  /** Every byte near both ends, where the interesting ones are. */
  private static int step(int at, int size) {
    return at < 5 || at > size - 15 ? 1 : STRIDE;
  }

  private PushResult push() throws IOException, RefusedException {
    return pusher.pushAll(() -> false);
  }
}
