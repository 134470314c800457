package org.tributary.edge;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tributary.store.metadata.Taken;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.Claims;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Welcome;

/**
 * Carries what a gateway has to one central: tables that travel whole if they changed, then the new
 * rows of each series, batch by batch.
 *
 * <p>Central remembers how far each table has come; nothing is kept here. After a failure the next
 * push asks again. A row may travel twice; central stores it once. A row that central can't take it
 * sets aside with the reason, so that its neighbours get through.
 *
 * <p>Not thread-safe: its {@link PushLoop} owns it.
 */
final class Pusher {

  private static final int OVERTAKEN_ROWS = 1_000;

  private static final Duration CLOCK_TOLERANCE = Duration.ofHours(1);

  private final Source source;
  private final Transport transport;
  private final GatewayIdentity identity;
  private final PushListener listener;
  private final BatchSize batchSize;
  private final Clock clock;
  private final Astray astray;
  private final Overtaken overtaken;
  private final Carrier carrier;
  private final @Nullable History history;
  private final Optional<MetadataTaking> taking;
  private Tally tally = new Tally(Duration.ZERO);

  Pusher(
      Source source,
      Transport transport,
      GatewayIdentity identity,
      PushListener listener,
      BatchSize batchSize,
      ExecutorService senders,
      Clock clock,
      Looking looking,
      Optional<MetadataTaking> taking) {
    this.source = source;
    this.transport = transport;
    this.identity = identity;
    this.listener = listener;
    this.batchSize = batchSize;
    this.clock = clock;
    this.astray = new Astray(source);
    this.overtaken = new Overtaken(source);
    this.carrier =
        new Carrier(transport, senders, clock, batchSize, (batch, ack) -> answered(batch, ack));
    this.history = looking.after(carrier);
    this.taking = taking;
  }

  /** Makes what looks after rows of before, given how to send them. */
  interface Looking {
    @Nullable History after(Carrying carrying);
  }

  /** Without looking after what was sent. */
  Pusher(
      Source source,
      Transport transport,
      GatewayIdentity identity,
      PushListener listener,
      BatchSize batchSize,
      ExecutorService senders,
      Clock clock) {
    this(
        source,
        transport,
        identity,
        listener,
        batchSize,
        senders,
        clock,
        carrying -> null,
        Optional.empty());
  }

  /**
   * Pushes every table up to its newest row.
   *
   * @param stop asked between batches; once true, what is on its way is answered and no more sent
   * @throws RefusedException if central does not deal with this gateway at all
   */
  PushResult pushAll(BooleanSupplier stop) throws IOException, RefusedException {
    List<Claims> claims = history == null ? List.of() : history.claims();
    Instant asked = clock.instant();
    Welcome welcome = transport.greet(identity.greeting(asked, claims));
    Duration way = Duration.between(asked, clock.instant());
    if (!identity.isNamed()) {
      new OtherDatabase(source, identity.id()).refuse(welcome);
    }
    listener.welcomed(welcome);
    batchSize.limitTo(welcome.maxRows());
    tally = new Tally(Duration.between(welcome.now(), asked.plus(way.dividedBy(2))));
    if (history != null) {
      history.welcomed(welcome, stop);
    }
    // Parents come before the tables that refer to them, and series last of all.
    pushTables(welcome, stop, table -> !table.isSeries());
    if (taking.isPresent() && (welcome.hasChanges() || tally.sentMetadata)) {
      takeChanges(taking.get(), welcome, stop);
    }
    pushTables(welcome, stop, Table::isSeries);
    Healed healed = heal(welcome, stop);
    return tally.result(healed, setAsideAtCentral(welcome), stop.getAsBoolean());
  }

  private void pushTables(Welcome welcome, BooleanSupplier stop, Predicate<Table> which)
      throws IOException {
    for (Table table : Tables.ALL) {
      if (!which.test(table)) {
        continue;
      }
      if (stop.getAsBoolean()) {
        break;
      }
      try {
        if (table.isSeries()) {
          pushRows(table, welcome, stop);
        } else {
          pushWhole(table, welcome);
        }
      } catch (RefusedException refusal) {
        tally.refused.add(table + ": " + refusal.getMessage());
        listener.refused(table, refusal);
      }
    }
  }

  private void pushRows(Table table, Welcome welcome, BooleanSupplier stop)
      throws IOException, RefusedException {
    Optional<Position> live = transport.resume(welcome, table, Lane.LIVE);
    astray.push(
        table,
        live,
        present(welcome),
        welcome.maxRows(),
        batch -> answered(batch, transport.send(batch)),
        stop);
    pushOvertaken(table, welcome, stop);
    pushSeries(table, live, welcome, stop);
    tally.ahead |= isAhead(table, welcome);
  }

  /** Takes what was changed at central, and sends it back as it stands here: then both agree. */
  private void takeChanges(MetadataTaking from, Welcome welcome, BooleanSupplier stop)
      throws IOException {
    try {
      for (int turn = 0; turn < MetadataTaking.TURNS && !stop.getAsBoolean(); turn++) {
        Taken taken = from.take(transport);
        tally.taken = tally.taken.then(taken);
        if (from.isSettled()) {
          return;
        }
        pushTables(welcome, stop, table -> !table.isSeries());
      }
    } catch (RefusedException refusal) {
      tally.refused.add("central's changes: " + refusal.getMessage());
    }
  }

  private Healed heal(Welcome welcome, BooleanSupplier stop) throws IOException {
    if (history == null || stop.getAsBoolean()) {
      return Healed.NOTHING;
    }
    try {
      return history.heal(welcome, stop);
    } catch (RefusedException refusal) {
      tally.refused.add("history: " + refusal.getMessage());
      return Healed.NOTHING;
    }
  }

  /** Sends a table as a whole if it is not what central has taken already. */
  private void pushWhole(Table table, Welcome welcome) throws IOException, RefusedException {
    WholeTable whole = WholeTable.read(source, table);
    if (!whole.differsFrom(transport.resume(welcome, table, Lane.LIVE))) {
      return;
    }
    int atOnce = welcome.maxRows();
    int from = 0;
    boolean doubted = false;
    do {
      int to = Math.min(whole.size(), from + atOnce);
      Batch part = whole.part(from, to, !doubted);
      try {
        Ack ack = transport.send(part);
        answered(part, ack);
        tally.sentMetadata = true;
        doubted |= !ack.setAside().isEmpty();
        from = to;
      } catch (BatchTooLargeException e) {
        if (part.size() < 2) {
          throw e;
        }
        atOnce = part.size() / 2;
      }
    } while (from < whole.size());
  }

  private void pushSeries(
      Table table, Optional<Position> live, Welcome welcome, BooleanSupplier stop)
      throws IOException, RefusedException {
    List<Stretch> stretches =
        Stretch.of(
            table,
            live,
            welcome.position(table, Lane.UNTRUSTED),
            present(welcome),
            welcome.trustedUntil());
    for (Stretch stretch : stretches) {
      boolean mayLeap = history != null && stretch.lane() == Lane.LIVE;
      Stretch now = mayLeap ? requireNonNull(history).shortened(table, stretch) : stretch;
      carrier.carry(new StretchBatches(source, table, now), stop);
    }
  }

  /** Whether rows of a series are held back because they are stamped later than now. */
  private boolean isAhead(Table table, Welcome welcome) throws LocalDatabaseException {
    Position present = Stretch.endOf(table, present(welcome));
    return source.hasMore(table, Optional.of(present), welcome.trustedUntil(), 0);
  }

  /** Sends rows stamped in the future that the position of their lane has passed already. */
  private void pushOvertaken(Table table, Welcome welcome, BooleanSupplier stop)
      throws IOException, RefusedException {
    int atOnce = Math.min(OVERTAKEN_ROWS, welcome.maxRows());
    Batch batch = overtaken.next(table, welcome, atOnce);
    while (!batch.isEmpty() && !stop.getAsBoolean()) {
      answered(batch, transport.send(batch));
      batch = overtaken.next(table, welcome, atOnce);
    }
  }

  /**
   * Now, by this machine's clock, which the logger goes by too; by central's where ours is so far
   * behind that it can't be what the logger went by. While the logger writes an hour for the second
   * time, or is going to, before that hour: what comes is sorted among what is there.
   */
  private Instant present(Welcome welcome) {
    Instant here = clock.instant();
    Instant now = here.plus(CLOCK_TOLERANCE).isBefore(welcome.now()) ? welcome.now() : here;
    return source.settledAt(now.isBefore(welcome.trustedUntil()) ? now : welcome.trustedUntil());
  }

  private void answered(Batch batch, Ack ack) throws IOException {
    if (ack.accountedFor() != batch.size()) {
      throw new IOException(
          "Central accounted for %d of %d rows of %s"
              .formatted(ack.accountedFor(), batch.size(), batch.table()));
    }
    if (batch.lane() == Lane.UNTRUSTED) {
      overtaken.sent(batch);
    }
    tally.add(ack);
    listener.answered(batch, ack);
  }

  /** What central keeps apart of ours, asked anew only where it may have changed. */
  private long setAsideAtCentral(Welcome welcome) throws IOException, RefusedException {
    if (welcome.setAside() == 0 && tally.setAside == 0) {
      return 0;
    }
    return transport.status().map(GatewayStatus::setAside).orElse(tally.setAside);
  }

  /** The sums of one push. */
  private static final class Tally {
    private final Duration clockOffset;
    private final List<String> refused = new ArrayList<>();
    private long inserted;
    private long changed;
    private long unchanged;
    private long setAside;
    private boolean ahead;
    private boolean sentMetadata;
    private Taken taken = Taken.NOTHING;

    Tally(Duration clockOffset) {
      this.clockOffset = clockOffset;
    }

    void add(Ack ack) {
      inserted += ack.inserted();
      changed += ack.changed();
      unchanged += ack.unchanged();
      setAside += ack.setAside().size();
    }

    PushResult result(Healed healed, long setAsideInAll, boolean stopped) {
      return new PushResult(
          inserted,
          changed,
          unchanged,
          setAsideInAll,
          refused,
          clockOffset,
          stopped,
          healed,
          taken,
          ahead);
    }
  }
}
