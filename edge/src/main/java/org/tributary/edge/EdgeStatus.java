package org.tributary.edge;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.wire.Claims;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Grain;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Window;

/**
 * How a gateway stands with each of its remotes, and what a push would send. Found out without
 * changing any data: central is asked, not greeted, and no file is written. The last days are
 * compared as each push compares them.
 *
 * <p>It sees what lies behind central's positions and what the live lane left behind. Of the rest
 * it knows what central found when it was compared last; {@link Verification} compares it all.
 *
 * @param now when it was found out, by this machine's clock
 */
public record EdgeStatus(GatewayId gateway, Instant now, List<RemoteStatus> remotes) {

  // What a cycle may take beyond its time before it is overdue.
  private static final Duration SLACK = Duration.ofMinutes(2);

  public EdgeStatus {
    requireNonNull(gateway);
    requireNonNull(now);
    remotes = List.copyOf(remotes);
  }

  /** Asks each remote that is switched on, one after the other. */
  public static EdgeStatus of(EdgeConfig config, String version, Clock clock) {
    GatewayId gateway = GatewayIdentity.of(config, version).id();
    List<RemoteStatus> remotes = new ArrayList<>();
    try (LocalDatabase local = new LocalDatabase(config.local(), config.wallClock())) {
      for (RemoteConfig remote : config.remotes()) {
        try (Transport transport =
            Remotes.transport(remote, gateway, EdgeFiles.of(config), clock)) {
          remotes.add(
              status(
                  remote,
                  transport,
                  PushRecord.read(EdgeFiles.of(config).record(remote.name())),
                  local,
                  isPushing(config),
                  config.syncTime(),
                  clock.instant()));
        }
      }
    }
    return new EdgeStatus(gateway, clock.instant(), remotes);
  }

  private static boolean isPushing(EdgeConfig config) {
    try {
      return InstanceLock.isHeld(EdgeFiles.of(config).lock());
    } catch (IOException e) {
      return false; // then nothing is promised
    }
  }

  /** Where no push is at work. */
  static RemoteStatus status(
      RemoteConfig remote,
      Transport transport,
      PushRecord.Content lastPush,
      LocalDatabase local,
      Instant now) {
    return status(remote, transport, lastPush, local, false, Duration.ZERO, now);
  }

  private static RemoteStatus status(
      RemoteConfig remote,
      Transport transport,
      PushRecord.Content lastPush,
      LocalDatabase local,
      boolean isPushing,
      Duration syncTime,
      Instant now) {
    Known known;
    Optional<Exception> failure = Optional.empty();
    try {
      known = Known.ask(transport);
      if (known.stopped().isPresent()) {
        failure = known.stopped().map(RefusedException::new);
      } else if (hasCompared(local, transport, known)) {
        known = Known.ask(transport);
      }
    } catch (LocalDatabaseException e) {
      known = Known.remember(lastPush); // it is met again, and told, below
    } catch (IOException | RefusedException e) {
      failure = Optional.of(e);
      known = Known.remember(lastPush);
    }
    Optional<RemoteStatus.Work> work =
        isPushing
            ? Optional.of(
                new RemoteStatus.Work(true, delivered(lastPush, syncTime, now), Optional.empty()))
            : Optional.empty();
    return status(
        remote, known, failure, lastPush, lastPush.problem(), local, transport.caveat(), work, now);
  }

  /**
   * The same by what a push at work has heard itself; central is not asked.
   *
   * @param syncTime from one push to the next
   */
  static RemoteStatus remembered(
      RemoteConfig remote,
      Optional<String> caveat,
      PushRecord.Content lastPush,
      Progress progress,
      LocalDatabase local,
      Duration syncTime,
      Instant now) {
    RemoteStatus.Work work =
        new RemoteStatus.Work(
            progress.isAnswered(), delivered(lastPush, syncTime, now), progress.next());
    Optional<Exception> failure =
        progress
            .failure()
            .or(
                () -> // what an earlier process was told, until this one hears more
                lastPush.problem().filter(any -> !lastPush.refused()).map(IOException::new));
    return status(
        remote,
        Known.remember(lastPush, progress, now),
        failure,
        lastPush,
        lastPush.refused() && failure.isEmpty() ? lastPush.problem() : Optional.empty(),
        local,
        caveat,
        Optional.of(work),
        now);
  }

  /** Up to when nothing was left behind; empty if cycles are overdue, so that nobody can say. */
  private static Optional<Instant> delivered(
      PushRecord.Content lastPush, Duration syncTime, Instant now) {
    return lastPush
        .delivered()
        .filter(time -> !time.isAfter(now))
        .filter(time -> time.plus(syncTime.multipliedBy(2)).plus(SLACK).isAfter(now));
  }

  private static RemoteStatus status(
      RemoteConfig remote,
      Known known,
      Optional<Exception> failure,
      PushRecord.Content lastPush,
      Optional<String> lastProblem,
      LocalDatabase local,
      Optional<String> caveat,
      Optional<RemoteStatus.Work> work,
      Instant now) {
    List<Waiting> waiting = List.of();
    Optional<LocalDatabaseException> localFailure = Optional.empty();
    try {
      local.check();
      waiting = waiting(local, known, now);
    } catch (LocalDatabaseException e) {
      localFailure = Optional.of(e);
    }
    return new RemoteStatus(
        remote.name(),
        address(remote),
        failure,
        localFailure,
        known.lastContact(),
        known.lastSample(),
        waiting,
        known.setAside(),
        known.setAsideByRule(),
        known.firstSetAside(),
        known.clockOffset(),
        known.differing(),
        known.kept(),
        known.untaken(),
        remote.terms().takes(),
        lastPush.rates(),
        lastProblem,
        lastPush.refused(),
        caveat,
        work);
  }

  /** Compares the last days, as each push does; central notes what differs. */
  private static boolean hasCompared(LocalDatabase local, Transport transport, Known known)
      throws IOException, RefusedException {
    boolean compared = false;
    for (Table table : Tables.ALL) {
      Optional<Position> upTo = table.isSeries() ? known.live(table) : Optional.empty();
      if (upTo.isPresent() && upTo.get().key().get(0) instanceof Instant newest) {
        List<Claims.Claim> days = new ArrayList<>();
        for (Window day : History.lastDays(Window.dayOf(newest))) {
          days.add(new Claims.Claim(day, Repair.whole(local, table, day, upTo.get(), row -> {})));
        }
        Claims claims =
            new Claims(table, local.columns(table), upTo, Grain.WHOLE, true, List.of(), days);
        compared |= transport.compare(claims).isPresent();
      }
    }
    return compared;
  }

  /** What a push would send. */
  static List<Waiting> waiting(LocalDatabase local, Known known, Instant now)
      throws LocalDatabaseException {
    List<Waiting> waiting = new ArrayList<>();
    for (Table table : Tables.ALL) {
      waiting.add(table.isSeries() ? series(local, table, known, now) : whole(local, table, known));
    }
    return waiting;
  }

  private static Waiting whole(LocalDatabase local, Table table, Known known)
      throws LocalDatabaseException {
    WholeTable whole = WholeTable.read(local, table);
    return new Waiting(
        table,
        Optional.empty(),
        whole.differsFrom(known.live(table)) ? whole.size() : 0,
        0,
        0,
        Optional.empty(),
        0);
  }

  private static Waiting series(LocalDatabase local, Table table, Known known, Instant now)
      throws LocalDatabaseException {
    long rows = 0;
    long future = 0;
    long ahead = 0;
    Optional<Instant> oldest = Optional.empty();
    for (Stretch stretch : known.stretches(table)) {
      long count = local.countAfter(table, stretch.cursor(), stretch.until());
      rows += count;
      if (stretch.lane() != Lane.UNTRUSTED && count > 0 && oldest.isEmpty()) {
        oldest = oldest(local, table, stretch);
      }
      if (stretch.lane() == Lane.LIVE && stretch.until().isPresent() && count > 0) {
        Position present = Stretch.endOf(table, local.settledAt(now));
        ahead = Math.min(count, local.countAfter(table, Optional.of(present), stretch.until()));
      }
      future +=
          switch (stretch.lane()) {
            case LIVE, HISTORY -> 0;
            case UNTRUSTED -> count;
          };
    }
    return new Waiting(
        table, known.live(table), rows, future, ahead, oldest, local.countTimeless(table));
  }

  private static Optional<Instant> oldest(LocalDatabase local, Table table, Stretch stretch)
      throws LocalDatabaseException {
    return local
        .readAfter(table, stretch.cursor(), stretch.until(), 1)
        .last()
        .flatMap(Position::time);
  }

  private static String address(RemoteConfig remote) {
    return remote
        .uri()
        .map(Object::toString)
        .or(() -> remote.direct().map(direct -> direct.ssh().address()))
        .orElseThrow();
  }
}
