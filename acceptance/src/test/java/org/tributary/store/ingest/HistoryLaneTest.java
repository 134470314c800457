package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.READING;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.Claims;
import org.tributary.wire.Contents;
import org.tributary.wire.Correction;
import org.tributary.wire.Difference;
import org.tributary.wire.Digest;
import org.tributary.wire.Grain;
import org.tributary.wire.Lane;
import org.tributary.wire.Part;
import org.tributary.wire.Position;
import org.tributary.wire.RowHash;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.Window;

/** What central says of windows, and what it does with all rows of one. */
class HistoryLaneTest {

  static final Instant T = Instant.parse("2016-05-01T10:00:00Z");
  static final Window DAY = Window.dayOf(T);
  static final Object[][] ROWS = {
    row(T, 7, 0, 1, 20.5),
    row(T.plusSeconds(60), 7, 2, 1, 55.0),
    row(T.plusSeconds(90), 8, 0, 2, null)
  };

  @ParameterizedTest
  @EnumSource
  void differences_whenBothSidesHaveTheSame_areNone(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = pushed(central);

      assertThat(differences(central, gateway, false, ROWS)).isEmpty();
      assertThat(differences(central, gateway, true, ROWS)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void differences_afterARowWasDamagedByHand_areFoundByLookingAfresh(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = pushed(central);
      differences(central, gateway, false, ROWS);
      central.execute("DELETE FROM @Reading@ WHERE type = 2");

      List<Difference> found = differences(central, gateway, true, ROWS);

      assertThat(found).containsExactly(new Difference(DAY, 2));
    }
  }

  @ParameterizedTest
  @EnumSource
  void differences_afterARowWasStored_areThoseOfNow(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = pushed(central);
      differences(central, gateway, false, ROWS);
      Object[][] more = {ROWS[0], ROWS[1], ROWS[2], row(T.minusSeconds(5), 7, 0, 1, 1.5)};
      assertThat(differences(central, gateway, false, more)).hasSize(1);

      history(gateway, Optional.empty(), more[3]);

      assertThat(differences(central, gateway, false, more)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void differences_ofARowSetAside_areNone(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = pushed(central);
      Object[][] more = {ROWS[0], ROWS[1], ROWS[2], row(T.minusSeconds(5), 99, 0, 1, 1.5)};

      Ack ack = history(gateway, Optional.empty(), more[3]);

      assertThat(ack.setAside()).extracting(SetAside::rule).containsExactly(Rule.PARENT_MISSING);
      assertThat(differences(central, gateway, false, more)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_whenTheGatewayHasFewerRows_keepsTheOthersAndFindsNoDifferenceAgain(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = pushed(central);
      Object[][] left = {ROWS[0], ROWS[2]};

      Ack ack = history(gateway, Optional.of(contents(OptionalLong.empty(), DAY.of(7))), left[0]);
      Ack again = history(gateway, Optional.of(contents(OptionalLong.empty(), DAY.of(7))), left[0]);

      assertThat(ack.settled()).contains(new Ack.Settled(1, 0, false));
      assertThat(again.settled()).isEqualTo(ack.settled());
      assertThat(central.rows(READING)).hasSize(3);
      assertThat(differences(central, gateway, true, left)).isEmpty();
      assertThat(differences(central, gateway, true, ROWS)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofAGatewayThatIsMirrored_deletesWhatItHasNoLongerAndNotesIt(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = pushed(central);

      Ack ack = history(gateway, Optional.of(contents(OptionalLong.of(2), DAY.of(7))), ROWS[0]);

      assertThat(ack.settled()).contains(new Ack.Settled(0, 1, false));
      assertThat(central.rows(READING)).hasSize(2);
      assertThat(central.ingest.corrections(gateway.id, 10).orElseThrow())
          .extracting(Correction::kind)
          .containsExactly(Correction.Kind.DELETED);
      assertThat(differences(central, gateway, false, ROWS[0], ROWS[2])).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofAMirroredGatewayThatWasEmptied_deletesNothing(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = pushed(central);

      Ack ack = history(gateway, Optional.of(contents(OptionalLong.of(0), DAY)));

      assertThat(ack.settled()).contains(new Ack.Settled(3, 0, true));
      assertThat(central.rows(READING)).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofAMirroredGateway_leavesNodesAloneThatAnotherHasAsWell(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = pushed(central);
      Feed other = central.gateway("other");
      other.house(100, "D", "1 High Street", 7, 8);

      history(gateway, Optional.of(contents(OptionalLong.of(3), DAY.of(7))));

      assertThat(central.rows(READING)).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofAnEditedRow_keepsItsPredecessorWithTime(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = pushed(central);
      central.clock.advance(Duration.ofHours(1));

      history(gateway, Optional.empty(), row(T, 7, 0, 1, 21.0));

      Correction correction = central.ingest.corrections(gateway.id, 10).orElseThrow().get(0);
      assertThat(correction.kind()).isEqualTo(Correction.Kind.EDITED);
      assertThat(correction.key()).contains("2016-05-01T10:00:00Z");
      assertThat(correction.before()).contains("20.5");
      assertThat(correction.noticed()).isEqualTo(central.clock.instant());
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_inTheHistoryLane_movesNoLivePosition(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = pushed(central);
      Optional<Position> before = gateway.position(READING);

      history(gateway, Optional.empty(), row(T.plusSeconds(3_600), 7, 0, 1, 21.0));

      assertThat(gateway.position(READING)).isEqualTo(before);
    }
  }

  static Feed pushed(Central central) throws Exception {
    Feed gateway = central.gateway("gw");
    gateway.house(0, "D", "1 High Street", 7, 8);
    gateway.live(READING, ROWS);
    return gateway;
  }

  static Ack history(Feed gateway, Optional<Contents> contents, Object[]... rows) throws Exception {
    return gateway.accept(
        new Batch(
            READING,
            Lane.HISTORY,
            Optional.empty(),
            Optional.empty(),
            Feed.rows(READING, rows),
            List.of(),
            contents));
  }

  static Contents contents(OptionalLong mirrored, Window window) {
    return contents(mirrored, Part.whole(window));
  }

  static Contents contents(OptionalLong mirrored, Part part) {
    return new Contents(RowHash.allColumns(READING), Optional.empty(), 5, mirrored, List.of(part));
  }

  /** What differs if the gateway has these rows of the day, by its own ids. */
  static List<Difference> differences(
      Central central, Feed gateway, boolean afresh, Object[]... rows) throws Exception {
    Rows all = Feed.rows(READING, rows);
    RowHash hash = new RowHash(READING, RowHash.allColumns(READING));
    Digest digest = Digest.NONE;
    Map<Window, Digest> byNode = new TreeMap<>();
    for (int row = 0; row < all.size(); row++) {
      Digest one = new Digest(1, hash.of(all, row));
      digest = digest.plus(one);
      byNode.merge(DAY.of(all.longAt(1, row)), one, Digest::plus);
    }
    Optional<Position> upTo = gateway.position(READING);
    Claims whole =
        new Claims(
            READING,
            RowHash.allColumns(READING),
            upTo,
            Grain.WHOLE,
            afresh,
            List.of(),
            List.of(new Claims.Claim(DAY, digest)));
    List<Difference> found = central.ingest.differences(gateway.id, whole);
    Claims nodes =
        new Claims(
            READING,
            RowHash.allColumns(READING),
            upTo,
            Grain.NODE,
            true,
            List.of(DAY),
            byNode.entrySet().stream()
                .map(each -> new Claims.Claim(each.getKey(), each.getValue()))
                .toList());
    assertThat(central.ingest.differences(gateway.id, nodes).isEmpty()).isEqualTo(found.isEmpty());
    return found;
  }
}
