package org.tributary.store.fleet;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.store.completeness.Unmatched;
import org.tributary.store.fleet.HouseBooks.Aside;
import org.tributary.store.fleet.HouseBooks.Counted;
import org.tributary.store.fleet.HouseBooks.Ends;
import org.tributary.store.fleet.HouseBooks.Missing;
import org.tributary.store.fleet.HouseBooks.NodeInHouse;
import org.tributary.store.fleet.HouseBooks.Registered;
import org.tributary.store.fleet.HouseBooks.Teller;
import org.tributary.wire.Window;

/** Judges days of houses by what the books say of them. For one question; not thread-safe. */
final class HouseCalendar {

  private record HouseHour(long house, long hour) {}

  /** A house's readings of a day that are here. */
  private static final class Here {
    long rows;
    long mark;
    boolean isStale;
  }

  private final Map<HouseHour, Here> here = new HashMap<>();
  private final Map<HouseHour, Long> waiting = new HashMap<>();
  private final Map<HouseHour, Long> setAside = new HashMap<>();
  private final Map<Long, Map<Long, NodeHistory>> histories = new HashMap<>();
  private final Map<Long, Set<Long>> registered = new HashMap<>();
  private final Map<Long, List<Teller>> tellers = new HashMap<>();
  private final Map<Long, Map<Long, ClaimedDay>> claims;
  private final Map<Long, Ends> ends;

  private HouseCalendar(Map<Long, Map<Long, ClaimedDay>> claims, Map<Long, Ends> ends) {
    this.claims = claims;
    this.ends = ends;
  }

  static HouseCalendar of(
      Map<NodeInHouse, Counted> counted,
      List<Registered> registered,
      List<Teller> tellers,
      Map<Long, Map<Long, ClaimedDay>> claims,
      List<Missing> missing,
      List<Aside> setAside,
      List<Unmatched.Rows> unmatched,
      Map<Long, Ends> ends) {
    HouseCalendar calendar = new HouseCalendar(claims, ends);
    Map<Long, Long> houseOf = new HashMap<>();
    // Where a node had readings that day; else, where it was seen last; else, where it is now.
    Map<NodeInHouse, Long> houseThen = new HashMap<>();
    counted.forEach(
        (at, what) -> {
          calendar.note(at, what);
          houseOf.putIfAbsent(at.node(), at.house());
          houseThen.put(new NodeInHouse(0, at.node(), at.hour()), at.house());
        });
    for (Registered each : registered) {
      houseOf.put(each.node(), each.house());
      calendar.registered.computeIfAbsent(each.house(), house -> new HashSet<>()).add(each.node());
    }
    for (Teller each : tellers) {
      calendar.tellers.computeIfAbsent(each.house(), house -> new ArrayList<>()).add(each);
    }
    for (Missing each : missing) {
      NodeInHouse then = new NodeInHouse(0, each.node(), each.hour());
      Long house = houseThen.getOrDefault(then, houseOf.get(each.node()));
      if (house != null) {
        calendar.waiting.merge(new HouseHour(house, each.hour()), each.rows(), Long::sum);
      }
    }
    for (Aside each : setAside) {
      NodeInHouse then = new NodeInHouse(0, each.node(), each.hour());
      Long house = houseThen.getOrDefault(then, houseOf.get(each.node()));
      if (house != null) {
        calendar.setAside.merge(new HouseHour(house, each.hour()), each.rows(), Long::sum);
      }
    }
    for (Unmatched.Rows each : unmatched) {
      long hour = each.day().toEpochDay() * Window.DAY;
      calendar.setAside.merge(new HouseHour(each.house(), hour), each.count(), Long::sum);
    }
    return calendar;
  }

  private void note(NodeInHouse at, Counted what) {
    Here sum = here.computeIfAbsent(new HouseHour(at.house(), at.hour()), any -> new Here());
    sum.rows += what.rows();
    sum.mark += 31 * what.sum() + what.rows();
    sum.isStale |= what.isStale();
    histories
        .computeIfAbsent(at.house(), house -> new HashMap<>())
        .computeIfAbsent(at.node(), node -> new NodeHistory())
        .note(at.hour(), what.rows());
  }

  HouseDay day(long house, Window day, Instant now) {
    HouseHour at = new HouseHour(house, day.hour());
    Here counted = here.get(at);
    long present = counted == null ? 0 : counted.rows;
    long apart = setAside.getOrDefault(at, 0L);
    long today = Window.dayOf(now).hour();
    long usual = usual(house, day, today);
    Told told = told(house, day, now);
    long waits = Math.max(waiting.getOrDefault(at, 0L), told.missing());
    boolean isCounted = counted != null || (told.isCompared() && told.rows() == 0);
    if (counted == null && told.isSame() && told.isOfThisHouse()) {
      // Of a day that is the same at both ends the gateways' own count is as good, but for what is
      // kept apart here.
      present = Math.max(0, told.rows() - apart);
      isCounted = true;
    }
    DayState state;
    if (waits > 0 || told.isBehind()) {
      state = DayState.WAITING;
    } else if (!day.from().isBefore(now) || (present + apart == 0 && !isBegun(house, day))) {
      state = DayState.NOT_EXPECTED;
    } else if (!told.isHeard()) {
      state = DayState.NOT_HEARD;
    } else if (!isCounted && apart == 0) {
      state = DayState.NOT_COUNTED;
    } else if (present + apart == 0 && usual == 0) {
      state = DayState.NOT_EXPECTED;
    } else if (isCounted
        && !day.to().isAfter(now)
        && (Median.isShort(present + apart, usual)
            || (apart == 0 && isNodeShort(house, day, today)))) {
      state = DayState.LOST;
    } else if (apart > 0) {
      state = DayState.APART;
    } else if (told.isSame() && (counted == null || !counted.isStale)) {
      state = DayState.VERIFIED;
    } else {
      state = DayState.PRESENT;
    }
    long mark = counted == null ? 0 : counted.mark * 2 + (counted.isStale ? 1 : 0);
    mark = ((mark * 31 + waits) * 31 + apart) * 31 + told.mark();
    LocalDate date = LocalDate.ofInstant(day.from(), ZoneOffset.UTC);
    return new HouseDay(house, date, state, present, waits, apart, usual, mark);
  }

  /**
   * What the gateways of a house say of a day.
   *
   * @param missing what they have of it that is not here, where it must be this house's
   * @param isBehind whether one of them is still sending what it left behind of it
   * @param isHeard whether all of them have been in touch since it ended, or it has not ended
   * @param rows that they have of it, of all their houses
   * @param isOfThisHouse whether they have no other house
   * @param isCompared whether at least one told what it has of it
   * @param isSame whether all that told were the same
   */
  private record Told(
      long missing,
      boolean isBehind,
      boolean isHeard,
      long rows,
      boolean isOfThisHouse,
      boolean isCompared,
      boolean isSame,
      long mark) {}

  private Told told(long house, Window day, Instant now) {
    long missing = 0;
    boolean isBehind = false;
    boolean isHeard = true;
    long rows = 0;
    boolean isOfThisHouse = true;
    boolean isCompared = false;
    boolean differs = false;
    long mark = 0;
    for (Teller teller : tellers.getOrDefault(house, List.of())) {
      isBehind |= teller.backlog().overlaps(day.from(), day.to());
      isHeard &= day.to().isAfter(now) || !teller.heard().isBefore(day.to());
      mark = mark * 31 + (isHeard ? 1 : teller.heard().getEpochSecond());
      ClaimedDay claim = claim(teller, day);
      if (claim != null) {
        isCompared = true;
        rows += claim.rows();
        isOfThisHouse &= teller.houses() == 1;
        differs |= claim.missing() > 0;
        mark = mark * 31 + claim.noticed().toEpochMilli();
        // Of a gateway of several houses nobody knows whose they are before it told by node.
        missing += teller.houses() == 1 ? claim.missing() : 0;
      }
    }
    return new Told(
        missing, isBehind, isHeard, rows, isOfThisHouse, isCompared, isCompared && !differs, mark);
  }

  private @Nullable ClaimedDay claim(Teller teller, Window day) {
    return claims.getOrDefault(teller.key(), Map.of()).get(day.hour());
  }

  /** Whether a house had its first reading by then, and had not ended. */
  private boolean isBegun(long house, Window day) {
    Ends its = ends.get(house);
    return its != null
        && its.first().filter(first -> first.isBefore(day.to())).isPresent()
        && isWithin(house, day);
  }

  /** Whether a house says that it was one then. */
  private boolean isWithin(long house, Window day) {
    Ends its = ends.get(house);
    return its != null
        && its.start().filter(start -> !start.isBefore(day.to())).isEmpty()
        && its.end().filter(end -> !end.isAfter(day.from())).isEmpty();
  }

  /** What all nodes together have that are to be expected on a day. */
  private long usual(long house, Window day, long today) {
    return expected(house, day).stream().mapToLong(node -> node.usual(day.hour(), today)).sum();
  }

  /** Whether one of them has fewer than usual, which the others may hide. */
  private boolean isNodeShort(long house, Window day, long today) {
    return expected(house, day).stream()
        .anyMatch(node -> Median.isShort(node.count(day.hour()), node.usual(day.hour(), today)));
  }

  /** The nodes that had readings on a day before, and have some later or are registered still. */
  private List<NodeHistory> expected(long house, Window day) {
    Set<Long> now = isWithin(house, day) ? registered.getOrDefault(house, Set.of()) : Set.of();
    List<NodeHistory> expected = new ArrayList<>();
    for (Map.Entry<Long, NodeHistory> each : histories.getOrDefault(house, Map.of()).entrySet()) {
      NodeHistory node = each.getValue();
      if (node.hasBegunBefore(day.hour())
          && (node.goesOnAfter(day.hour()) || now.contains(each.getKey()))) {
        expected.add(node);
      }
    }
    return expected;
  }
}
