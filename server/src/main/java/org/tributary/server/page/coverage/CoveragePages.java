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
import org.tributary.server.page.Parameters;
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
import org.tributary.store.fleet.FleetGateway;
import org.tributary.store.fleet.HouseDay;
import org.tributary.store.fleet.HouseDays;
import org.tributary.store.report.Span;
import org.tributary.wire.rest.BadFieldException;

/** The map of all houses' days, and each day by node and hour. Thread-safe. */
public final class CoveragePages {

  private static final int USUAL_DAYS = 31;
  private static final int MOST_DAYS = 370;
  private static final int MOST_PAGES = 100_000;

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
    LocalDate last = Parameters.day(request, "to").orElse(today);
    int length = Parameters.number(request, "days", 1, MOST_DAYS).orElse(USUAL_DAYS);
    LocalDate first = Parameters.day(request, "from").orElse(last.minusDays(length - 1L));
    if (first.isAfter(last)) {
      throw new BadFieldException("to", "\"to\" should not be before \"from\"");
    }
    if (first.isBefore(last.minusDays(MOST_DAYS))) {
      throw new BadFieldException("from", "Ask for %d days at most".formatted(MOST_DAYS));
    }
    Optional<String> gateway = Parameters.text(request, "gateway");
    Optional<String> house = Parameters.text(request, "house");
    List<House> all = houses(gateway, house);
    int pages = Math.max(1, (all.size() + HOUSES - 1) / HOUSES);
    int page = Math.min(pages, Parameters.number(request, "page", 1, MOST_PAGES).orElse(1));
    List<House> houses = all.subList((page - 1) * HOUSES, Math.min(all.size(), page * HOUSES));
    List<HouseDay> found = days.of(houses.stream().map(House::id).toList(), first, last);
    Map<Long, List<HouseDay>> byHouse =
        found.stream().collect(Collectors.groupingBy(HouseDay::house));
    List<HouseDay> lost = found.stream().filter(each -> each.state() == DayState.LOST).toList();
    return new CoverageView(
        houses.stream()
            .map(each -> new CoverageView.Row(each, byHouse.getOrDefault(each.id(), List.of())))
            .toList(),
        first,
        last,
        gateway,
        house.map(id -> houses.get(0)),
        page,
        pages,
        causes.within(lost, BUDGET));
  }

  private List<House> houses(Optional<String> gateway, Optional<String> house)
      throws StoreException, BadFieldException {
    List<House> all = completeness.houses(Optional.empty());
    if (house.isPresent()) {
      return List.of(
          all.stream()
              .filter(each -> String.valueOf(each.id()).equals(house.get()))
              .findFirst()
              .orElseThrow(() -> Parameters.wrong("house", "the number of a house", house.get())));
    }
    if (gateway.isEmpty()) {
      return all;
    }
    Set<Long> its =
        fleet.gateways().stream()
            .filter(each -> each.name().equals(gateway.get()))
            .findFirst()
            .orElseThrow(() -> Parameters.wrong("gateway", "the name of a gateway", gateway.get()))
            .houses()
            .stream()
            .map(FleetGateway.House::id)
            .collect(Collectors.toSet());
    return all.stream().filter(each -> its.contains(each.id())).toList();
  }

  private View day(Request request) throws IOException {
    Optional<LocalDate> day = dayOf(request.pathParameter("day"));
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

  private static Optional<LocalDate> dayOf(String text) {
    try {
      return Optional.of(LocalDate.parse(text))
          .filter(day -> day.getYear() > 1990 && day.getYear() < 2200);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
