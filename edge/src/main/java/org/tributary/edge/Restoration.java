package org.tributary.edge;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.HistoryConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.edge.config.TransportKind;
import org.tributary.store.RestoredDatabase;
import org.tributary.wire.Batch;
import org.tributary.wire.NameHolder;
import org.tributary.wire.RestoreOutlook;
import org.tributary.wire.RestoreRequest;
import org.tributary.wire.RestoreTerms;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Unreadable;
import org.tributary.wire.Welcome;
import org.tributary.wire.Window;

/**
 * Fills a gateway's new database with what one remote has of it, in the ids that it had, so that
 * the next push goes on where the last one ended. What is there already is found out by digests and
 * not read again: it may be broken off anywhere and run again. Not thread-safe.
 */
public final class Restoration {

  /** Which rows are wanted back, by their times; whole days, and all there are where not bound. */
  public record Span(Optional<Instant> from, Optional<Instant> before) {
    public static final Span ALL = new Span(Optional.empty(), Optional.empty());

    public Span {
      requireNonNull(from);
      requireNonNull(before);
    }

    /** Whether these are not all the days that there are. */
    boolean isPart(RestoreTerms terms) {
      return !equals(ALL) || terms.from().isPresent() || terms.before().isPresent();
    }

    /** The days that are wanted and permitted. */
    List<Window> days(RestoreTerms terms, Table table) {
      List<Window> days = new ArrayList<>();
      for (Window each : terms.of(table)) {
        long first = each.hour();
        long end = each.endHour();
        for (Optional<Instant> bound : List.of(terms.from(), from)) {
          first = Math.max(first, bound.map(Window::hourOf).orElse(first));
        }
        for (Optional<Instant> bound : List.of(terms.before(), before)) {
          end = Math.min(end, bound.map(Window::hourOf).orElse(end));
        }
        for (long hour = first; hour < end; hour += Window.DAY) {
          days.add(new Window(null, hour, Window.DAY));
        }
      }
      return days;
    }
  }

  /** Hears how it goes. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A stretch is done.
     *
     * @param back until when all is looked at, newest first
     * @param added rows of the table so far
     */
    void reached(Table table, Instant back, long added);
  }

  /**
   * What came of it.
   *
   * @param metadata rows of the tables that travel whole
   * @param wanted rows of series that central has, in the span
   * @param taken what became of them in this run
   * @param same rows of series that are the same at both ends in the end
   * @param differing days that are not, oldest first
   * @param besides rows here, of those days, that central does not have
   * @param lost rows that were set aside and can't come back
   * @param examples of those, with why
   * @param shared nodes that other gateways have too
   * @param isPart whether only some days were wanted, or permitted
   * @param replaced the machine that went by the gateway's name, if it is another one
   */
  public record Report(
      long metadata,
      long wanted,
      RestoredDatabase.Taken taken,
      long same,
      List<Day> differing,
      long besides,
      long lost,
      List<Lost> examples,
      List<Long> shared,
      boolean isPart,
      Optional<NameHolder> replaced) {
    public Report {
      differing = List.copyOf(differing);
      examples = List.copyOf(examples);
      shared = List.copyOf(shared);
      requireNonNull(replaced);
    }

    /** Whether every row of central's is here. */
    public boolean isWhole() {
      return taken.others() == 0 && taken.refused() == 0;
    }
  }

  /** A day of a series. */
  public record Day(Table table, Window window) {}

  /** A row that can't come back. */
  public record Lost(Table table, Unreadable row) {}

  static final List<Table> SERIES = List.of(Tables.READING, Tables.NODE_STATE);
  private static final int TRIES = 6;

  private final EdgeConfig config;
  private final GatewayIdentity identity;
  private final RestoreTarget target;
  private final Clock clock;
  private final Consumer<Duration> pauses;

  /**
   * @param pauses waits before a question is asked again that got no answer
   */
  public Restoration(EdgeConfig config, String version, Clock clock, Consumer<Duration> pauses) {
    this.config = config;
    this.identity = GatewayIdentity.of(config, version);
    this.target = new RestoreTarget(config, identity.id());
    this.clock = clock;
    this.pauses = pauses;
  }

  /**
   * Says what would come back; nothing is changed, here or at central.
   *
   * @throws RefusedException if central does not permit it, or if other things stand in the
   *     database
   */
  public Report look(RemoteConfig remote, Span span)
      throws IOException, RefusedException, AlreadyRunningException {
    requireWay(remote);
    try (Standstill standstill = Standstill.of(config);
        SyncTransport transport = transport(remote)) {
      requireNonNull(standstill);
      return preview(transport.returns(identity.machine())).report(span);
    }
  }

  private RestorePreview preview(Returns asked) {
    return new RestorePreview(
        asked,
        new PatientReturns(asked, TRIES, pauses),
        identity.greeting(clock.instant()),
        target);
  }

  /**
   * Fills the database from one remote.
   *
   * @throws RefusedException if central does not permit it, or if other things stand in the
   *     database
   */
  public Report from(RemoteConfig remote, Span span, Listener listener)
      throws IOException, RefusedException, AlreadyRunningException {
    requireWay(remote);
    try (Standstill standstill = Standstill.of(config);
        SyncTransport transport = transport(remote)) {
      requireNonNull(standstill);
      return from(transport, transport.returns(identity.machine()), span, listener);
    }
  }

  Report from(Transport transport, Returns asked, Span span, Listener listener)
      throws IOException, RefusedException {
    // Whatever speaks against it has to be said before central lets another of this name go.
    RestoreOutlook outlook = preview(asked).outlook();
    Returns returns = new PatientReturns(asked, TRIES, pauses);
    try (RestoredDatabase database = target.opened();
        LocalDatabase local = new LocalDatabase(config.local(), config.wallClock())) {
      Welcome welcome = transport.greet(identity.greeting(clock.instant()));
      RestoreTerms terms = returns.begin();
      List<Lost> lost = new ArrayList<>();
      List<Rows> metadata = metadata(returns, lost);
      target.fill(database, metadata);
      Settling settling = new Settling(local, transport, config.pushLimit(), welcome);
      if (config.history().deletes() == HistoryConfig.Deletes.MIRROR) {
        settling.settle(terms); // should this end halfway, nothing may be deleted there for it
      }
      RestoredDatabase.Taken taken = RestoredDatabase.Taken.NOTHING;
      long same = 0;
      long besides = 0;
      List<Day> differing = new ArrayList<>();
      for (Table table : SERIES) {
        RestoredSeries series =
            new RestoredSeries(returns, local, database, table, span.days(terms, table));
        series.fetch(listener);
        series.prove();
        taken = taken.plus(series.taken());
        same += series.same();
        besides += series.besides();
        series.differing().forEach(day -> differing.add(new Day(table, day)));
        series.lost().forEach(row -> lost.add(new Lost(table, row)));
      }
      settling.settle(terms);
      returns.end();
      return new Report(
          metadata.stream().mapToLong(Rows::size).sum(),
          same + taken.others() + taken.refused(),
          taken,
          same,
          differing,
          besides,
          terms.lost() + lost.size(),
          lost,
          terms.shared(),
          span.isPart(terms),
          outlook.holder());
    }
  }

  private static void requireWay(RemoteConfig remote) throws RefusedException {
    if (remote.transport() != TransportKind.AUTO && remote.transport() != TransportKind.SYNC) {
      throw new RefusedException(
          "%s can't give rows back: that needs a Tributary central behind a url, not transport = %s"
              .formatted(remote.name(), remote.transport().name().toLowerCase(Locale.ROOT)));
    }
  }

  private SyncTransport transport(RemoteConfig remote) {
    return new SyncTransport(
        remote.uri().orElseThrow(), identity.id(), Remotes.security(remote), pauses);
  }

  /** The tables that travel whole, parents first. */
  private static List<Rows> metadata(Returns returns, List<Lost> lost)
      throws IOException, RefusedException {
    List<Rows> tables = new ArrayList<>();
    for (Table table : Tables.ALL) {
      if (!table.isSeries()) {
        Batch batch = returns.rows(RestoreRequest.whole(table));
        tables.add(batch.rows());
        batch.unreadable().forEach(row -> lost.add(new Lost(table, row)));
      }
    }
    return tables;
  }
}
