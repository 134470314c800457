package org.tributary.server.page.house;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
import org.tributary.store.completeness.HouseCompleteness;
import org.tributary.store.fleet.Attention;
import org.tributary.store.fleet.Problem;
import org.tributary.store.plot.HouseList;
import org.tributary.store.plot.HouseNodes;
import org.tributary.store.plot.HouseNodes.SensorNow;
import org.tributary.store.plot.NodesOfHouse;
import org.tributary.store.plot.SensorId;
import org.tributary.store.report.Span;

/** The list of houses, and the page of each with its plots. Thread-safe. */
public final class HousePages {

  private static final int HOUSES_A_PAGE = 100;
  private static final int MOST_PAGES = 999_999;

  private static final long TEMPERATURE = 0;
  private static final long BATTERY = 6;

  /** So many lines are drawn where nobody has chosen any. */
  private static final int FIRST_SENSORS = 5;

  /**
   * What is missing in more days of sensors is counted when it is asked for: all of their readings
   * are read for it, some 300 of each day.
   */
  private static final long COUNTED_AT_ONCE = 250;

  private static final Duration LONGEST_COUNTED = Duration.ofDays(400);

  private final HouseList houses;
  private final NodesOfHouse nodes;
  private final Missed missed;
  private final Attention attention;
  private final Clock clock;

  private HousePages(Database database, Missed missed, Attention attention, Clock clock) {
    this.houses = new HouseList(database);
    this.nodes = new NodesOfHouse(database);
    this.missed = missed;
    this.attention = attention;
    this.clock = clock;
  }

  /**
   * All of them, with what their plots load.
   *
   * @param attention says what is in the way of a house that has no readings
   */
  public static List<Endpoint> all(
      Database database, Attention attention, Templates templates, Clock clock) {
    Missed missed = new Missed(new Completeness(database, clock), clock);
    HousePages pages = new HousePages(database, missed, attention, clock);
    return List.of(
        new Page(Section.HOUSES.path(), Audience.READERS, pages::list, templates),
        new Page(Section.HOUSES.path() + "/{house}", Audience.READERS, pages::house, templates),
        new PlotEndpoint(database, clock),
        new GapsEndpoint(missed),
        new CsvEndpoint(database, clock));
  }

  private View list(Request request) throws IOException {
    String words = Parameters.text(request, "q").orElse("");
    int page = Parameters.number(request, "page", 0, MOST_PAGES).orElse(0);
    HouseList.Found found = houses.find(words, page * HOUSES_A_PAGE, HOUSES_A_PAGE);
    return new HousesView(words, found, page, HOUSES_A_PAGE);
  }

  private View house(Request request) throws IOException {
    Optional<Selection> asked = Selection.of(request);
    if (asked.isEmpty()) {
      return missing(request);
    }
    Selection selection = asked.get();
    Instant now = clock.instant();
    Span span = selection.span(houses.last(selection.house()), now);
    Optional<HouseNodes> found = nodes.of(selection.house(), span);
    if (found.isEmpty()) {
      return missing(request);
    }
    Duration length = Duration.between(span.from(), span.until());
    boolean isCounted =
        length.compareTo(LONGEST_COUNTED) <= 0
            && (Parameters.text(request, "count").isPresent()
                || (length.toDays() + 1) * found.get().sensors().size() <= COUNTED_AT_ONCE);
    Optional<HouseCompleteness> completeness =
        isCounted ? missed.of(selection.house(), span) : Optional.empty();
    List<SensorId> chosen =
        selection.namesSensors() ? selection.sensors() : firstOf(found.get().sensors());
    return new HouseView(
        found.get(), span, selection.zone(), chosen, completeness, problems(found.get()), now);
  }

  private List<Problem> problems(HouseNodes house) throws StoreException {
    if (house.last().isPresent()) {
      return List.of();
    }
    return attention.problems().stream()
        .filter(problem -> problem.houses().stream().anyMatch(its -> its.id() == house.house()))
        .toList();
  }

  private static Trouble missing(Request request) {
    return Trouble.missing(
        "No such house",
        "There is no house with the id %s. The list of houses has all that there are."
            .formatted(request.pathParameter("house")),
        Section.HOUSES);
  }

  /** Temperatures, or else what most nodes of the house measure besides their batteries. */
  private static List<SensorId> firstOf(List<SensorNow> sensors) {
    List<SensorId> heard =
        sensors.stream()
            .filter(sensor -> sensor.time().isPresent())
            .map(SensorNow::id)
            .distinct()
            .toList();
    Map<Long, Long> nodesOfType = new TreeMap<>();
    heard.stream()
        .filter(id -> id.type() != BATTERY)
        .forEach(id -> nodesOfType.merge(id.type(), 1L, Long::sum));
    long type =
        nodesOfType.containsKey(TEMPERATURE)
            ? TEMPERATURE
            : nodesOfType.entrySet().stream()
                .max(
                    Map.Entry.<Long, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse(BATTERY);
    return heard.stream().filter(id -> id.type() == type).limit(FIRST_SENSORS).toList();
  }
}
