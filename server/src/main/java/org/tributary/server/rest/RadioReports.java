package org.tributary.server.rest;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Database;
import org.tributary.store.report.RadioNetwork;
import org.tributary.store.report.StateCounts;
import org.tributary.store.report.StateCounts.StateCount;
import org.tributary.store.report.Topology;
import org.tributary.store.report.Topology.Change;

/** How the nodes are heard: now, over all time, and how often. */
final class RadioReports {

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final int DAYS_BEFORE = 7;

  private final RadioNetwork network;
  private final Topology topology;
  private final StateCounts stateCounts;

  RadioReports(Database database, Clock clock) {
    this.network = new RadioNetwork(database, clock);
    this.topology = new Topology(database);
    this.stateCounts = new StateCounts(database);
  }

  Object network(Asked asked) throws IOException {
    List<Object> nodes = new ArrayList<>();
    List<Object> links = new ArrayList<>();
    nodes.add(Json.object("name", "Base", "count", 0, "id", 0, "depth", 0));
    for (RadioNetwork.Heard heard : network.nodes()) {
      nodes.add(
          Json.object(
              "name", Long.toString(heard.node()),
              "count", heard.states(),
              "id", heard.node(),
              "depth", heard.depth()));
      if (heard.parent().isPresent()) {
        links.add(
            Json.object(
                "source", heard.node(),
                "target", heard.parent(),
                "type", "path",
                "count", heard.states()));
      }
    }
    return Json.object("nodes", nodes, "links", links);
  }

  /**
   * A change is said by its day, and by its moment on a day that has more of them. {@code topolo}
   * can say one change for each of these; all of them stand under their nodes.
   */
  Object topology(Asked asked) throws IOException {
    List<Change> changes = topology.changes();
    Map<Long, List<Object>> nodes = new TreeMap<>();
    Map<String, @Nullable Object> byTime = new TreeMap<>();
    TreeSet<LocalDate> quietDays = new TreeSet<>();
    Set<NodeDay> busy = busyDays(changes);
    for (Change change : changes) {
      boolean isBusy = busy.contains(NodeDay.of(change));
      String when = isBusy ? MOMENT.format(change.time()) : change.day().toString();
      if (!isBusy) {
        quietDays.add(change.day());
      }
      nodes
          .computeIfAbsent(change.node(), node -> new ArrayList<>())
          .add(List.of(when, change.parent()));
      byTime.put(
          when, Json.object("id", change.node(), "parent", change.parent(), "date", change.time()));
    }
    Optional<LocalDate> first =
        quietDays.isEmpty()
            ? changes.stream().map(Change::day).min(LocalDate::compareTo)
            : Optional.of(quietDays.first());
    Optional<Instant> last = topology.lastHeard();
    return Json.object(
        "startdate", first.map(day -> day.minusDays(DAYS_BEFORE).toString()),
        "enddate", last.map(time -> time.atOffset(ZoneOffset.UTC).toLocalDate().toString()),
        "nodes",
            nodes.entrySet().stream()
                .map(node -> Json.object("node", node.getKey(), "changes", node.getValue()))
                .toList(),
        "topolo", byTime);
  }

  private record NodeDay(long node, LocalDate day) {
    static NodeDay of(Change change) {
      return new NodeDay(change.node(), change.day());
    }
  }

  /** Where a node was heard by way of more than one other. */
  private static Set<NodeDay> busyDays(List<Change> changes) {
    return changes.stream()
        .filter(Change::isWithinADay)
        .map(NodeDay::of)
        .collect(Collectors.toSet());
  }

  Object heatmap(Asked asked) throws IOException {
    List<StateCount> counts = stateCounts.all();
    TreeSet<LocalDate> days = new TreeSet<>();
    Map<Long, Map<LocalDate, Long>> nodes = new LinkedHashMap<>();
    for (StateCount count : counts) {
      days.add(count.day());
      nodes.computeIfAbsent(count.node(), node -> new TreeMap<>()).put(count.day(), count.states());
    }
    List<List<Long>> data =
        nodes.values().stream()
            .map(node -> days.stream().map(day -> node.getOrDefault(day, 0L)).toList())
            .toList();
    return Json.object(
        "datelist", days.stream().map(day -> day + "T00:00:00").toList(),
        "nodelist", List.copyOf(nodes.keySet()),
        "data", data,
        "min", data.stream().flatMap(List::stream).min(Long::compare).orElse(0L),
        "max", data.stream().flatMap(List::stream).max(Long::compare).orElse(0L));
  }
}
