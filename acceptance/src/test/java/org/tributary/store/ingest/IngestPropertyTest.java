package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.NODE_STATE;
import static org.tributary.wire.Tables.READING;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Batch;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;

/**
 * However batches are lost, doubled and reordered on the way, central ends with what the gateway
 * has, and its position never goes back nor beyond what has arrived.
 */
class IngestPropertyTest {

  private static final Instant T = Instant.parse("2016-05-01T00:00:00Z");

  @ParameterizedTest
  @EnumSource
  void accept_overABadLink_endsWithWhatTheGatewayHas(TestEngine engine) throws Exception {
    for (long seed = 1; seed <= 6; seed++) {
      try (Central central = new Central(engine)) {
        Random random = new Random(seed);
        Feed gateway = central.gateway("gw");
        gateway.house(0, "D", "1 High Street", 7, 8, 9);
        for (Table table : List.of(READING, NODE_STATE)) {
          List<Object[]> source = source(table, random);

          push(gateway, table, source, random);

          assertThat(gateway.position(table))
              .as("seed %d", seed)
              .contains(key(table, source.get(source.size() - 1)));
          assertThat(stored(central, table)).as("seed %d", seed).isEqualTo(expected(source));
        }
        assertThat(central.setAside(gateway)).isEmpty();
      }
    }
  }

  /** Sends what is not acknowledged yet, several batches on the way at once, until all is there. */
  private static void push(Feed gateway, Table table, List<Object[]> source, Random random)
      throws Exception {
    List<Batch> sentBefore = new ArrayList<>();
    Optional<Position> reached = gateway.position(table);
    Position end = key(table, source.get(source.size() - 1));
    for (int round = 0; !reached.equals(Optional.of(end)); round++) {
      assertThat(round).as("rounds").isLessThan(500);
      List<Batch> onTheWay = inFlight(table, source, reached, random);
      onTheWay.removeIf(batch -> random.nextInt(5) == 0);
      for (Batch old : sentBefore) {
        if (random.nextInt(20) == 0) {
          onTheWay.add(old);
        }
      }
      Collections.shuffle(onTheWay, random);
      for (Batch batch : onTheWay) {
        Optional<Position> now = gateway.accept(batch).position();
        assertThat(now.isEmpty() ? 0 : 1).isGreaterThanOrEqualTo(reached.isEmpty() ? 0 : 1);
        if (now.isPresent() && reached.isPresent()) {
          assertThat(now.get()).isGreaterThanOrEqualTo(reached.get());
        }
        reached = now;
      }
      sentBefore.addAll(onTheWay);
    }
  }

  private static List<Batch> inFlight(
      Table table, List<Object[]> source, Optional<Position> reached, Random random) {
    int from = 0;
    while (reached.isPresent() && !key(table, source.get(from)).isAfter(reached.get())) {
      from++;
    }
    List<Batch> batches = new ArrayList<>();
    Optional<Position> after = reached;
    for (int i = 0; i < 3 && from < source.size(); i++) {
      int to = Math.min(source.size(), from + 1 + random.nextInt(25));
      Rows rows = Feed.rows(table, source.subList(from, to).toArray(Object[][]::new));
      Batch batch = Feed.batch(table, Lane.LIVE, after, rows);
      batches.add(batch);
      after = batch.upTo();
      from = to;
    }
    return batches;
  }

  /** Rows in the order of their key, many at the same time. */
  private static List<Object[]> source(Table table, Random random) {
    List<Object[]> rows = new ArrayList<>();
    TreeSet<Position> keys = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      Instant time = T.plusMillis(random.nextInt(40) * 250L);
      int node = 7 + random.nextInt(3);
      Object[] row =
          table.equals(READING)
              ? row(time, node, 2 * random.nextInt(2), null, random.nextInt(500) / 10.0)
              : row(time, node, random.nextBoolean() ? 1 : null, null, random.nextInt(9), -70);
      if (keys.add(key(table, row))) {
        rows.add(row);
      }
    }
    rows.sort(Comparator.comparing(row -> key(table, row)));
    return rows;
  }

  private static Position key(Table table, Object[] row) {
    Object last = table.equals(READING) ? row[2] : row[4];
    return Position.of(row[0], ((Number) row[1]).longValue(), ((Number) last).longValue());
  }

  private static List<String> stored(Central central, Table table) throws Exception {
    return central.rows(table).stream().map(Object::toString).toList();
  }

  private static List<String> expected(List<Object[]> source) {
    return source.stream().map(row -> Arrays.asList(row).toString()).toList();
  }
}
