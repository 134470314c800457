package org.tributary.server.page.coverage;

import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.page.Page;
import org.tributary.server.page.Section;
import org.tributary.server.page.Templates;
import org.tributary.server.page.Trouble;
import org.tributary.server.page.View;
import org.tributary.store.Database;
import org.tributary.store.StoreException;
import org.tributary.store.completeness.Completeness;
import org.tributary.store.completeness.Gap;
import org.tributary.store.completeness.HourCounts;
import org.tributary.store.completeness.HouseCompleteness;
import org.tributary.store.completeness.HouseCompleteness.House;
import org.tributary.store.completeness.NodeDay;
import org.tributary.store.fleet.DayCauses;
import org.tributary.store.fleet.DayState;
import org.tributary.store.fleet.Fleet;
import org.tributary.store.fleet.HouseDay;
import org.tributary.store.fleet.HouseDays;
import org.tributary.store.report.Span;

/** The map of all houses' days, and each day by node and hour. Thread-safe. */
public final class CoveragePages {

  private static final int USUAL_DAYS = 31;
  private static final int MOST_DAYS = 370;

  /** On one page. */
  private static final int HOUSES = 100;

  /** How long a map may take to look for causes; it is quicker the next time. */
  private static final Duration BUDGET = Duration.ofMillis(300);

  private final HouseDays days;
  private final DayCauses causes;
  private final Completeness completeness;
  private final Fleet fleet;
  private final Clock clock;

  private CoveragePages(Database database, Fleet fleet, Clock clock) {
    this.days = new HouseDays(database, clock);
    this.causes = new DayCauses(database, clock);
    this.completeness = new Completeness(database, clock);
    this.fleet = fleet;
    this.clock = clock;
  }

  /** Both. */
  public static List<Endpoint> all(
      Database database, Fleet fleet, Templates templates, Clock clock) {
    CoveragePages pages = new CoveragePages(database, fleet, clock);
    return List.of(
        new Page(Section.COVERAGE.path(), Audience.READERS, pages::map, templates),
        new Page(
            Section.COVERAGE.path() + "/{house}/{day}", Audience.READERS, pages::day, templates));
  }

  private View map(Request request) throws IOException {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate last = day(request.value("to")).orElse(today);
    LocalDate first =
        day(request.value("from"))
            .filter(from -> !from.isAfter(last))
            .orElse(last.minusDays(USUAL_DAYS - 1));
    LocalDate begin = first.isBefore(last.minusDays(MOST_DAYS)) ? last.minusDays(MOST_DAYS) : first;
    Optional<String> gateway = request.value("gateway");
    List<House> all = houses(gateway);
    int pages = Math.max(1, (all.size() + HOUSES - 1) / HOUSES);
    int page =
        request
            .value("page")
            .filter(text -> text.matches("[1-9]\\d{0,5}"))
            .map(Integer::valueOf)
            .map(asked -> Math.min(asked, pages))
            .orElse(1);
    List<House> houses = all.subList((page - 1) * HOUSES, Math.min(all.size(), page * HOUSES));
    List<HouseDay> found = days.of(houses.stream().map(House::id).toList(), begin, last);
    Map<Long, List<HouseDay>> byHouse =
        found.stream().collect(Collectors.groupingBy(HouseDay::house));
    List<HouseDay> lost = found.stream().filter(each -> each.state() == DayState.LOST).toList();
    return new CoverageView(
        houses.stream()
            .map(house -> new CoverageView.Row(house, byHouse.getOrDefault(house.id(), List.of())))
            .toList(),
        begin,
        last,
        gateway,
        page,
        pages,
        causes.within(lost, BUDGET));
  }

  private List<House> houses(Optional<String> gateway) throws StoreException {
    List<House> all = completeness.houses(Optional.empty());
    if (gateway.isEmpty()) {
      return all;
    }
    Set<Long> its =
        fleet.gateways().stream()
            .filter(each -> each.name().equals(gateway.get()))
            .flatMap(each -> each.houses().stream())
            .map(house -> house.id())
            .collect(Collectors.toSet());
    return all.stream().filter(house -> its.contains(house.id())).toList();
  }

  private View day(Request request) throws IOException {
    Optional<LocalDate> day = day(Optional.of(request.pathParameter("day")));
    String house = request.pathParameter("house");
    if (day.isPresent() && house.matches("\\d{1,18}")) {
      HourCounts hours = new HourCounts(day.get());
      var from = day.get().atStartOfDay(ZoneOffset.UTC).toInstant();
      Optional<HouseCompleteness> found =
          completeness.of(
              Long.parseLong(house), new Span(from, from.plus(Duration.ofDays(1))), hours);
      if (found.isPresent()) {
        return new DayView(day.get(), nodes(found.get(), hours), found.get(), clock.instant());
      }
    }
    return Trouble.missing(
        "No such day",
        "A house's number and a day are expected, as the map has them.",
        Section.COVERAGE);
  }

  private static List<DayView.Node> nodes(HouseCompleteness house, HourCounts hours) {
    Set<Long> ids = new TreeSet<>(hours.nodes());
    house.gaps().stream().map(Gap::node).forEach(ids::add);
    List<DayView.Node> nodes = new ArrayList<>();
    for (long id : ids) {
      Optional<NodeDay> sums = house.days().stream().filter(each -> each.node() == id).findFirst();
      nodes.add(new DayView.Node(id, Optional.empty(), hours.of(id), sums));
    }
    return nodes;
  }

  private static Optional<LocalDate> day(Optional<String> text) {
    try {
      return text.map(LocalDate::parse).filter(day -> day.getYear() > 1990 && day.getYear() < 2200);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
