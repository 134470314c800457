package org.tributary.edge;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tributary.wire.Backlog;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.Position;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * What central has of this gateway: as it says itself, or as the last push remembers it.
 *
 * @param live how far each table's live lane has come, by the table's name
 * @param untrusted the same for rows stamped in the future
 * @param backlog what each live lane has left behind, by the table's name
 * @param trustedUntil rows stamped later would be set aside; empty if central did not say, and then
 *     rows from the future count as waiting, even those that it has set aside already
 * @param differing rows that were missing at central, or others there, when they were compared last
 * @param kept rows that central keeps although they are not here any more
 * @param stopped why central refuses this gateway until somebody decides, if it does
 * @param untaken cells of metadata that were edited at central and are otherwise here
 */
record Known(
    Optional<Instant> lastContact,
    Map<String, Position> live,
    Map<String, Position> untrusted,
    Map<String, Backlog> backlog,
    Optional<Instant> trustedUntil,
    long setAside,
    Map<Rule, Long> setAsideByRule,
    List<SetAside> firstSetAside,
    Optional<Duration> clockOffset,
    long differing,
    long kept,
    Optional<String> stopped,
    long untaken) {

  private static final Known NOTHING =
      new Known(
          Optional.empty(),
          Map.of(),
          Map.of(),
          Map.of(),
          Optional.empty(),
          0,
          Map.of(),
          List.of(),
          Optional.empty(),
          0,
          0,
          Optional.empty(),
          0);

  /** Asks central, which changes nothing there. */
  static Known ask(Transport transport) throws IOException, RefusedException {
    Optional<GatewayStatus> answer = transport.status();
    if (answer.isEmpty()) {
      return NOTHING;
    }
    GatewayStatus status = answer.get();
    Map<String, Position> live = new HashMap<>();
    Map<String, Position> untrusted = new HashMap<>();
    Map<String, Backlog> backlog = new HashMap<>();
    for (GatewayStatus.TableStatus table : status.tables()) {
      table.position().ifPresent(position -> live.put(table.table(), position));
      table.untrusted().ifPresent(position -> untrusted.put(table.table(), position));
      backlog.put(table.table(), Backlog.read(table.history()));
    }
    return new Known(
        Optional.of(status.lastContact()),
        live,
        untrusted,
        backlog,
        Optional.of(status.trustedUntil()),
        status.setAside(),
        status.setAsideByRule(),
        status.setAside() == 0 ? List.of() : transport.setAside(),
        Optional.of(Duration.ofMillis(status.clockOffsetMillis())),
        status.tables().stream().mapToLong(GatewayStatus.TableStatus::missing).sum(),
        status.tables().stream().mapToLong(GatewayStatus.TableStatus::kept).sum(),
        status.stopped(),
        status.untaken());
  }

  /** What a push at work has heard itself; what it was not told since then is left out. */
  static Known remember(PushRecord.Content lastPush, Progress progress, Instant now) {
    Known known = remember(lastPush);
    // Central's clock goes on while nothing is heard of it.
    Duration since =
        lastPush
            .lastContact()
            .map(time -> Duration.between(time, now))
            .filter(age -> !age.isNegative())
            .orElse(Duration.ZERO);
    return new Known(
        known.lastContact,
        known.live,
        progress.untrusted(),
        known.backlog,
        progress.trustedUntil().map(until -> until.plus(since)),
        known.setAside,
        known.setAsideByRule,
        known.firstSetAside,
        progress.clockOffset(),
        progress.differing(), // each such day has a row at least
        known.kept,
        known.stopped,
        known.untaken);
  }

  static Known remember(PushRecord.Content lastPush) {
    Map<String, Backlog> backlog = new HashMap<>();
    lastPush.backlog().forEach((table, left) -> backlog.put(table, Backlog.of(Optional.of(left))));
    return new Known(
        lastPush.lastContact(),
        lastPush.positions(),
        Map.of(),
        backlog,
        Optional.empty(),
        lastPush.setAside(),
        Map.of(),
        List.of(),
        Optional.empty(),
        0,
        0,
        Optional.empty(),
        0);
  }

  Optional<Position> live(Table table) {
    return Optional.ofNullable(live.get(table.name()));
  }

  /** The time of the newest reading that central has taken. */
  Optional<Instant> lastSample() {
    return live(Tables.READING).flatMap(Position::time);
  }

  /** What a push has to send of a series, the oldest first. */
  List<Stretch> stretches(Table table) {
    List<Stretch> all = new ArrayList<>();
    for (Backlog.Span span : backlog.getOrDefault(table.name(), Backlog.NONE).spans()) {
      all.add(Stretch.of(table, span));
    }
    all.addAll(ahead(table));
    return all;
  }

  private List<Stretch> ahead(Table table) {
    return trustedUntil
        .map(
            until ->
                Stretch.of(
                    table,
                    live(table),
                    Optional.ofNullable(untrusted.get(table.name())),
                    until,
                    until))
        .orElseGet(() -> List.of(Stretch.behind(live(table))));
  }
}
