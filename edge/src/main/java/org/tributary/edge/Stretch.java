package org.tributary.edge;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.wire.Backlog;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Table;

/**
 * The rows of a series that one lane has still to send.
 *
 * @param position how far central says the lane has come
 * @param cursor behind which the rows begin
 * @param until the latest time of them, if there is one
 */
record Stretch(
    Lane lane, Optional<Position> position, Optional<Position> cursor, Optional<Instant> until) {

  /**
   * What both lanes have to send, given how far central says they have come.
   *
   * @param liveUntil the present: a row stamped later waits until then, for once it has moved the
   *     live position, rows that are logged meanwhile would lie behind it
   * @param trustedUntil what is stamped later than that is set aside, and does not wait
   */
  static List<Stretch> of(
      Table table,
      Optional<Position> live,
      Optional<Position> untrusted,
      Instant liveUntil,
      Instant trustedUntil) {
    // Rows stamped in the future travel once, are set aside, and never move the live position.
    Position future = endOf(table, trustedUntil);
    Optional<Position> cursor =
        untrusted.filter(known -> known.isAfter(future)).or(() -> Optional.of(future));
    return List.of(
        new Stretch(Lane.LIVE, live, live, Optional.of(liveUntil)),
        new Stretch(Lane.UNTRUSTED, untrusted, cursor, Optional.empty()));
  }

  /** What the live lane has left behind. */
  static Stretch of(Table table, Backlog.Span span) {
    Duration moment = ChronoUnit.MICROS.getDuration();
    return new Stretch(
        Lane.HISTORY,
        Optional.empty(),
        Optional.of(endOf(table, span.from().minus(moment))),
        Optional.of(span.until().minus(moment)));
  }

  /** All behind a position, where nobody can say which stamps central trusts. */
  static Stretch behind(Optional<Position> live) {
    return new Stretch(Lane.LIVE, live, live, Optional.empty());
  }

  /** Only what lies behind a cursor; the position moves over what is left out. */
  Stretch behind(Position start) {
    return new Stretch(lane, position, Optional.of(start), until);
  }

  /** Behind every row of that time. */
  static Position endOf(Table table, Instant time) {
    List<Object> key = new ArrayList<>();
    key.add(time.truncatedTo(ChronoUnit.MICROS));
    for (int i = 1; i < table.key().size(); i++) {
      key.add(Long.MAX_VALUE);
    }
    return new Position(key);
  }
}
