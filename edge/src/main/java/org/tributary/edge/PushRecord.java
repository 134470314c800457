package org.tributary.edge;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.Position;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Welcome;

/**
 * What one remote had when it was last pushed to, in a small file for people and for {@code
 * status}, and what it came to since the process began. A cache: it may be deleted at any time.
 *
 * <p>Thread-safe.
 */
final class PushRecord implements PushListener, Memory {

  private static final Logger log = LoggerFactory.getLogger(PushRecord.class);

  /**
   * What the file says.
   *
   * @param lastContact when central last answered
   * @param positions how far each table's live lane had come by then, by the table's name
   * @param backlog what each live lane has left behind, by the table's name; nothing is left out
   * @param setAside how many rows of this gateway central kept apart by then
   * @param problem why the last push failed, if it did
   * @param refused whether it failed because central said no, so that the next will fail too
   * @param rates how fast the last pushes were
   * @param delivered when the last push began that left nothing behind: all that was logged before
   *     is at central or kept apart
   */
  record Content(
      Optional<Instant> lastContact,
      Map<String, Position> positions,
      Map<String, Position> backlog,
      long setAside,
      Optional<String> problem,
      boolean refused,
      Rates rates,
      Optional<Instant> delivered) {

    static final Content NONE =
        new Content(
            Optional.empty(),
            Map.of(),
            Map.of(),
            0,
            Optional.empty(),
            false,
            Rates.NONE,
            Optional.empty());

    Content {
      positions = Map.copyOf(positions);
      backlog = Map.copyOf(backlog);
    }

    /** The time of the newest reading that central has taken. */
    Optional<Instant> lastSample() {
      return Optional.ofNullable(positions.get(Tables.READING.name())).flatMap(Position::time);
    }

    Content after(Optional<String> newProblem, boolean isRefused) {
      return new Content(
          lastContact, positions, backlog, setAside, newProblem, isRefused, rates, delivered);
    }

    Content with(Rates newRates) {
      return new Content(
          lastContact, positions, backlog, setAside, problem, refused, newRates, delivered);
    }
  }

  private final Path file;
  private final Clock clock;
  private final Map<String, Sweep.Place> sweeps;
  private Content content;
  private boolean isAnswered;
  private long rowsSent;
  private long rowsBefore;
  private @Nullable Instant began;
  private boolean complained;
  private long failures;
  private Optional<Exception> failure = Optional.empty();
  private Optional<Duration> clockOffset = Optional.empty();
  private Optional<Duration> lastPush = Optional.empty();
  private Optional<Instant> next = Optional.empty();
  private Optional<Instant> trustedUntil = Optional.empty();
  private long differing;
  private Map<String, Position> untrusted = Map.of();

  PushRecord(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
    PushRecordFile saved = PushRecordFile.load(file);
    this.content = saved.content();
    this.sweeps = new HashMap<>(saved.sweeps());
  }

  @Override
  public synchronized Optional<Position> reached(Table table) {
    return Optional.ofNullable(content.positions().get(table.name()));
  }

  @Override
  public synchronized Optional<Sweep.Place> swept(Table table) {
    return Optional.ofNullable(sweeps.get(table.name()));
  }

  @Override
  public synchronized void swept(Table table, Sweep.Place place) {
    sweeps.put(table.name(), place); // written with the rest when the push ends
  }

  /** What the file says; nothing if it is missing or damaged. */
  static Content read(Path file) {
    return PushRecordFile.load(file).content();
  }

  /** Rows that have been answered since this record was opened. */
  synchronized long rowsSent() {
    return rowsSent;
  }

  synchronized Content content() {
    return content;
  }

  /** The same with the pace of the push that is at work, where it tells enough by now. */
  synchronized Content soFar() {
    Instant start = began;
    return start == null
        ? content
        : content.with(
            content.rates().and(rowsSent - rowsBefore, Duration.between(start, clock.instant())));
  }

  synchronized Progress progress() {
    return new Progress(
        isAnswered,
        rowsSent,
        failures,
        failure,
        clockOffset,
        lastPush,
        next,
        trustedUntil,
        differing,
        untrusted);
  }

  /** No push works until then. */
  synchronized void rests(Duration pause) {
    next = Optional.of(clock.instant().plus(pause));
  }

  @Override
  public synchronized void welcomed(Welcome welcome) {
    content =
        new Content(
            Optional.of(clock.instant()),
            welcome.positions(),
            welcome.history(),
            welcome.setAside(),
            Optional.empty(),
            false,
            content.rates(),
            content.delivered());
    isAnswered = true;
    began = clock.instant();
    rowsBefore = rowsSent;
    next = Optional.empty();
    failure = Optional.empty();
    trustedUntil = Optional.of(welcome.trustedUntil());
    untrusted = welcome.untrusted();
    differing = welcome.open().values().stream().mapToLong(List::size).sum();
  }

  @Override
  public synchronized void answered(Batch batch, Ack ack) {
    rowsSent += batch.size();
    Map<String, Position> positions = new HashMap<>(content.positions());
    Map<String, Position> backlog = new HashMap<>(content.backlog());
    String table = batch.table().name();
    switch (batch.lane()) {
      case LIVE -> ack.position().ifPresent(reached -> positions.put(table, reached));
      case HISTORY ->
          ack.position()
              .ifPresentOrElse(left -> backlog.put(table, left), () -> backlog.remove(table));
      case UNTRUSTED ->
          ack.position()
              .ifPresent(
                  reached -> {
                    Map<String, Position> lane = new HashMap<>(untrusted);
                    lane.put(table, reached);
                    untrusted = lane;
                  });
    }
    content =
        new Content(
            Optional.of(clock.instant()),
            positions,
            backlog,
            content.setAside(),
            Optional.empty(),
            false,
            content.rates(),
            content.delivered());
  }

  /** A push went through. */
  synchronized void pushed(PushResult result) {
    boolean refused = !result.refused().isEmpty();
    content =
        new Content(
            content.lastContact(),
            content.positions(),
            content.backlog(),
            result.setAside(),
            refused ? Optional.of(String.join("; ", result.refused())) : Optional.empty(),
            refused,
            content.rates(),
            leftNothing(result) ? Optional.ofNullable(began) : content.delivered());
    failure = Optional.empty();
    differing = Math.max(0, differing - result.healed().days() + result.healed().left());
    clockOffset = Optional.of(result.clockOffset());
    Instant start = began;
    lastPush = start == null ? lastPush : Optional.of(Duration.between(start, clock.instant()));
    ended();
  }

  /** Whether all that was logged before is at central by now, or kept apart. */
  private static boolean leftNothing(PushResult result) {
    return result.refused().isEmpty()
        && !result.stopped()
        && result.healed().left() == 0
        && !result.healed().backlog();
  }

  /** A push broke off. */
  synchronized void failed(Exception cause) {
    content =
        content.after(
            Optional.of(String.valueOf(cause.getMessage())), cause instanceof RefusedException);
    isAnswered = true;
    failure = Optional.of(cause);
    failures++;
    ended();
  }

  /** Learns how fast it was, and writes everything down. */
  private void ended() {
    if (began != null) {
      Duration took = Duration.between(began, content.lastContact().orElse(began));
      content = content.with(content.rates().and(rowsSent - rowsBefore, took));
      began = null;
    }
    try {
      new PushRecordFile(content, sweeps).save(file);
      complained = false;
    } catch (IOException e) {
      if (!complained) {
        // Only people miss it; a full disk must not stop a push.
        log.warn("The record of the last push can't be written: {}", e.toString());
        complained = true;
      }
    }
  }
}
