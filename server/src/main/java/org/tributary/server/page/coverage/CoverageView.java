package org.tributary.server.page.coverage;

import static java.util.stream.Collectors.joining;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tributary.server.page.Frame;
import org.tributary.server.page.Section;
import org.tributary.server.page.View;
import org.tributary.store.completeness.Cause;
import org.tributary.store.completeness.HouseCompleteness.House;
import org.tributary.store.fleet.DayState;
import org.tributary.store.fleet.HouseDay;

/**
 * Houses and their days as a map.
 *
 * @param rows a house each
 * @param first and {@code last}: the days that are shown, of UTC
 * @param gateway whose houses are shown; empty for all
 * @param house the only one that is shown; empty for all
 * @param page which hundred of the houses is shown, from 1
 * @param pages how many there are
 * @param causes of readings that are not here, for the days of which they are known by now
 */
public record CoverageView(
    List<Row> rows,
    LocalDate first,
    LocalDate last,
    Optional<String> gateway,
    Optional<House> house,
    int page,
    int pages,
    Map<HouseDay, Map<Cause, Long>> causes)
    implements View {

  private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM uuuu", Locale.UK);

  public CoverageView {
    rows = List.copyOf(rows);
    causes = Map.copyOf(causes);
  }

  /** A house and its days, one after the other. */
  public record Row(House house, List<HouseDay> days) {
    public Row {
      days = List.copyOf(days);
    }

    /** How many of its days are of a state. */
    public long count(DayState state) {
      return days.stream().filter(day -> day.state() == state).count();
    }
  }

  /** How many days are shown. */
  public int length() {
    return (int) (last.toEpochDay() - first.toEpochDay()) + 1;
  }

  /** The width of a day's square: the more days, the smaller. */
  public int step() {
    return length() <= 31 ? 24 : length() <= 92 ? 12 : 5;
  }

  /** Whether a day begins a month. */
  public boolean isMonth(int index) {
    return index == 0 || first.plusDays(index).getDayOfMonth() == 1;
  }

  /** What is written above a day that begins a month. */
  public String month(int index) {
    return MONTH.format(first.plusDays(index));
  }

  /** What is written above a day: its number in the month where there is room, or on Mondays. */
  public String label(int index) {
    LocalDate day = first.plusDays(index);
    boolean isWritten =
        length() <= 31 || (length() <= 92 && day.getDayOfWeek() == DayOfWeek.MONDAY);
    return isWritten ? Integer.toString(day.getDayOfMonth()) : "";
  }

  /** A day in words. */
  public String words(HouseDay day) {
    StringBuilder words = new StringBuilder(day.day() + ": " + day.state().words());
    if (day.present() > 0) {
      words.append(", ").append(Frame.count(day.present(), "reading"));
    }
    if (day.waiting() > 0) {
      words.append(", ").append(Frame.count(day.waiting())).append(" still on the gateway");
    }
    if (day.setAside() > 0) {
      words.append(", ").append(Frame.count(day.setAside())).append(" set aside");
    }
    if (day.state() == DayState.LOST) {
      words.append(
          day.lost() == 0 ? "" : ", some " + Frame.count(day.lost()) + " fewer than usual");
      Map<Cause, Long> its = causes.getOrDefault(day, Map.of());
      if (!its.isEmpty()) {
        words
            .append(": ")
            .append(its.keySet().stream().sorted().map(Cause::words).collect(joining(", ")));
      }
    }
    return words.toString();
  }

  /** The address of the same map of another length that ends with the same day. */
  public String address(int days) {
    return address(last.minusDays(days - 1L), last, page);
  }

  /** The address of the map of as many days before. */
  public String before() {
    return moved(-length());
  }

  /** The address of the map of as many days after, or of as many until today; empty after that. */
  public Optional<String> after(Instant now) {
    long left = LocalDate.ofInstant(now, ZoneOffset.UTC).toEpochDay() - last.toEpochDay();
    return left <= 0 ? Optional.empty() : Optional.of(moved(Math.min(left, length())));
  }

  private String moved(long days) {
    return address(first.plusDays(days), last.plusDays(days), page);
  }

  /** The address of the same days of other houses. */
  public String turned(int by) {
    return address(first, last, page + by);
  }

  private String address(LocalDate from, LocalDate to, int ofPage) {
    return "/coverage?from=%s&to=%s%s%s%s"
        .formatted(from, to, ofGateway(), ofHouse(), ofPage == 1 ? "" : "&page=" + ofPage);
  }

  private String ofHouse() {
    return house.map(its -> "&house=" + its.id()).orElse("");
  }

  private String ofGateway() {
    return gateway.map(name -> "&gateway=" + name).orElse("");
  }

  @Override
  public String title() {
    return "Coverage";
  }

  @Override
  public Section section() {
    return Section.COVERAGE;
  }

  @Override
  public String template() {
    return "coverage/coverage.jte";
  }
}
