package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.NODE_STATE;
import static org.tributary.wire.Tables.READING;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Backlog;
import org.tributary.wire.Batch;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;

/** Where positions stand once batches have come to their ends, in whatever order. */
class PositionMovesTest {

  private static final Instant T = HistoryLaneTest.T;

  /** The batch before it commits between the commit of one that is ahead and its note of that. */
  @ParameterizedTest
  @EnumSource
  void catchUp_onceTheGapHasClosed_movesThePositionToTheEndOfBoth(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = HistoryLaneTest.pushed(central);
      Batch first = reading(gateway.position(READING), 100);
      Batch second = reading(first.upTo(), 200);
      PositionMoves moves = new PositionMoves(new Positions(central.database.engine()));

      Gateway its = known(central, gateway);

      PositionMoves.Move ahead = move(central, its, moves, second);
      PositionMoves.Move between = move(central, its, moves, first);
      moves.overtook(its, second);
      Optional<Position> reached =
          central.database.write(connection -> moves.catchUp(connection, its, second));

      assertThat(ahead).isEqualTo(new PositionMoves.Move(first.after(), true));
      assertThat(between).isEqualTo(new PositionMoves.Move(first.upTo(), false));
      assertThat(reached).isEqualTo(second.upTo());
      assertThat(gateway.position(READING)).isEqualTo(second.upTo());
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofTheLastRowsLeftBehind_leavesNoPositionInTheHistoryLane(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = HistoryLaneTest.pushed(central);
      Position left = new Backlog(List.of(new Backlog.Span(T.minusSeconds(9), T))).position();
      gateway.accept(past(-20, Optional.empty(), left));
      assertThat(gateway.greet().position(READING, Lane.HISTORY)).contains(left);

      gateway.accept(past(-30, Optional.of(left), Backlog.NONE.position()));

      assertThat(gateway.greet().position(READING, Lane.HISTORY)).isEmpty();
      assertThat(gateway.position(READING)).isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource
  void clear_ofALane_leavesOtherLanesTablesAndGateways(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Positions positions = new Positions(central.database.engine());
      Gateway its = known(central, central.gateway("its"));
      Gateway other = known(central, central.gateway("other"));
      Position position = Position.of(T, 7L, 0L);
      central.database.write(
          connection -> {
            positions.set(connection, its, READING, Lane.LIVE, position);
            positions.set(connection, its, READING, Lane.UNTRUSTED, position);
            positions.set(connection, its, NODE_STATE, Lane.LIVE, position);
            positions.set(connection, other, READING, Lane.LIVE, position);
            positions.clear(connection, its, READING, Lane.LIVE);
            return 0;
          });

      central.database.read(
          connection -> {
            assertThat(positions.of(connection, its, Lane.LIVE)).containsOnlyKeys("NodeState");
            assertThat(positions.of(connection, its, Lane.UNTRUSTED)).containsOnlyKeys("Reading");
            assertThat(positions.of(connection, other, Lane.LIVE)).containsOnlyKeys("Reading");
            return 0;
          });
    }
  }

  private static Batch past(int second, Optional<Position> after, Position upTo) {
    return new Batch(READING, Lane.HISTORY, after, Optional.of(upTo), rows(second), List.of());
  }

  private static Batch reading(Optional<Position> after, int second) {
    return Feed.batch(READING, Lane.LIVE, after, rows(second));
  }

  private static Rows rows(int second) {
    return Feed.rows(READING, row(T.plusSeconds(second), 7, 0, 1, 1.0));
  }

  private static PositionMoves.Move move(
      Central central, Gateway gateway, PositionMoves moves, Batch batch) throws Exception {
    return central.database.write(
        connection -> moves.move(connection, gateway, batch, Central.NOW));
  }

  private static Gateway known(Central central, Feed gateway) throws Exception {
    Gateways gateways = new Gateways(central.database.engine(), central.clock);
    return central.database.read(connection -> gateways.find(connection, gateway.id).orElseThrow());
  }
}
