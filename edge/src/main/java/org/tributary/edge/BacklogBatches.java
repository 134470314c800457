package org.tributary.edge;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Page;
import org.tributary.wire.Ack;
import org.tributary.wire.Backlog;
import org.tributary.wire.Batch;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Unreadable;

/**
 * What the live lane of a series has left behind, the newest days first. Central's note of it
 * shrinks with the batches that follow those whose rows it has accounted for, so that it never says
 * less than what is missing, in whatever order batches arrive.
 */
final class BacklogBatches implements Batches {

  private static final long MAX_DAYS = 366;
  private static final int FASTEST_GROWTH = 8;
  private static final int SHORTENED_BY = 8; // an eighth at a time

  private static final Duration MOMENT = ChronoUnit.MICROS.getDuration();

  private final Source source;
  private final Table table;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private Backlog toRead;
  private Backlog left;
  private Optional<Position> noted;
  private @Nullable Piece piece;
  private long days;
  private long rowsOfThem;
  private long given;
  private long answered;

  /** What is left once so many batches are answered. */
  private record Mark(long batches, Backlog left) {}

  /** Some days that are being read, in the order of the key. */
  private static final class Piece {
    private final Instant from;
    private final Optional<Instant> last;
    private Optional<Position> cursor;
    private long rows;

    Piece(Table table, Backlog.Span span) {
      Stretch stretch = Stretch.of(table, span);
      this.from = span.from();
      this.last = stretch.until();
      this.cursor = stretch.cursor();
    }
  }

  /**
   * What is to be sent.
   *
   * @param noted the backlog as central has it now
   */
  BacklogBatches(Source source, Table table, Optional<Position> noted) {
    this.source = source;
    this.table = table;
    this.noted = noted;
    this.left = Backlog.of(noted);
    this.toRead = left;
  }

  @Override
  public Table table() {
    return table;
  }

  @Override
  public Optional<Batch> next(int maxRows) throws LocalDatabaseException {
    if (piece == null) {
      piece = begin(maxRows);
    }
    if (piece == null) {
      return Optional.empty();
    }
    Piece current = requireNonNull(piece);
    Page page = source.readAfter(table, current.cursor, current.last, maxRows);
    current.cursor = page.cursor();
    current.rows += page.rows().size();
    Batch batch = batch(page.rows(), page.unreadable());
    if (!batch.isEmpty()) {
      given++;
    }
    if (!page.full() || page.cursor().isEmpty()) {
      end(current);
    }
    return Optional.of(batch);
  }

  private Batch batch(Rows rows, List<Unreadable> unreadable) {
    boolean moves = !left.equals(Backlog.of(noted));
    return new Batch(
        table,
        Lane.HISTORY,
        moves ? noted : Optional.empty(),
        moves ? Optional.of(left.position()) : Optional.empty(),
        rows,
        unreadable);
  }

  /** The newest days of which there are rows, and no more than fill a batch or so. */
  private @Nullable Piece begin(int maxRows) throws LocalDatabaseException {
    while (!toRead.isEmpty()) {
      Backlog.Span span = toRead.newest().orElseThrow();
      Optional<Instant> newest = source.newest(table, span.until().minus(MOMENT));
      if (newest.isPresent() && !newest.get().isBefore(span.from())) {
        Instant midnight = newest.get().truncatedTo(ChronoUnit.DAYS);
        days = daysFor(maxRows);
        Piece wanted = piece(span, midnight);
        while (days > 1 && hasMore(wanted, maxRows)) {
          days -= Math.max(1, days / SHORTENED_BY);
          wanted = piece(span, midnight);
        }
        return wanted;
      }
      through(span.from());
    }
    return null;
  }

  private Piece piece(Backlog.Span span, Instant midnight) {
    Instant from = midnight.minus(Duration.ofDays(days - 1));
    return new Piece(
        table, new Backlog.Span(from.isBefore(span.from()) ? span.from() : from, span.until()));
  }

  /**
   * Whether some rows would be left for a batch of their own, which takes its turns as a full one.
   */
  private boolean hasMore(Piece wanted, int maxRows) throws LocalDatabaseException {
    return source.hasMore(table, wanted.cursor, wanted.last.orElseThrow(), maxRows);
  }

  /** By the rows of the days before. */
  private long daysFor(int maxRows) {
    if (days == 0) {
      return 1;
    }
    long fitting = days * maxRows / Math.max(1, rowsOfThem);
    return Math.max(1, Math.min(fitting, Math.min(MAX_DAYS, days * FASTEST_GROWTH)));
  }

  private void end(Piece read) {
    rowsOfThem = read.rows;
    through(read.from);
    piece = null;
  }

  /** All from that time on has been read. */
  private void through(Instant time) {
    toRead = toRead.before(time);
    marks.add(new Mark(given, toRead));
    settle();
  }

  @Override
  public void answered(Batch batch, Ack ack) {
    answered++;
    noted = ack.position();
    settle();
  }

  private void settle() {
    while (!marks.isEmpty() && marks.element().batches() <= answered) {
      left = marks.remove().left();
    }
  }

  /** What is still to be sent. */
  Backlog left() {
    return left;
  }

  /** How central has noted it, as far as is known. */
  Optional<Position> noted() {
    return noted;
  }

  /** What remains to be said once all is answered: how little is left. */
  Optional<Batch> last() {
    Batch batch = batch(Rows.none(table), List.of());
    return batch.upTo().isEmpty() ? Optional.empty() : Optional.of(batch);
  }
}
