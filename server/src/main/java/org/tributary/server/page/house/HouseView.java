package org.tributary.server.page.house;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tributary.server.page.Frame;
import org.tributary.server.page.Section;
import org.tributary.server.page.View;
import org.tributary.store.completeness.HouseCompleteness;
import org.tributary.store.fleet.Problem;
import org.tributary.store.plot.HouseNodes;
import org.tributary.store.plot.HouseNodes.Node;
import org.tributary.store.plot.HouseNodes.Room;
import org.tributary.store.plot.HouseNodes.SensorNow;
import org.tributary.store.plot.SensorId;
import org.tributary.store.report.Span;

/**
 * A house: its rooms, nodes and last values, and what is to be seen of its sensors.
 *
 * @param span that is seen
 * @param chosen the sensors that are drawn
 * @param missed what is missing in the span; empty if it was not counted
 * @param problems that hit the house, which has no reading yet; empty for one that has
 */
public record HouseView(
    HouseNodes house,
    Span span,
    ZoneId zone,
    List<SensorId> chosen,
    Optional<HouseCompleteness> missed,
    List<Problem> problems,
    Instant now)
    implements View {

  private static final DateTimeFormatter FIELD =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm", Locale.ROOT);
  private static final DateTimeFormatter WORDS =
      DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.ENGLISH);

  /** Blanks of the width of a digit, and of a point. */
  private static final String DIGIT_BLANK = "\u2007";

  private static final String POINT_BLANK = "\u2008";

  /** An hour without a word is long for any sensor. */
  private static final Duration OLD = Duration.ofHours(1);

  public HouseView {
    requireNonNull(house);
    requireNonNull(span);
    requireNonNull(zone);
    chosen = List.copyOf(chosen);
    requireNonNull(missed);
    problems = List.copyOf(problems);
    requireNonNull(now);
  }

  @Override
  public String title() {
    return Frame.house(house.house(), house.address());
  }

  @Override
  public Section section() {
    return Section.HOUSES;
  }

  @Override
  public String template() {
    return "house/house.jte";
  }

  /** The house's own path. */
  public String base() {
    return Section.HOUSES.path() + "/" + house.house();
  }

  /** The chosen sensors as the page's script reads them. */
  public String sensors() {
    return chosen.stream().map(SensorId::toString).collect(Collectors.joining(" "));
  }

  public boolean isChosen(SensorNow sensor) {
    return chosen.contains(sensor.id());
  }

  /** The address of what is seen, behind the question mark. */
  public String query() {
    String each =
        chosen.stream().map(sensor -> "sensor=" + sensor + "&").collect(Collectors.joining());
    return "%sfrom=%s&to=%s&zone=%s"
        .formatted(
            each.isEmpty() ? "sensor=&" : each,
            span.from(),
            span.until(),
            URLEncoder.encode(zone.getId(), StandardCharsets.UTF_8));
  }

  /** A time as a field for local times has it. */
  public String field(Instant time) {
    return FIELD.format(time.atZone(zone));
  }

  /** A span in words, in the zone that was chosen, which is called as it was typed. */
  public String words(Instant from, Instant until) {
    return "%s to %s %s"
        .formatted(
            WORDS.format(from.atZone(zone)),
            WORDS.format(until.atZone(zone)),
            zone.getId().matches("Z|Etc/UTC") ? "UTC" : zone.getId());
  }

  /** What a sensor is called where its room is not seen. */
  public static String label(Room room, Node node, SensorNow sensor) {
    return "%s · node %d · %s".formatted(roomName(room), node.id(), sensor.kind().name());
  }

  /** Rooms that nothing measures in, by name. */
  public String emptyRooms() {
    return house.rooms().stream()
        .filter(room -> room.nodes().isEmpty())
        .map(HouseView::roomName)
        .collect(Collectors.joining(", "));
  }

  /** The room's name, or the place's number. */
  public static String roomName(Room room) {
    return room.name().isBlank() ? "Location " + room.location() : room.name();
  }

  /** A value in few digits; the plots and files have all of them. */
  public static String shown(double value) {
    double size = Math.abs(value);
    return size >= 1e-3 && size < 1e9
        ? new BigDecimal(value)
            .round(new MathContext(size >= 100_000 ? 9 : 5))
            .stripTrailingZeros()
            .toPlainString()
        : value == 0 ? "0" : String.format(Locale.ROOT, "%.3g", value);
  }

  /**
   * A node's last value among those of its other sensors: filled up with blanks as wide as digits,
   * so that points stand below each other.
   */
  public static String aligned(SensorNow sensor, Node node) {
    if (sensor.value().isEmpty()) {
      return "–";
    }
    int places =
        node.sensors().stream()
            .flatMap(each -> each.value().stream())
            .mapToInt(value -> places(shown(value)))
            .max()
            .orElse(0);
    String text = shown(sensor.value().get());
    if (text.contains("e")) {
      return text; // a power of ten has no place for a point
    }
    int its = places(text);
    return text + (its == 0 && places > 0 ? POINT_BLANK : "") + DIGIT_BLANK.repeat(places - its);
  }

  private static int places(String text) {
    int point = text.indexOf('.');
    return point < 0 || text.contains("e") ? 0 : text.length() - point - 1;
  }

  /** Whether somebody has registered a calibration for any of the sensors. */
  public boolean isCalibrated() {
    return house.sensors().stream().anyMatch(sensor -> sensor.calibration().isPresent());
  }

  /** Whether a sensor has been silent for long. */
  public boolean isOld(SensorNow sensor) {
    return sensor.time().filter(time -> time.isBefore(now.minus(OLD))).isPresent();
  }

  /** What is missing, node by node; empty where it was not counted. */
  public List<NodeTotals> totals() {
    return missed.map(NodeTotals::of).orElse(List.of());
  }
}
