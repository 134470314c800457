package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.store.ingest.HistoryLaneTest.DAY;
import static org.tributary.store.ingest.HistoryLaneTest.ROWS;
import static org.tributary.store.ingest.HistoryLaneTest.T;
import static org.tributary.store.ingest.HistoryLaneTest.contents;
import static org.tributary.store.ingest.HistoryLaneTest.differences;
import static org.tributary.store.ingest.HistoryLaneTest.history;
import static org.tributary.store.ingest.HistoryLaneTest.pushed;
import static org.tributary.wire.Tables.READING;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Ack;
import org.tributary.wire.Contents;
import org.tributary.wire.Part;
import org.tributary.wire.RowHash;
import org.tributary.wire.Rows;
import org.tributary.wire.Window;

/** What is settled is what was asked for: no row beside a window, no row that was kept before. */
class SettlementTest {

  private static final Instant MIDNIGHT = Instant.parse("2016-05-01T00:00:00Z");
  private static final Window TEN = new Window(7L, DAY.hour() + 10, 1);
  private static final Window ELEVEN = new Window(7L, DAY.hour() + 11, 1);

  /** A gateway sends rows of several windows with one batch. */
  @ParameterizedTest
  @EnumSource
  void settle_ofADay_hasItsFirstRowAndNoneOfTheNextDay(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = pushed(central);
      Object[] first = row(MIDNIGHT, 7, 0, 1, 1.0);
      Object[] next = row(MIDNIGHT.plus(Duration.ofDays(1)), 7, 0, 1, 2.0);

      Ack ack = history(gateway, Optional.of(keeping(DAY)), first, ROWS[0], ROWS[1], ROWS[2], next);

      assertThat(ack.settled()).contains(new Ack.Settled(0, 0, false));
      assertThat(differences(central, gateway, true, first, ROWS[0], ROWS[1], ROWS[2])).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void settle_ofANodesDay_hasNoRowsOfOtherNodes(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = pushed(central);

      Ack ack = history(gateway, Optional.of(keeping(DAY.of(7))), ROWS);

      assertThat(ack.settled()).contains(new Ack.Settled(0, 0, false));
      assertThat(differences(central, gateway, true, ROWS)).isEmpty();
    }
  }

  /** Of the other half of a window's rows nothing was said. */
  @ParameterizedTest
  @EnumSource
  void settle_ofSomeBuckets_leavesTheRowsOfTheOthers(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = pushed(central);
      Rows all = Feed.rows(READING, ROWS);
      RowHash hash = new RowHash(READING, RowHash.allColumns(READING), 5);
      int[] buckets = new int[ROWS.length];
      BitSet chosen = new BitSet();
      for (int row = 0; row < ROWS.length; row++) {
        buckets[row] = RowHash.bucket(hash.key(all, row), 64);
      }
      chosen.set(buckets[0]);
      assertThat(buckets[1]).isNotEqualTo(buckets[0]);
      assertThat(buckets[2]).isNotEqualTo(buckets[0]);

      Ack ack =
          history(gateway, Optional.of(contents(OptionalLong.of(2), new Part(DAY, 64, chosen))));

      assertThat(ack.settled()).contains(new Ack.Settled(0, 1, false));
      assertThat(differences(central, gateway, true, ROWS[1], ROWS[2])).isEmpty();
    }
  }

  /** The table at the gateway may have been emptied, or be another one. */
  @ParameterizedTest
  @CsvSource({"1, 0, true", "2, 1, false", "3, 1, true", "3, 2, false"})
  void settle_ofAMirroredGateway_deletesNothingIfItHasLessThanHalf(
      int here, int there, boolean isRefused) throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 High Street", 7, 8);
      Object[][] rows = new Object[here][];
      for (int i = 0; i < here; i++) {
        rows[i] = row(T.plusSeconds(i), 7, 0, 1, 1.0 * i);
      }
      gateway.live(READING, rows);

      Ack ack =
          history(
              gateway,
              Optional.of(mirroring(there, DAY)),
              List.of(rows).subList(0, there).toArray(Object[][]::new));

      assertThat(ack.settled().orElseThrow().refused()).isEqualTo(isRefused);
      assertThat(central.rows(READING)).hasSize(isRefused ? here : there);
    }
  }

  /** Its database may have been brought back from a backup: then they are gone there by mishap. */
  @ParameterizedTest
  @EnumSource
  void settle_ofAMirroredGateway_deletesNothingThatWasKeptBefore(TestEngine engine)
      throws Exception {
    for (Window kept : List.of(DAY, DAY.of(7), TEN)) {
      for (Window mirrored : List.of(DAY, DAY.of(7), TEN)) {
        try (Central central = new Central(engine)) {
          Feed gateway = pushed(central);
          assertThat(settled(gateway, keeping(kept), ROWS[0], ROWS[2]).kept()).isEqualTo(1);

          Ack.Settled settled = settled(gateway, mirroring(2, mirrored), ROWS[0], ROWS[2]);

          assertThat(settled)
              .as("%s, then %s", kept, mirrored)
              .isEqualTo(new Ack.Settled(1, 0, false));
          assertThat(central.rows(READING)).hasSize(3);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void settle_ofAMirroredGateway_deletesBesideWhatWasKeptBefore(TestEngine engine)
      throws Exception {
    for (Window kept : List.of(DAY.of(8), TEN)) {
      try (Central central = new Central(engine)) {
        Feed gateway = pushed(central);
        Object[] eleven = row(T.plusSeconds(3_600), 7, 0, 1, 3.0);
        gateway.live(READING, eleven);
        Object[][] left = kept.equals(TEN) ? new Object[][] {ROWS[0]} : new Object[0][];
        assertThat(settled(gateway, keeping(kept), left).kept()).isEqualTo(1);

        assertThat(settled(gateway, mirroring(3, ELEVEN)))
            .as("%s", kept)
            .isEqualTo(new Ack.Settled(0, 1, false));
        assertThat(central.rows(READING)).hasSize(3);
      }
    }
  }

  /** Rows in doubt are at both ends, and central has them where they wait. */
  @ParameterizedTest
  @EnumSource
  void settle_withARowThatWaits_findsNoDifference(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = pushed(central);
      Object[] waits = row(T.plusSeconds(30), 99, 0, 1, 1.5);
      Object[][] all = {ROWS[0], waits, ROWS[1], ROWS[2]};

      assertThat(settled(gateway, mirroring(4, DAY), all)).isEqualTo(new Ack.Settled(0, 0, false));
      assertThat(differences(central, gateway, true, all)).isEmpty();

      assertThat(settled(gateway, mirroring(3, DAY), ROWS)).isEqualTo(new Ack.Settled(0, 0, false));
      assertThat(differences(central, gateway, true, ROWS)).isEmpty();
    }
  }

  private static Contents keeping(Window window) {
    return contents(OptionalLong.empty(), window);
  }

  private static Contents mirroring(int rows, Window window) {
    return contents(OptionalLong.of(rows), window);
  }

  private static Ack.Settled settled(Feed gateway, Contents contents, Object[]... rows)
      throws Exception {
    return history(gateway, Optional.of(contents), rows).settled().orElseThrow();
  }
}
