package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.READING;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.Access;
import org.tributary.wire.Ack;
import org.tributary.wire.Claims;
import org.tributary.wire.Difference;
import org.tributary.wire.Digest;
import org.tributary.wire.Grain;
import org.tributary.wire.Part;
import org.tributary.wire.RowHash;
import org.tributary.wire.Rows;
import org.tributary.wire.Sketches;
import org.tributary.wire.Window;

/** What a person decided about rows that were set aside is no difference between the two ends. */
class DecidedHistoryTest {

  private static final Instant NOW = Central.NOW;
  private static final Window DAY = Window.dayOf(NOW);
  private static final Object[] FIRST = row(NOW, 7, 0, 1, 20.5);
  private static final Object[] AHEAD = row(NOW.plusSeconds(10_800), 7, 0, 1, 21.5);
  private static final Object[] LAST = row(NOW.plusSeconds(18_000), 7, 0, 1, 22.5);

  @ParameterizedTest
  @EnumSource
  void differences_ofARowThatWasDropped_areNone(TestEngine engine) throws Exception {
    try (Central central = new Central(engine);
        SetAsideDesk desk = desk(central)) {
      Feed gateway = aheadForAWhile(central);

      assertThat(desk.drop(SetAsideFilter.ALL, desk.newest(), "ann")).isEqualTo(1);
      last(central, gateway);

      assertSame(central, gateway, FIRST, AHEAD, LAST);
      assertThat(settled(gateway, OptionalLong.empty(), FIRST, AHEAD, LAST))
          .isEqualTo(new Ack.Settled(0, 0, false));
      assertSame(central, gateway, FIRST, AHEAD, LAST);
    }
  }

  @ParameterizedTest
  @EnumSource
  void differences_ofADroppedRowThatTheGatewayHasNoLonger_areNoneOnceItSaysSo(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine);
        SetAsideDesk desk = desk(central)) {
      Feed gateway = aheadForAWhile(central);
      desk.drop(SetAsideFilter.ALL, desk.newest(), "ann");
      last(central, gateway);
      assertThat(differences(central, gateway, FIRST, LAST)).hasSize(1);

      assertThat(settled(gateway, OptionalLong.empty(), FIRST, LAST))
          .isEqualTo(new Ack.Settled(0, 0, false));

      assertSame(central, gateway, FIRST, LAST);
    }
  }

  @ParameterizedTest
  @EnumSource
  void differences_ofARowStoredUnderAnotherTime_areNone_andMirroringLeavesIt(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine);
        SetAsideDesk desk = desk(central)) {
      Feed gateway = aheadForAWhile(central);

      desk.replay(SetAsideFilter.ALL, new Stamps.Off(Duration.ofMinutes(-150)), "ann", rows -> {});
      last(central, gateway);

      assertThat(central.column(READING, "value")).containsExactly(20.5, 21.5, 22.5);
      assertSame(central, gateway, FIRST, AHEAD, LAST);
      assertThat(settled(gateway, OptionalLong.of(3), FIRST, AHEAD, LAST))
          .isEqualTo(new Ack.Settled(0, 0, false));
      assertThat(settled(gateway, OptionalLong.of(2), FIRST, LAST)) // the gateway tidied up
          .isEqualTo(new Ack.Settled(0, 0, false));
      assertThat(central.column(READING, "value")).containsExactly(20.5, 21.5, 22.5);
      assertSame(central, gateway, FIRST, LAST);
    }
  }

  @ParameterizedTest
  @EnumSource
  void differences_ofARowThatWasBelieved_areNone(TestEngine engine) throws Exception {
    try (Central central = new Central(engine);
        SetAsideDesk desk = desk(central)) {
      Feed gateway = aheadForAWhile(central);

      desk.replay(SetAsideFilter.ALL, new Stamps.Right(), "ann", rows -> {});
      last(central, gateway);

      assertSame(central, gateway, FIRST, AHEAD, LAST);
    }
  }

  /** One row at noon, and one of which the clock says three. */
  private static Feed aheadForAWhile(Central central) throws Exception {
    Feed gateway = central.gateway("gw");
    gateway.house(0, "D", "1 High Street", 7, 8);
    gateway.live(READING, FIRST);
    assertThat(gateway.untrusted(READING, AHEAD).setAside()).hasSize(1);
    return gateway;
  }

  /** A day later: the position is behind all of them. */
  private static void last(Central central, Feed gateway) throws Exception {
    central.clock.advance(Duration.ofDays(1));
    gateway.live(READING, LAST);
  }

  private static SetAsideDesk desk(Central central) throws Exception {
    return SetAsideDesk.open(central.database.url(), Access.DURABLE, central.clock);
  }

  private static Ack.Settled settled(Feed gateway, OptionalLong mirrored, Object[]... rows)
      throws Exception {
    return HistoryLaneTest.history(
            gateway, Optional.of(HistoryLaneTest.contents(mirrored, DAY.of(7))), rows)
        .settled()
        .orElseThrow();
  }

  private static void assertSame(Central central, Feed gateway, Object[]... rows) throws Exception {
    assertThat(differences(central, gateway, rows)).isEmpty();
  }

  /** What differs if the gateway has these rows of the day, however finely it is looked at. */
  private static List<Difference> differences(Central central, Feed gateway, Object[]... rows)
      throws Exception {
    Rows all = Feed.rows(READING, rows);
    int columns = RowHash.allColumns(READING);
    RowHash hash = new RowHash(READING, columns);
    Digest digest = Digest.NONE;
    List<Claims.Claim> hours = new ArrayList<>();
    byte[] sketch = new byte[4];
    RowHash salted = new RowHash(READING, columns, 5);
    long[] sums = new long[sketch.length];
    for (int row = 0; row < all.size(); row++) {
      Digest one = new Digest(1, hash.of(all, row));
      digest = digest.plus(one);
      hours.add(new Claims.Claim(new Window(7L, Window.hourOfMicros(all.longAt(0, row)), 1), one));
      sums[RowHash.bucket(salted.key(all, row), sums.length)] += salted.of(all, row);
    }
    for (int i = 0; i < sums.length; i++) {
      sketch[i] = Sketches.byteOf(sums[i], 5);
    }
    List<Difference> whole =
        central.ingest.differences(
            gateway.id,
            claims(gateway, Grain.WHOLE, List.of(), List.of(new Claims.Claim(DAY, digest))));
    List<Difference> finer =
        central.ingest.differences(
            gateway.id, claims(gateway, Grain.HOUR, List.of(DAY.of(7)), hours));
    List<Part> parts =
        central.ingest.parts(
            gateway.id,
            new Sketches(
                READING,
                columns,
                gateway.position(READING),
                5,
                List.of(new Sketches.Sketch(DAY.of(7), sketch))));
    assertThat(finer.isEmpty()).isEqualTo(whole.isEmpty());
    // Where no bucket differs, all of what was asked for is to be settled.
    assertThat(parts.equals(List.of(Part.whole(DAY.of(7))))).isEqualTo(whole.isEmpty());
    return whole;
  }

  private static Claims claims(
      Feed gateway, Grain grain, List<Window> scope, List<Claims.Claim> claims) throws Exception {
    return new Claims(
        READING,
        RowHash.allColumns(READING),
        gateway.position(READING),
        grain,
        true,
        scope,
        claims);
  }
}
