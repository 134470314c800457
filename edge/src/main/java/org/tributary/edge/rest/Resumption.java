package org.tributary.edge.rest;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Winds positions back where the server has less than it acknowledged, and where rows waited for
 * something that has a match now. Always to before all keys of a second: of two that differ in the
 * fraction only, a server that keeps whole seconds may hold one.
 */
record Resumption(RestRecord record, Witnesses witnesses) {

  /** Asks all witnesses; if one has less than was acknowledged, series begin again before that. */
  boolean hasGoneBack() throws IOException {
    Optional<Witnesses.GoneBack> back = witnesses.goneBack();
    back.ifPresent(this::goBack);
    return back.isPresent();
  }

  private void goBack(Witnesses.GoneBack back) {
    // The series of which nobody can be asked lost as much as the one that can.
    for (Table table : List.of(Tables.NODE_STATE, Tables.READING)) {
      windTo(table, back.newest().map(newest -> before(table, newest.minusSeconds(1))));
    }
    record.good().clear();
  }

  /** Goes back to rows that waited for something which has a match now; whether there are any. */
  boolean releaseHeld(Table table) {
    List<Held> released =
        record.held().stream()
            .filter(held -> held.table().equals(table.name()))
            .filter(held -> record.match(held.parent(), held.local()).isPresent())
            .toList();
    for (Held held : released) {
      windTo(table, Optional.of(before(table, (Instant) held.first().key().get(0))));
    }
    return record.held().removeAll(released);
  }

  private void windTo(Table table, Optional<Position> to) {
    Optional<Position> now = record.reached(table, Lane.LIVE);
    if (now.isPresent() && (to.isEmpty() || now.get().isAfter(to.get()))) {
      record.windTo(table, to);
    }
  }

  private static Position before(Table table, Instant second) {
    List<Object> key = new ArrayList<>();
    key.add(second.truncatedTo(ChronoUnit.SECONDS).minus(1, ChronoUnit.MICROS));
    for (int i = 1; i < table.key().size(); i++) {
      key.add(Long.MAX_VALUE);
    }
    return new Position(key);
  }
}
