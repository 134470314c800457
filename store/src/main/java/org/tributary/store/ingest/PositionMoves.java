package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.tributary.wire.Backlog;
import org.tributary.wire.Batch;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Table;

/**
 * Moves the positions of series behind what has been stored, contiguously, in whatever order
 * batches come to their ends. The two calls lock the position for each other until the commit, once
 * there is one. Thread-safe.
 */
final class PositionMoves {

  private final Positions positions;
  private final SegmentsAhead segments = new SegmentsAhead();

  PositionMoves(Positions positions) {
    this.positions = positions;
  }

  /**
   * How far a lane has come.
   *
   * @param isAhead whether the batch overtook the one before it; once it is committed {@link
   *     #catchUp} is to be told
   */
  record Move(Optional<Position> position, boolean isAhead) {}

  /**
   * Moves a position in the transaction that has stored a batch.
   *
   * @param trustedUntil in the live lane a position never goes beyond a time that can be trusted
   */
  Move move(Connection connection, Gateway gateway, Batch batch, Instant trustedUntil)
      throws SQLException {
    Table table = batch.table();
    Lane lane = batch.lane();
    Optional<Position> target = target(batch, trustedUntil);
    Optional<Position> current = positions.locked(connection, gateway, table, lane);
    if (target.isEmpty()) {
      return new Move(current, false);
    }
    if (!current.equals(batch.after())) {
      return new Move(current, lane != Lane.HISTORY);
    }
    if (lane == Lane.HISTORY && Backlog.of(target).isEmpty()) {
      positions.clear(connection, gateway, table, lane);
      return new Move(Optional.empty(), false);
    }
    Position reached =
        lane == Lane.HISTORY ? target.get() : segments.reach(gateway, table, lane, target.get());
    positions.set(connection, gateway, table, lane, reached);
    return new Move(Optional.of(reached), false);
  }

  private static Optional<Position> target(Batch batch, Instant trustedUntil) {
    if (batch.lane() != Lane.LIVE || batch.upTo().isEmpty()) {
      return batch.upTo();
    }
    return batch
        .upTo()
        .filter(upTo -> upTo.key().get(0) instanceof Instant t && !t.isAfter(trustedUntil));
  }

  /**
   * Notes that a batch overtook the one before it. Called when it is committed, before {@link
   * #catchUp}: whichever of the two comes to the position last finds the other's work.
   */
  void overtook(Gateway gateway, Batch batch) {
    segments.add(gateway, batch.table(), batch.lane(), batch.after(), batch.upTo().orElseThrow());
  }

  /**
   * Sees whether the gap has closed by now, in a transaction of its own. Where the batch found no
   * position at all, nobody may be setting the first one meanwhile.
   */
  Optional<Position> catchUp(Connection connection, Gateway gateway, Batch batch)
      throws SQLException {
    Table table = batch.table();
    Lane lane = batch.lane();
    Optional<Position> current = positions.locked(connection, gateway, table, lane);
    if (current.isEmpty()) {
      return current;
    }
    Position reached = segments.reach(gateway, table, lane, current.get());
    if (reached.isAfter(current.get())) {
      positions.set(connection, gateway, table, lane, reached);
    }
    return Optional.of(reached);
  }
}
