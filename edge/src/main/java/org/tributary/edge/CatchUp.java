package org.tributary.edge;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.tributary.wire.Ack;
import org.tributary.wire.Backlog;
import org.tributary.wire.Batch;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Welcome;
import org.tributary.wire.WireFormatException;

/**
 * Lets new rows go first after a long outage, and at the very beginning: the live lane leaves what
 * is older than a day behind, and that is sent afterwards, newest days first.
 *
 * <p>Central notes what is left behind before the live lane jumps, so whatever breaks off, it knows
 * of the hole. Nothing of it is kept here. Not thread-safe.
 */
final class CatchUp {

  /** What the live lane never leaves behind, besides the newest day itself. */
  private static final Duration RECENT = Duration.ofDays(1);

  private static final Duration MOMENT = ChronoUnit.MICROS.getDuration();

  private final Source source;
  private final Transport transport;
  private final Carrying carrying;
  private final int worthIt;
  private final Map<Table, Optional<Position>> noted = new HashMap<>();

  /**
   * @param worthIt how many rows may lie before the last day and still go in order
   */
  CatchUp(Source source, Transport transport, Carrying carrying, int worthIt) {
    this.source = source;
    this.transport = transport;
    this.carrying = carrying;
    this.worthIt = worthIt;
  }

  /** A cycle begins, and central has said what it knows to be left behind. */
  void begin(Welcome welcome) throws WireFormatException {
    for (Table table : Tables.ALL) {
      Optional<Position> said = welcome.position(table, Lane.HISTORY);
      Backlog.read(said); // or it is refused
      noted.put(table, said);
    }
  }

  /** What is left behind of a series, as central had it last. */
  Backlog backlog(Table table) {
    return Backlog.of(noted(table));
  }

  private Optional<Position> noted(Table table) {
    return noted.getOrDefault(table, Optional.empty());
  }

  /**
   * What the live lane is to send: less than it has, if it pays to leave some behind.
   *
   * @param live all that is behind the live position
   */
  Stretch shortened(Table table, Stretch live) throws IOException, RefusedException {
    Optional<Instant> newest =
        transport.takesNewestFirst()
            ? source.newest(table, live.until().orElseThrow())
            : Optional.empty();
    if (newest.isEmpty()) {
      return live;
    }
    Instant recent = newest.get().truncatedTo(ChronoUnit.DAYS).minus(RECENT);
    Instant last = recent.minus(MOMENT);
    if (!source.hasMore(table, live.cursor(), last, worthIt)) {
      return live;
    }
    Optional<Instant> first =
        source
            .readAfter(table, live.cursor(), Optional.of(last), 1)
            .last()
            .map(position -> (Instant) position.key().get(0));
    if (first.isEmpty()) {
      return live; // it can't be read: no telling where the hole would begin
    }
    note(table, backlog(table).with(new Backlog.Span(first.get(), recent)));
    return live.behind(Stretch.endOf(table, last));
  }

  private void note(Table table, Backlog backlog) throws IOException, RefusedException {
    Position position = backlog.position();
    if (noted(table).equals(Optional.of(position))) {
      return;
    }
    Ack ack =
        carrying.send(
            new Batch(
                table,
                Lane.HISTORY,
                noted(table),
                Optional.of(position),
                Rows.none(table),
                List.of()));
    noted.put(table, ack.position());
    if (!ack.position().equals(Optional.of(position))) {
      throw new IOException("Central did not note what is left behind of " + table);
    }
  }

  /**
   * Sends what is left behind.
   *
   * @return whether some of it is still left
   */
  boolean send(Table table, BooleanSupplier stop) throws IOException, RefusedException {
    Backlog backlog = backlog(table);
    if (backlog.isEmpty()) {
      return false;
    }
    BacklogBatches batches = new BacklogBatches(source, table, noted(table));
    carrying.carry(batches, stop);
    Optional<Batch> last = batches.last();
    noted.put(table, last.isPresent() ? carrying.send(last.get()).position() : batches.noted());
    return !batches.left().isEmpty();
  }
}
