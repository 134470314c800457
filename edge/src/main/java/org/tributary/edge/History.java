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
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.config.HistoryConfig;
import org.tributary.wire.Backlog;
import org.tributary.wire.Claims;
import org.tributary.wire.Difference;
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

  private static final Duration TRY_AGAIN = Duration.ofHours(1);

  /** How many rows central has of a day, where only that it differs is known. */
  private static final long SOME = 1;

  private static final List<Table> NEWEST_FIRST = List.of(Tables.READING, Tables.NODE_STATE);

  private final Source source;
  private final Repair repair;
  private final CatchUp catchUp;
  private final HistoryConfig config;
  private final Duration syncTime;
  private final Clock clock;
  private final Memory memory;
  private final Map<Table, Sweep> sweeps = new HashMap<>();
  private final Map<Table, TreeMap<Window, Difference>> pending = new HashMap<>();
  private final Map<Tried, Instant> tried = new HashMap<>();
  private List<Claims> claimed = List.of();
  private Healed kept = Healed.NOTHING;

  private record Tried(Table table, Window day) {}

  /**
   * @param syncTime from one cycle to the next; no cycle mends for longer
   */
  History(
      Source source,
      Repair repair,
      CatchUp catchUp,
      HistoryConfig config,
      Duration syncTime,
      Clock clock,
      RandomGenerator random,
      Memory memory) {
    this.source = source;
    this.repair = repair;
    this.catchUp = catchUp;
    this.config = config;
    this.syncTime = syncTime;
    this.clock = clock;
    this.memory = memory;
    for (Table table : Tables.ALL) {
      if (table.isSeries()) {
        sweeps.put(table, new Sweep(config.sweep(), random, memory.swept(table)));
        pending.put(table, new TreeMap<>(Comparator.reverseOrder()));
      }
    }
  }

  /** What to say with the next greeting. */
  List<Claims> claims() throws LocalDatabaseException {
    List<Claims> claims = new ArrayList<>();
    for (Table table : sweeps.keySet().stream().sorted(byName()).toList()) {
      Optional<Position> upTo = reached(table);
      Optional<Instant> end = upTo.flatMap(Position::time);
      if (end.isPresent()) {
        Window newest = Window.dayOf(end.get());
        claims.add(repair.claims(table, upTo.get(), lastDays(newest), true));
        Optional<Instant> oldest = source.oldest(table, Rule.EARLIEST_TRUSTED);
        if (oldest.isPresent() && catchUp.backlog(table).isEmpty()) {
          Optional<Window> stretch =
              Objects.requireNonNull(sweeps.get(table))
                  .next(oldest.get(), newest, clock.instant(), syncTime);
          if (stretch.isPresent()) {
            claims.add(repair.claims(table, upTo.get(), List.of(stretch.get()), true));
          }
        }
      }
    }
    claimed = List.copyOf(claims);
    return claimed;
  }

  /**
   * Central has answered the greeting. If the row at its position is not here any more, this is
   * another database, or one that was brought back from a backup: whatever is not here of the time
   * since then is kept at central, before new rows hide that it is gone.
   */
  void welcomed(Welcome welcome, BooleanSupplier stop) throws IOException, RefusedException {
    catchUp.begin(welcome);
    for (Table table : NEWEST_FIRST) {
      Optional<Position> last = welcome.position(table, Lane.LIVE);
      Optional<Instant> time = last.flatMap(Position::time);
      if (time.isPresent() && !source.holds(table, last.get())) {
        keepWhatIsGone(table, last.get(), time.get(), stop);
      }
    }
  }

  private void keepWhatIsGone(Table table, Position last, Instant time, BooleanSupplier stop)
      throws IOException, RefusedException {
    long first = Window.dayOf(source.newest(table, time).orElse(Rule.EARLIEST_TRUSTED)).hour();
    Window gone = new Window(null, first, (int) (Window.dayOf(time).endHour() - first));
    if (repair.compare(table, last, List.of(gone), false).differences().isEmpty()) {
      return; // that was looked after before
    }
    List<Difference> days = differing(table, last, gone, false);
    kept = kept.plus(repair.mend(table, last, days, false, stop));
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
    compareWhatWasNotClaimed();
    repair.sendUnreadable(stop); // first: a row that can't be read is not one that is gone
    Instant end = clock.instant().plus(syncTime);
    boolean behind = false;
    for (Table table : NEWEST_FIRST) {
      behind |= catchUp.send(table, () -> stop.getAsBoolean() || isLate(end));
    }
    Healed mended = mend(welcome, stop);
    Healed all = kept.plus(mended);
    kept = Healed.NOTHING;
    return behind ? all.withBacklog() : all;
  }

  private void noteDifferences(Welcome welcome) throws IOException, RefusedException {
    for (int i = 0; i < claimed.size(); i++) {
      Claims claims = claimed.get(i);
      if (i < welcome.differences().size()) {
        note(claims, welcome.differences().get(i));
      }
      Sweep sweep = Objects.requireNonNull(sweeps.get(claims.table()));
      sweep.seen().ifPresent(place -> memory.swept(claims.table(), place));
    }
    for (Table table : NEWEST_FIRST) {
      for (Window day : welcome.open(table)) {
        noteOpen(table, day);
      }
    }
  }

  /**
   * A day that differed when it was compared last, whoever did it. One that could not be mended is
   * tried again later.
   */
  private void noteOpen(Table table, Window day) {
    Instant now = clock.instant();
    @Nullable Instant before = tried.get(new Tried(table, day));
    boolean isDue = before == null || before.plus(TRY_AGAIN).isBefore(now) || before.isAfter(now);
    if (isDue && !catchUp.backlog(table).overlaps(day.from(), day.to())) {
      tried.put(new Tried(table, day), now);
      Objects.requireNonNull(pending.get(table)).putIfAbsent(day, new Difference(day, SOME));
    }
  }

  /** At the first push nobody knows beforehand where the live lane will have come to. */
  private void compareWhatWasNotClaimed() throws IOException, RefusedException {
    for (Table table : NEWEST_FIRST) {
      Optional<Position> upTo = reached(table);
      Optional<Instant> end = upTo.flatMap(Position::time);
      boolean wasClaimed = claimed.stream().anyMatch(claims -> claims.table().equals(table));
      if (end.isPresent() && !wasClaimed) {
        List<Window> days = lastDays(Window.dayOf(end.get()));
        note(table, upTo.get(), true, repair.compare(table, upTo.get(), days, true).differences());
      }
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
    note(claims.table(), claims.upTo().orElseThrow(), claims.afresh(), differences);
  }

  private void note(Table table, Position upTo, boolean afresh, List<Difference> differences)
      throws IOException, RefusedException {
    Map<Window, Difference> days = Objects.requireNonNull(pending.get(table));
    Backlog backlog = catchUp.backlog(table);
    for (Difference each : differences) {
      if (backlog.overlaps(each.window().from(), each.window().to())) {
        continue; // it is not known to differ once that has been sent
      }
      if (each.window().hours() == Window.DAY) {
        days.put(each.window(), each);
      } else {
        for (Difference day : differing(table, upTo, each.window(), afresh)) {
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

  private Optional<Position> reached(Table table) {
    return memory.reached(table);
  }

  /** The days that each cycle compares, given the newest. */
  static List<Window> lastDays(Window newest) {
    List<Window> days = new ArrayList<>();
    for (int i = 0; i < LAST_DAYS; i++) {
      days.add(new Window(null, newest.hour() - (long) i * Window.DAY, Window.DAY));
    }
    return days;
  }

  private static Comparator<Table> byName() {
    return Comparator.comparing(Table::name);
  }
}
