package org.tributary.server.page.house;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tributary.server.page.Frame;
import org.tributary.store.completeness.Cause;
import org.tributary.store.completeness.HouseCompleteness;
import org.tributary.store.completeness.NodeDay;

/**
 * How complete a node's readings of a span are; all counts are of readings.
 *
 * @param lost what is missing by the node's rhythm, by cause
 */
public record NodeTotals(
    long node, long expected, long present, long waiting, long setAside, Map<Cause, Long> lost) {

  public NodeTotals {
    lost = Map.copyOf(lost);
  }

  /** Those of a house, by node. */
  static List<NodeTotals> of(HouseCompleteness house) {
    TreeSet<Long> nodes = new TreeSet<>();
    house.days().forEach(day -> nodes.add(day.node()));
    List<NodeTotals> totals = new ArrayList<>();
    for (long node : nodes) {
      totals.add(of(node, house.days().stream().filter(day -> day.node() == node).toList()));
    }
    return totals;
  }

  private static NodeTotals of(long node, List<NodeDay> days) {
    Map<Cause, Long> lost = new EnumMap<>(Cause.class);
    days.forEach(day -> day.lost().forEach((cause, rows) -> lost.merge(cause, rows, Long::sum)));
    long present = days.stream().mapToLong(NodeDay::present).sum();
    long waiting = days.stream().mapToLong(NodeDay::waiting).sum();
    long recorded = days.stream().mapToLong(NodeDay::recorded).sum();
    return new NodeTotals(
        node,
        days.stream().mapToLong(NodeDay::expected).sum(),
        present,
        waiting,
        recorded - present - waiting,
        lost);
  }

  /** How much of what is expected is here: {@code 99.8 %}; only all of it is {@code 100 %}. */
  public String share() {
    if (expected == 0) {
      return "–";
    }
    double share = 100.0 * present / expected;
    return present >= expected
        ? "100 %"
        : String.format(Locale.ROOT, "%.1f %%", Math.min(99.9, share));
  }

  /** Why what is missing is missing, most first, in words; empty if nothing is. */
  public String causes() {
    return lost.entrySet().stream()
        .filter(each -> each.getValue() > 0)
        .sorted(Map.Entry.<Cause, Long>comparingByValue().reversed())
        .map(each -> Frame.count(each.getValue()) + " " + each.getKey().words())
        .collect(Collectors.joining(", "));
  }
}
