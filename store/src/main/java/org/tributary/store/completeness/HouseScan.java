package org.tributary.store.completeness;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tributary.store.RowWork;
import org.tributary.store.completeness.Known.NodeAndDay;
import org.tributary.wire.Digest;
import org.tributary.wire.Micros;
import org.tributary.wire.RowHash;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.Tables;

/**
 * Goes once through a house's readings in the order of time, counts what is there and finds what is
 * not. A day of them is in memory at most. Not thread-safe.
 */
final class HouseScan implements RowWork {

  /** Shorter gaps are only counted, not listed. */
  private static final long LISTED = Duration.ofMinutes(15).toMillis() * 1_000;

  /** Rows of a node's past from which its rhythm is learnt. */
  private static final int PAST = 1_000;

  private static final class Tally {
    private long present;
    private long sum;
    private long apartInGaps;
    private final Map<Cause, Long> lost = new EnumMap<>(Cause.class);
  }

  private final Connection connection;
  private final Known known;
  private final Known.Place place;
  private final Set<Long> locations;
  private final Instant begin;
  private final Presence presence;
  private final Diagnosis diagnosis;
  private final KeptApart apart;
  private final Map<NodeAndDay, Long> waiting;
  private final Map<NodeAndDay, Map<Rule, Long>> setAside;
  private final RowHash hash = new RowHash(Tables.READING, RowHash.allColumns(Tables.READING));
  private final Map<Long, NodeScan> nodes = new TreeMap<>();
  private final Map<Long, SequenceNumbers> numbers = new TreeMap<>();
  private final Map<NodeAndDay, Tally> tallies =
      new TreeMap<>(Comparator.comparing(NodeAndDay::day).thenComparing(NodeAndDay::node));
  private final List<Gap> gaps = new ArrayList<>();

  HouseScan(
      Connection connection,
      Known known,
      KeptApart apart,
      Known.Place place,
      Instant begin,
      List<HouseCompleteness.GatewayReach> gateways,
      Map<NodeAndDay, Long> waiting,
      Map<NodeAndDay, Map<Rule, Long>> setAside) {
    this.connection = connection;
    this.known = known;
    this.apart = apart;
    this.place = place;
    this.locations = new HashSet<>(place.locations());
    this.begin = begin;
    this.presence = new Presence(Micros.of(begin));
    this.diagnosis = new Diagnosis(connection, known, apart, gateways, waiting, presence);
    this.waiting = waiting;
    this.setAside = setAside;
  }

  @Override
  public void take(Rows rows) throws SQLException {
    int time = rows.indexOf("time");
    int node = rows.indexOf("nodeId");
    int type = rows.indexOf("type");
    for (int row = 0; row < rows.size(); row++) {
      long micros = rows.longAt(time, row);
      long id = rows.longAt(node, row);
      scan(id).take(rows.longAt(type, row), micros);
      presence.heard(micros);
      Tally tally = tally(id, micros);
      tally.present++;
      tally.sum += hash.of(rows, row);
    }
  }

  /** Begins to follow a node, with what its past tells of its rhythm. */
  NodeScan scan(long node) throws SQLException {
    NodeScan scan = nodes.get(node);
    if (scan == null) {
      scan = new NodeScan(node);
      nodes.put(node, scan);
      learn(node, scan);
    }
    return scan;
  }

  private void learn(long node, NodeScan scan) throws SQLException {
    record Past(long time, long type, Optional<Long> location) {}
    List<Past> newestFirst =
        known
            .query(
                """
                SELECT @time, @type, @locationId
                FROM @Reading
                WHERE @nodeId = ? AND @time < ?
                ORDER BY @time DESC
                LIMIT %d
                """
                    .formatted(PAST))
            .with(node)
            .with(begin)
            .all(
                connection,
                row -> new Past(Micros.of(row.time(1)), row.number(2), row.maybeNumber(3)));
    int here = 0;
    while (here < newestFirst.size()
        && newestFirst.get(here).location().filter(locations::contains).isPresent()) {
      here++;
    }
    for (int i = here - 1; i >= 0; i--) {
      scan.take(newestFirst.get(i).type(), newestFirst.get(i).time());
    }
    scan.ended(); // what was missing before is not asked for
  }

  /**
   * Finds the causes of the silences that ended on a day, all of whose readings have been taken.
   */
  void endDay(Instant from, Instant until) throws SQLException {
    readNumbers(from, until);
    for (Map.Entry<Long, NodeScan> each : nodes.entrySet()) {
      for (Silence silence : each.getValue().ended()) {
        book(silence.within(Micros.of(begin), Long.MAX_VALUE), each.getValue());
      }
    }
    numbers.values().forEach(SequenceNumbers::keepLast);
  }

  private void readNumbers(Instant from, Instant until) throws SQLException {
    for (long node : nodes.keySet()) {
      SequenceNumbers its = numbers.computeIfAbsent(node, each -> new SequenceNumbers());
      known
          .query(
              """
              SELECT @time, @seq_num
              FROM @NodeState
              WHERE @nodeId = ? AND @time >= ? AND @time < ?
              ORDER BY @time
              """)
          .with(node)
          .with(from)
          .with(until)
          .all(
              connection,
              row -> {
                its.take(Micros.of(row.time(1)), row.number(2));
                return node;
              });
    }
  }

  /** Finds the causes of the silences of nodes that are registered here and have not ended. */
  void end(Instant until, Set<Long> registered) throws SQLException {
    Instant end = place.ended().filter(until::isAfter).orElse(until);
    for (Map.Entry<Long, NodeScan> each : nodes.entrySet()) {
      if (registered.contains(each.getKey())) {
        for (Silence silence : each.getValue().standing(Micros.of(end))) {
          bookStanding(silence.within(Micros.of(begin), Long.MAX_VALUE), each.getValue());
        }
      }
    }
  }

  private void bookStanding(Silence silence, NodeScan node) throws SQLException {
    Optional<Instant> contact = diagnosis.lastContact();
    long heard = contact.map(Micros::of).orElse(Long.MAX_VALUE);
    Silence before = silence.within(silence.from(), heard);
    if (before.rows() > 0) {
      book(before, node);
    }
    Silence after = silence.within(heard, silence.until());
    if (after.rows() > 0) {
      note(after, filling(after), diagnosis.notHeard(contact.orElseThrow()));
    }
  }

  private void book(Silence silence, NodeScan node) throws SQLException {
    if (silence.rows() > 0) {
      SequenceNumbers its = numbers.computeIfAbsent(silence.node(), each -> new SequenceNumbers());
      KeptApart.Counts filling = filling(silence);
      Diagnosis.Told told =
          diagnosis.of(silence, filling, its, nodes.size(), node.isPartial(silence));
      note(silence, filling, told);
    }
  }

  private KeptApart.Counts filling(Silence silence) throws SQLException {
    boolean isAny =
        setAside.keySet().stream()
            .anyMatch(
                each ->
                    each.node() == silence.node()
                        && !each.day().isBefore(day(silence.from()))
                        && !each.day().isAfter(day(silence.until())));
    return isAny ? apart.filling(connection, silence) : KeptApart.Counts.NONE;
  }

  private void note(Silence silence, KeptApart.Counts filling, Diagnosis.Told told) {
    if (silence.until() - silence.from() >= LISTED) {
      gaps.add(
          new Gap(
              silence.node(),
              Micros.toInstant(silence.from()),
              Micros.toInstant(silence.until()),
              silence.rows(),
              told.cause(),
              told.evidence()));
    }
    LocalDate last = day(silence.until());
    for (LocalDate day = day(silence.from()); !day.isAfter(last); day = day.plusDays(1)) {
      Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
      long rows =
          silence.rowsWithin(Micros.of(midnight), Micros.of(midnight.plus(Duration.ofDays(1))));
      if (rows > 0) {
        Tally tally = tally(silence.node(), Micros.of(midnight));
        tally.lost.merge(told.cause(), rows, Long::sum);
        tally.apartInGaps += filling.on(day);
      }
    }
  }

  /**
   * What was found, together with what is known of readings that are not here.
   *
   * @param unmatched what is set aside of nodes that only a gateway of the house knows
   */
  List<NodeDay> days(List<Unmatched.Rows> unmatched) {
    Map<NodeAndDay, Map<Rule, Long>> apartOf = new HashMap<>();
    setAside.forEach(
        (key, rows) -> {
          if (isOfHouse(key)) {
            apartOf.put(key, new EnumMap<>(rows));
          }
        });
    for (Unmatched.Rows rows : unmatched) {
      apartOf
          .computeIfAbsent(
              new NodeAndDay(rows.node(), rows.day()), day -> new EnumMap<>(Rule.class))
          .merge(rows.rule(), rows.count(), Long::sum);
    }
    waiting.keySet().stream().filter(this::isOfHouse).forEach(this::tally);
    apartOf.keySet().forEach(this::tally);
    List<NodeDay> days = new ArrayList<>();
    tallies.forEach(
        (key, tally) -> {
          Map<Rule, Long> kept = apartOf.getOrDefault(key, Map.of());
          days.add(
              new NodeDay(
                  key.day(),
                  key.node(),
                  tally.present,
                  new Digest(tally.present, tally.sum),
                  waiting.getOrDefault(key, 0L),
                  kept,
                  // Those of which nobody knows what they measure may fill several gaps.
                  Math.min(tally.apartInGaps, NodeDay.sum(kept)),
                  tally.lost));
        });
    return days;
  }

  /** The longer gaps, by node and time. */
  List<Gap> gaps() {
    return gaps.stream()
        .sorted(Comparator.comparingLong(Gap::node).thenComparing(Gap::from))
        .toList();
  }

  Set<Long> nodes() {
    return nodes.keySet();
  }

  private boolean isOfHouse(NodeAndDay key) {
    return nodes.containsKey(key.node());
  }

  private Tally tally(long node, long micros) {
    return tally(new NodeAndDay(node, day(micros)));
  }

  private Tally tally(NodeAndDay key) {
    return tallies.computeIfAbsent(key, each -> new Tally());
  }

  private static LocalDate day(long micros) {
    return Micros.toInstant(micros).atOffset(ZoneOffset.UTC).toLocalDate();
  }
}
