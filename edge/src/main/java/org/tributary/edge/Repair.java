package org.tributary.edge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.tributary.store.Page;
import org.tributary.wire.Ack;
import org.tributary.wire.Backlog;
import org.tributary.wire.Batch;
import org.tributary.wire.Claims;
import org.tributary.wire.Contents;
import org.tributary.wire.Difference;
import org.tributary.wire.Digest;
import org.tributary.wire.Grain;
import org.tributary.wire.Lane;
import org.tributary.wire.Part;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Unreadable;
import org.tributary.wire.Window;

/**
 * Mends days of a series that differ, newest first: each is narrowed to the few rows that do, and
 * only these travel, as all that the gateway has of some part of an hour.
 *
 * <p>Broken off anywhere it leaves nothing half done: what is not mended differs still. Not
 * thread-safe.
 */
final class Repair {

  private static final int ROUNDS = 4;
  private static final int DAYS_AT_ONCE = 30;

  /** How many rows of here were compared, how many can't be read, and what was not the same. */
  record Compared(long rows, long unreadable, List<Difference> differences) {}

  private final Source source;
  private final Transport transport;
  private final Sending sending;
  private final BatchSize batchSize;
  private final RandomGenerator random;
  private final PassedOver passedOver = new PassedOver();

  Repair(
      Source source,
      Transport transport,
      Sending sending,
      BatchSize batchSize,
      RandomGenerator random) {
    this.source = source;
    this.transport = transport;
    this.sending = sending;
    this.batchSize = batchSize;
    this.random = random;
  }

  /** Compares windows, each as a whole; nothing differs where a way can't tell. */
  Compared compare(Table table, Position upTo, Collection<Window> windows, boolean afresh)
      throws IOException, RefusedException {
    long unreadable = passedOver.count();
    Claims all = claims(table, upTo, windows, afresh);
    long rows = all.claims().stream().mapToLong(claim -> claim.digest().rows()).sum();
    return new Compared(
        rows, passedOver.count() - unreadable, transport.compare(all).orElse(List.of()));
  }

  /**
   * What is here of windows, each as a whole.
   *
   * @param afresh to be compared with central's rows, not with what it noted of them: hands may
   *     have changed some
   */
  Claims claims(Table table, Position upTo, Collection<Window> windows, boolean afresh)
      throws LocalDatabaseException {
    List<Claims.Claim> claims = new ArrayList<>();
    for (Window window : windows) {
      claims.add(new Claims.Claim(window, whole(table, window, upTo)));
    }
    return new Claims(
        table, source.columns(table), Optional.of(upTo), Grain.WHOLE, afresh, List.of(), claims);
  }

  /**
   * Sends the rows that can't be read of all windows that were looked at.
   *
   * @return whether looking again would find more of them
   */
  boolean sendUnreadable(BooleanSupplier stop) throws IOException, RefusedException {
    return passedOver.send(batchSize.rows(), sending, stop);
  }

  /** Rows of a table that can't be read and are still to be sent. */
  List<Unreadable> unreadable(Table table) {
    return passedOver.waiting(table);
  }

  /** The digest of a window as one; notes rows of it that can't be read. */
  Digest whole(Table table, Window window, Position upTo) throws LocalDatabaseException {
    PassedOver.Noting noting = passedOver.in(table, window);
    Digest whole = whole(source, table, window, upTo, noting);
    noting.end();
    return whole;
  }

  /**
   * The digest of a window of a source as one.
   *
   * @param passedOver hears of rows of the window that can't be read
   */
  static Digest whole(
      Source source, Table table, Window window, Position upTo, Consumer<Unreadable> passedOver)
      throws LocalDatabaseException {
    Digest sum = Digest.NONE;
    for (Digest each :
        source.digests(table, window, Grain.WHOLE, Optional.of(upTo), passedOver).values()) {
      sum = sum.plus(each);
    }
    return sum;
  }

  /**
   * Mends days.
   *
   * @param upTo how far the live lane has come
   * @param mirror whether central is to delete what is not here
   * @return what was done; days that still differ are left
   */
  Healed mend(
      Table table,
      Position upTo,
      Collection<Difference> differing,
      boolean mirror,
      BooleanSupplier stop)
      throws IOException, RefusedException {
    List<Difference> days = new ArrayList<>(differing);
    days.sort(Comparator.comparing(Difference::window).reversed());
    Run run = new Run(table, upTo, mirror);
    int left = 0;
    for (int from = 0; from < days.size(); from += DAYS_AT_ONCE) {
      if (stop.getAsBoolean()) {
        return run.healed(days.size(), left + days.size() - from);
      }
      left += run.mend(days.subList(from, Math.min(days.size(), from + DAYS_AT_ONCE)));
    }
    return run.healed(days.size(), left);
  }

  /** One series. */
  private final class Run {
    private final Table table;
    private final Position upTo;
    private final int columns;
    private final OptionalLong mirrored;
    private Healed sum = Healed.NOTHING;

    Run(Table table, Position upTo, boolean mirror) throws LocalDatabaseException {
      this.table = table;
      this.upTo = upTo;
      this.columns = source.columns(table);
      this.mirrored = mirror ? OptionalLong.of(source.count(table)) : OptionalLong.empty();
    }

    Healed healed(int days, int left) {
      return sum.plus(new Healed(days, 0, 0, 0, 0, false, left, false));
    }

    /** How many of these days still differ in the end. */
    int mend(List<Difference> days) throws IOException, RefusedException {
      List<Difference> left = days;
      for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
        mendOnce(left, round == 0);
        left =
            compare(table, upTo, left.stream().map(Difference::window).toList(), false)
                .differences();
      }
      return left.size();
    }

    /**
     * One round.
     *
     * @param first later on, what central has nothing of was sent already and did not help: it is
     *     to settle what it believes to keep of those days
     */
    private void mendOnce(List<Difference> days, boolean first)
        throws IOException, RefusedException {
      long salt = random.nextLong();
      List<Window> partly = new ArrayList<>();
      List<Part> parts = new ArrayList<>();
      for (Difference day : days) {
        if (whole(table, day.window(), upTo).equals(Digest.NONE)) {
          parts.add(Part.whole(day.window()));
        } else if (first && day.there() == 0) {
          sendAll(day.window());
        } else {
          partly.add(day.window());
        }
      }
      parts.addAll(new Narrowing(source, transport, table, columns, upTo, salt).parts(partly));
      Contents form = new Contents(columns, Optional.of(upTo), salt, mirrored, List.of());
      new PartsOnTheirWay(new WindowedRows(source, table, upTo), form, batchSize, this::send)
          .send(parts);
    }

    /** Rows of a whole day of which central has nothing: in pages, as in the live lane. */
    private void sendAll(Window day) throws IOException, RefusedException {
      Stretch all = Stretch.of(table, new Backlog.Span(day.from(), day.to()));
      Optional<Position> cursor = all.cursor();
      boolean more = true;
      while (more) {
        Page page = source.readAfter(table, cursor, all.until(), batchSize.rows());
        Rows rows = page.rows();
        Rows passed = rows.where(row -> !Objects.requireNonNull(rows.keyAt(row)).isAfter(upTo));
        Batch batch =
            new Batch(
                table, Lane.HISTORY, Optional.empty(), Optional.empty(), passed, page.unreadable());
        if (!batch.isEmpty()) {
          send(batch);
        }
        cursor = page.cursor();
        more = page.full() && cursor.isPresent();
      }
    }

    private void send(Batch batch) throws IOException, RefusedException {
      Ack ack = sending.send(batch);
      Ack.Settled settled = ack.settled().orElse(new Ack.Settled(0, 0, false));
      sum =
          sum.plus(
              new Healed(
                  0,
                  batch.size(),
                  ack.inserted() + ack.changed(),
                  settled.kept(),
                  settled.deleted(),
                  settled.refused(),
                  0,
                  false));
    }
  }
}
