package org.tributary.edge;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.HistoryConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.Difference;
import org.tributary.wire.Digest;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.Grain;
import org.tributary.wire.Position;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Unreadable;
import org.tributary.wire.Window;

/**
 * Compares all that one remote has of a gateway with what the gateway has, row for row but by
 * digests, and mends it if asked. Rows behind the live positions are not compared: the next push
 * sends them. Not thread-safe.
 */
public final class Verification implements AutoCloseable {

  /** A day of one node that is not the same on both sides. */
  public record Differing(Table table, Window window, long here, long there) {}

  /**
   * What came of it.
   *
   * @param rows how many rows of this gateway were compared
   * @param unreadable how many can't be read, and are set aside if it was to be mended
   * @param examples some of those that can't be read, where nothing was to be mended
   * @param others how many rows this gateway has besides: they wait for the next push, or have
   *     times that central does not trust, or are there twice
   * @param differing where it was not the same, oldest first
   * @param healed what was mended
   */
  public record Report(
      long rows,
      long unreadable,
      List<UnreadableRow> examples,
      long others,
      List<Differing> differing,
      Healed healed) {
    public Report {
      examples = List.copyOf(examples);
      differing = List.copyOf(differing);
    }
  }

  /** A row that can't be read, by its table. */
  public record UnreadableRow(Table table, Unreadable row) {}

  private static final int DAYS_AT_ONCE = 400;
  private static final int NODE_DAYS_AT_ONCE = 60;
  private static final int MOST_EXAMPLES = 20;

  private final EdgeConfig config;
  private final LocalDatabase local;
  private final GatewayIdentity identity;
  private final Clock clock;

  public Verification(EdgeConfig config, String version, Clock clock) {
    this.config = config;
    this.local = new LocalDatabase(config.local(), config.wallClock());
    this.identity = GatewayIdentity.of(config, version);
    this.clock = clock;
  }

  /**
   * Compares everything with one remote.
   *
   * @param mend whether to send what differs
   * @throws RefusedException if the remote can't compare, or has never heard of this gateway
   */
  public Report with(RemoteConfig remote, boolean mend) throws IOException, RefusedException {
    try (Transport transport =
        Remotes.transport(remote, identity.id(), EdgeFiles.of(config), clock)) {
      return with(transport, identity.towards(remote, config.history().deletes()), mend);
    }
  }

  Report with(Transport transport, boolean mend) throws IOException, RefusedException {
    return with(transport, identity, mend);
  }

  private Report with(Transport transport, GatewayIdentity as, boolean mend)
      throws IOException, RefusedException {
    local.check();
    GatewayStatus status =
        transport
            .status()
            .orElseThrow(
                () ->
                    new RefusedException(
                        "Central has never heard of gateway \"%s\": push first"
                            .formatted(identity.id())));
    BatchSize size = new BatchSize(config.pushLimit(), transport.tempo());
    if (mend) {
      size.limitTo(transport.greet(as.greeting(clock.instant())).maxRows());
    }
    Repair repair =
        new Repair(
            local,
            transport,
            batch -> accountedFor(batch, transport.send(batch)),
            size,
            RandomGenerator.getDefault());
    long rows = 0;
    long unreadable = 0;
    List<UnreadableRow> examples = new ArrayList<>();
    List<Differing> differing = new ArrayList<>();
    Healed healed = Healed.NOTHING;
    for (GatewayStatus.TableStatus table : status.tables()) {
      Optional<Table> series = Tables.named(table.table()).filter(Table::isSeries);
      if (series.isPresent() && table.position().isPresent()) {
        Position upTo = table.position().get();
        List<Window> days = days(series.get(), upTo);
        List<Difference> found = new ArrayList<>();
        for (int from = 0; from < days.size(); from += DAYS_AT_ONCE) {
          List<Window> some = days.subList(from, Math.min(days.size(), from + DAYS_AT_ONCE));
          Repair.Compared compared = repair.compare(series.get(), upTo, some, true);
          rows += compared.rows();
          unreadable += compared.unreadable();
          if (mend) {
            sendUnreadable(repair, series.get(), upTo, some);
          }
          found.addAll(compared.differences());
        }
        repair.unreadable(series.get()).stream()
            .limit(MOST_EXAMPLES)
            .forEach(row -> examples.add(new UnreadableRow(series.get(), row)));
        differing.addAll(byNode(transport, series.get(), upTo, found));
        if (mend && !found.isEmpty()) {
          healed =
              healed.plus(
                  repair.mend(series.get(), upTo, found, mirrors(series.get(), upTo), () -> false));
        }
      }
    }
    long others = Math.max(0, count() - rows - unreadable);
    return new Report(rows, unreadable, examples, others, differing, healed);
  }

  /** Sends the rows that can't be read of days that were looked at. */
  private static void sendUnreadable(Repair repair, Table table, Position upTo, List<Window> days)
      throws IOException, RefusedException {
    if (!repair.sendUnreadable(() -> false)) {
      return;
    }
    for (Window day : days) { // they were too many to be noted all at once
      do {
        repair.whole(table, day, upTo);
      } while (repair.sendUnreadable(() -> false));
    }
  }

  /** All rows that were to be compared. */
  private long count() throws LocalDatabaseException {
    long count = 0;
    for (Table table : Tables.ALL) {
      if (table.isSeries()) {
        count += local.count(table);
      }
    }
    return count;
  }

  private boolean mirrors(Table table, Position upTo) throws LocalDatabaseException {
    return config.history().deletes() == HistoryConfig.Deletes.MIRROR && local.holds(table, upTo);
  }

  private List<Window> days(Table table, Position upTo) throws LocalDatabaseException {
    Optional<Instant> oldest = local.oldest(table, Rule.EARLIEST_TRUSTED);
    List<Window> days = new ArrayList<>();
    if (oldest.isPresent() && upTo.key().get(0) instanceof Instant newest) {
      long end = Window.dayOf(newest).endHour();
      for (long hour = Window.dayOf(oldest.get()).hour(); hour < end; hour += Window.DAY) {
        days.add(new Window(null, hour, Window.DAY));
      }
    }
    return days;
  }

  private List<Differing> byNode(
      Transport transport, Table table, Position upTo, List<Difference> days)
      throws IOException, RefusedException {
    List<Differing> all = new ArrayList<>();
    for (int from = 0; from < days.size(); from += NODE_DAYS_AT_ONCE) {
      List<Window> some =
          days.subList(from, Math.min(days.size(), from + NODE_DAYS_AT_ONCE)).stream()
              .map(Difference::window)
              .toList();
      Map<Window, Digest> here = Narrowing.byNode(local, table, some, upTo);
      Narrowing narrowing = new Narrowing(local, transport, table, local.columns(table), upTo, 0);
      for (Difference each : narrowing.compare(Grain.NODE, some, here)) {
        long rows = here.getOrDefault(each.window(), Digest.NONE).rows();
        all.add(new Differing(table, each.window(), rows, each.there()));
      }
    }
    return all;
  }

  static Ack accountedFor(Batch batch, Ack ack) throws IOException {
    if (ack.accountedFor() != batch.size()) {
      throw new IOException(
          "Central accounted for %d of %d rows of %s"
              .formatted(ack.accountedFor(), batch.size(), batch.table()));
    }
    return ack;
  }

  @Override
  public void close() {
    local.close();
  }
}
