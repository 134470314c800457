package org.tributary.edge;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.tributary.edge.config.HistoryConfig;
import org.tributary.wire.Backlog;
import org.tributary.wire.Claims;
import org.tributary.wire.Difference;
import org.tributary.wire.Grain;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Welcome;
import org.tributary.wire.Window;

/**
 * Looks after what the live lane has sent and left behind: says with each greeting what the gateway
 * has of the last days and of a stretch of its past, sends what was left behind, and mends what
 * central says is not the same there.
 *
 * <p>What it remembers is where its walk through the past has come to, and which days it had no
 * time for. Not thread-safe.
 */
final class History {

  /** Days that each cycle compares, the present one included. */
  static final int LAST_DAYS = 3;

  private static final int DAYS_IN_A_CLAIM = 400;

  private static final List<Table> NEWEST_FIRST = List.of(Tables.READING, Tables.NODE_STATE);

  private final Source source;
  private final Repair repair;
  private final CatchUp catchUp;
  private final HistoryConfig config;
  private final Duration syncTime;
  private final Clock clock;
  private final Supplier<Map<String, Position>> reached;
  private final Map<Table, Sweep> sweeps = new HashMap<>();
  private final Map<Table, TreeMap<Window, Difference>> pending = new HashMap<>();
  private List<Claims> claimed = List.of();

  /**
   * @param syncTime from one cycle to the next; no cycle mends for longer
   * @param reached how far each live lane has come, as far as is known here
   */
  History(
      Source source,
      Repair repair,
      CatchUp catchUp,
      HistoryConfig config,
      Duration syncTime,
      Clock clock,
      RandomGenerator random,
      Supplier<Map<String, Position>> reached) {
    this.source = source;
    this.repair = repair;
    this.catchUp = catchUp;
    this.config = config;
    this.syncTime = syncTime;
    this.clock = clock;
    this.reached = reached;
    for (Table table : Tables.ALL) {
      if (table.isSeries()) {
        sweeps.put(table, new Sweep(config.sweep(), random));
        pending.put(table, new TreeMap<>(Comparator.reverseOrder()));
      }
    }
  }

  /** What to say with the next greeting. */
  List<Claims> claims() throws LocalDatabaseException {
    List<Claims> claims = new ArrayList<>();
    for (Table table : sweeps.keySet().stream().sorted(byName()).toList()) {
      Optional<Position> upTo = reached(table);
      Optional<Instant> end = upTo.flatMap(History::timeOf);
      if (end.isPresent()) {
        Window newest = Window.dayOf(end.get());
        List<Claims.Claim> days = new ArrayList<>();
        for (int i = 0; i < LAST_DAYS; i++) {
          days.add(claim(table, back(newest, i), upTo.get()));
        }
        claims.add(claims(table, upTo.get(), false, days));
        Optional<Instant> oldest = source.oldest(table, Rule.EARLIEST_TRUSTED);
        if (oldest.isPresent() && catchUp.backlog(table).isEmpty()) {
          Optional<Window> stretch =
              Objects.requireNonNull(sweeps.get(table))
                  .next(oldest.get(), newest, clock.instant(), syncTime);
          if (stretch.isPresent()) {
            claims.add(
                claims(table, upTo.get(), true, List.of(claim(table, stretch.get(), upTo.get()))));
          }
        }
      }
    }
    claimed = List.copyOf(claims);
    return claimed;
  }

  /** Central has answered the greeting. */
  void welcomed(Welcome welcome) throws IOException {
    catchUp.begin(welcome);
  }

  /** What the live lane is to send now; the rest becomes a matter of history. */
  Stretch shortened(Table table, Stretch live) throws IOException, RefusedException {
    return catchUp.shortened(table, live);
  }

  /**
   * Sends what the live lane left behind, then mends what central found to differ, newest days
   * first, each for as long as a cycle may take.
   */
  Healed heal(Welcome welcome, BooleanSupplier stop) throws IOException, RefusedException {
    noteDifferences(welcome);
    Instant end = clock.instant().plus(syncTime);
    boolean behind = false;
    for (Table table : NEWEST_FIRST) {
      behind |= catchUp.send(table, () -> stop.getAsBoolean() || isLate(end));
    }
    Healed mended = mend(welcome, stop);
    return behind ? mended.withBacklog() : mended;
  }

  private void noteDifferences(Welcome welcome) throws IOException, RefusedException {
    for (int i = 0; i < Math.min(claimed.size(), welcome.differences().size()); i++) {
      note(claimed.get(i), welcome.differences().get(i));
    }
    claimed = List.of();
  }

  private Healed mend(Welcome welcome, BooleanSupplier stop) throws IOException, RefusedException {
    Instant until = clock.instant().plus(syncTime);
    Healed healed = Healed.NOTHING;
    for (Table table : NEWEST_FIRST) {
      Map<Window, Difference> days = Objects.requireNonNull(pending.get(table));
      Optional<Position> upTo = reached(table);
      if (days.isEmpty() || upTo.isEmpty()) {
        continue;
      }
      List<Difference> all = List.copyOf(days.values());
      days.clear();
      healed =
          healed.plus(
              mend(table, upTo.get(), all, welcome, () -> stop.getAsBoolean() || isLate(until)));
    }
    return healed;
  }

  private boolean isLate(Instant until) {
    return clock.instant().isAfter(until);
  }

  private Healed mend(
      Table table, Position upTo, List<Difference> days, Welcome welcome, BooleanSupplier stop)
      throws IOException, RefusedException {
    Healed healed = Healed.NOTHING;
    boolean mirror = mirrors(table, welcome);
    for (int i = 0; i < days.size(); i++) {
      if (stop.getAsBoolean()) {
        for (Difference left : days.subList(i, days.size())) {
          Objects.requireNonNull(pending.get(table)).put(left.window(), left);
        }
        return healed.plus(Healed.left(days.size() - i));
      }
      healed = healed.plus(repair.mend(table, upTo, List.of(days.get(i)), mirror, stop));
    }
    return healed;
  }

  /**
   * Whether rows that are not here may be deleted at central: only where this is the very database
   * that the last row came from, not one that was put in its place or brought back from a backup.
   */
  private boolean mirrors(Table table, Welcome welcome) throws LocalDatabaseException {
    if (config.deletes() != HistoryConfig.Deletes.MIRROR) {
      return false;
    }
    Optional<Position> last = welcome.position(table, Lane.LIVE);
    return last.isPresent() && source.holds(table, last.get());
  }

  /** A stretch of several days that differs is looked at day by day. */
  private void note(Claims claims, List<Difference> differences)
      throws IOException, RefusedException {
    Table table = claims.table();
    Map<Window, Difference> days = Objects.requireNonNull(pending.get(table));
    Backlog backlog = catchUp.backlog(table);
    for (Difference each : differences) {
      if (backlog.overlaps(each.window().from(), each.window().to())) {
        continue; // it is not known to differ once that has been sent
      }
      if (each.window().hours() == Window.DAY) {
        days.put(each.window(), each);
      } else {
        for (Difference day :
            differing(table, claims.upTo().orElseThrow(), each.window(), claims.afresh())) {
          days.put(day.window(), day);
        }
      }
    }
  }

  /** Which days of a stretch differ. */
  List<Difference> differing(Table table, Position upTo, Window stretch, boolean afresh)
      throws IOException, RefusedException {
    List<Difference> differing = new ArrayList<>();
    List<Window> days = new ArrayList<>();
    for (long hour = stretch.hour(); hour < stretch.endHour(); hour += Window.DAY) {
      days.add(new Window(null, hour, Window.DAY));
      if (days.size() == DAYS_IN_A_CLAIM) {
        differing.addAll(repair.compare(table, upTo, days, afresh).differences());
        days.clear();
      }
    }
    if (!days.isEmpty()) {
      differing.addAll(repair.compare(table, upTo, days, afresh).differences());
    }
    return differing;
  }

  private Claims claims(Table table, Position upTo, boolean afresh, List<Claims.Claim> all)
      throws LocalDatabaseException {
    return new Claims(
        table, source.columns(table), Optional.of(upTo), Grain.WHOLE, afresh, List.of(), all);
  }

  private Claims.Claim claim(Table table, Window window, Position upTo)
      throws LocalDatabaseException {
    return new Claims.Claim(window, repair.whole(table, window, upTo));
  }

  private Optional<Position> reached(Table table) {
    return Optional.ofNullable(reached.get().get(table.name()));
  }

  private static Window back(Window day, int days) {
    return new Window(null, day.hour() - (long) days * Window.DAY, Window.DAY);
  }

  private static Optional<Instant> timeOf(Position position) {
    return position.key().get(0) instanceof Instant time ? Optional.of(time) : Optional.empty();
  }

  private static Comparator<Table> byName() {
    return Comparator.comparing(Table::name);
  }
}
