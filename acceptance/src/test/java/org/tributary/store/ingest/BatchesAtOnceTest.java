package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.NODE;
import static org.tributary.wire.Tables.READING;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;

/** Batches of one gateway are stored side by side, and it shows in nothing but the speed. */
class BatchesAtOnceTest {

  private static final Instant T = Instant.parse("2016-05-01T00:00:00Z");
  private static final int BATCHES = 24;
  private static final int SAMPLES = 150;

  @ParameterizedTest
  @EnumSource
  void accept_ofManyBatchesAtOnce_endsAsIfTheyHadComeOneByOne(TestEngine engine) throws Exception {
    for (long seed = 1; seed <= 3; seed++) {
      try (Central central = new Central(engine)) {
        Feed gateway = central.gateway("gw");
        gateway.house(0, "D", "1 High Street", 7, 8);
        List<Object[]> source = new ArrayList<>();
        List<Batch> batches = batches(source);
        List<Batch> sent = new ArrayList<>(batches);
        sent.addAll(batches.subList(3, 9)); // whose answers were late: sent once more meanwhile
        Random random = new Random(seed);
        Collections.shuffle(sent.subList(1, sent.size()), random);

        sendAtOnce(gateway, sent, () -> gateway.nodes(0, 7, 8, 9)); // which the readings know of

        gateway.accept(batches.get(BATCHES - 1)); // whatever overtook what, the end is told again
        assertThat(central.setAside(gateway)).as("seed %d", seed).isEmpty();
        assertThat(central.rows(READING).stream().map(Object::toString))
            .as("seed %d", seed)
            .containsExactlyElementsOf(
                source.stream().map(row -> Arrays.asList(row).toString()).toList());
        assertThat(reached(gateway, batches)).isEqualTo(batches.get(BATCHES - 1).upTo());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE") // which has one writer at a time
  void accept_ofRows_doesNotWaitForOtherRowsOfTheGateway(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 High Street", 7, 8);
      ExecutorService threads = Executors.newCachedThreadPool();
      CountDownLatch storing = new CountDownLatch(1);
      CountDownLatch end = new CountDownLatch(1);
      try {
        Future<Boolean> other =
            threads.submit(
                () ->
                    central.database.write(
                        connection -> {
                          Gateways gateways =
                              new Gateways(central.database.engine(), central.clock);
                          gateways.share(connection, gateway.id);
                          storing.countDown();
                          return await(end);
                        }));
        assertThat(storing.await(30, TimeUnit.SECONDS)).isTrue();

        Ack ack =
            threads
                .submit(() -> gateway.accept(batch(Optional.empty(), 0, new ArrayList<>())))
                .get(30, TimeUnit.SECONDS);
        Future<Ack> metadata = threads.submit(() -> gateway.whole(NODE, row(7, 2, 0)));

        assertThat(ack.inserted()).isEqualTo(SAMPLES * 3);
        assertThatThrownBy(() -> metadata.get(200, TimeUnit.MILLISECONDS))
            .isInstanceOf(TimeoutException.class);
        end.countDown();
        assertThat(other.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(metadata.get(30, TimeUnit.SECONDS).changed()).isEqualTo(1);
      } finally {
        end.countDown();
        threads.shutdown();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE") // which has one writer at a time
  void accept_ofTheSecondBatchWhileTheFirstIsBeingCommitted_movesOnFromItsEnd(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 High Street", 7, 8);
      Batch first = batch(Optional.empty(), 0, new ArrayList<>());
      Batch second = batch(first.upTo(), 1, new ArrayList<>());
      Gateways gateways = new Gateways(central.database.engine(), central.clock);
      Positions positions = new Positions(central.database.engine());
      ExecutorService threads = Executors.newCachedThreadPool();
      CountDownLatch isSet = new CountDownLatch(1);
      CountDownLatch end = new CountDownLatch(1);
      try {
        Future<Boolean> storing =
            threads.submit(
                () ->
                    central.database.write(
                        connection -> {
                          Gateway its = gateways.share(connection, gateway.id).orElseThrow();
                          positions.set(
                              connection, its, READING, Lane.LIVE, first.upTo().orElseThrow());
                          isSet.countDown();
                          return await(end);
                        }));
        assertThat(isSet.await(30, TimeUnit.SECONDS)).isTrue();

        Future<Ack> overtaking = threads.submit(() -> gateway.accept(second));
        assertThatThrownBy(() -> overtaking.get(500, TimeUnit.MILLISECONDS))
            .isInstanceOf(TimeoutException.class);
        end.countDown();

        assertThat(storing.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(overtaking.get(30, TimeUnit.SECONDS).position()).isEqualTo(second.upTo());
      } finally {
        end.countDown();
        threads.shutdown();
      }
    }
  }

  private interface Act {
    void run() throws Exception;
  }

  /** Sends by four threads, and does something else in the middle. */
  private static void sendAtOnce(Feed gateway, List<Batch> sent, Act between) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < sent.size(); i++) {
        Batch batch = sent.get(i);
        all.add(threads.submit(() -> gateway.accept(batch)));
        if (i == sent.size() / 2) {
          all.add(
              threads.submit(
                  () -> {
                    between.run();
                    return true;
                  }));
        }
      }
      for (Future<?> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } finally {
      threads.shutdown();
    }
  }

  /** Sends again what the position has not reached; as a gateway does that lost answers. */
  private static Optional<Position> reached(Feed gateway, List<Batch> batches) throws Exception {
    for (Batch batch : batches) {
      gateway.accept(batch);
    }
    return gateway.position(READING);
  }

  private static List<Batch> batches(List<Object[]> source) {
    List<Batch> batches = new ArrayList<>();
    Optional<Position> after = Optional.empty();
    for (int i = 0; i < BATCHES; i++) {
      Batch batch = batch(after, i, source);
      batches.add(batch);
      after = batch.upTo();
    }
    return batches;
  }

  /** Readings of three nodes of which central knows two, under locations it does not ask for. */
  private static Batch batch(Optional<Position> after, int number, List<Object[]> source) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      for (int node = 7; node <= 9; node++) {
        if (node < 9 || number > 0) {
          rows.add(row(T.plusSeconds(number * 1_000L + i), node, 0, null, i / 10.0 + number));
        } else {
          rows.add(row(T.plusSeconds(number * 1_000L + i), node - 1, 2, null, 50.0));
        }
      }
    }
    source.addAll(rows);
    return Feed.batch(READING, Lane.LIVE, after, Feed.rows(READING, rows.toArray(Object[][]::new)));
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
