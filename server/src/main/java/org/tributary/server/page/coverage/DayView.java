package org.tributary.server.page.coverage;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tributary.server.page.Frame;
import org.tributary.server.page.Section;
import org.tributary.server.page.View;
import org.tributary.store.completeness.Cause;
import org.tributary.store.completeness.Gap;
import org.tributary.store.completeness.HouseCompleteness;
import org.tributary.store.completeness.NodeDay;

/**
 * One house's UTC day, by node and hour.
 *
 * @param nodes those with readings or gaps
 * @param house how complete the day is
 * @param now by central's clock: hours to come are not expected yet
 */
public record DayView(LocalDate day, List<Node> nodes, HouseCompleteness house, Instant now)
    implements View {

  public DayView {
    nodes = List.copyOf(nodes);
  }

  /**
   * A node's day.
   *
   * @param room where it is; empty if that is not known
   * @param counts readings by the hour, from midnight on
   */
  public record Node(long id, Optional<String> room, List<Long> counts, Optional<NodeDay> sums) {
    public Node {
      counts = List.copyOf(counts);
    }
  }

  /** Whether the day after has begun. */
  public boolean hasAfter() {
    return day.isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC));
  }

  /** The hours of a day. */
  public int hours() {
    return 24;
  }

  /** The gap that covers most of an hour of a node, if one covers half of it. */
  public Optional<Gap> gap(Node node, int hour) {
    Instant from = day.atStartOfDay(ZoneOffset.UTC).toInstant().plus(Duration.ofHours(hour));
    Instant until = from.plus(Duration.ofHours(1));
    return house.gaps().stream()
        .filter(gap -> gap.node() == node.id())
        .filter(gap -> overlap(gap, from, until).toMinutes() >= 30)
        .findFirst();
  }

  private static Duration overlap(Gap gap, Instant from, Instant until) {
    Instant begin = gap.from().isAfter(from) ? gap.from() : from;
    Instant end = gap.until().isBefore(until) ? gap.until() : until;
    return Duration.between(begin, end);
  }

  /** How an hour of a node is drawn. */
  public String sign(Node node, int hour) {
    Optional<Gap> gap = gap(node, hour);
    if (gap.isPresent()) {
      return sign(gap.get().cause());
    }
    if (node.counts().get(hour) > 0) {
      return "d-present";
    }
    return "d-none";
  }

  /** How a cause is drawn. */
  public static String sign(Cause cause) {
    return switch (cause) {
      case WAITING -> "d-waiting";
      case NOT_HEARD -> "d-unheard";
      case SET_ASIDE, CLOCK_UNTRUSTED, UNLOCATED -> "d-apart";
      case DELETED, GATEWAY_OFF, RADIO_LOSS, SENSOR_SILENT, UNKNOWN -> "d-lost";
    };
  }

  /** An hour of a node in words. */
  public String words(Node node, int hour) {
    return "%02d:00, %s%s"
        .formatted(
            hour,
            Frame.count(node.counts().get(hour), "reading"),
            gap(node, hour).map(gap -> ": " + gap.cause().words()).orElse(""));
  }

  /** What is missing, by cause. */
  public Map<Cause, Long> lost() {
    return house.lost();
  }

  /** What the house is called. */
  public String name() {
    return Frame.house(house.house().id(), house.house().address());
  }

  @Override
  public String title() {
    return day + " · " + name();
  }

  @Override
  public Section section() {
    return Section.COVERAGE;
  }

  @Override
  public String template() {
    return "coverage/day.jte";
  }
}
