package org.tributary.edge.page;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Page;
import org.tributary.store.SourceDatabase;
import org.tributary.store.StoreException;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * When each sensor node was heard last, and what it said, from the logger's database. The last day
 * is read at the first look, afterwards what was logged since; who was not heard in it is looked
 * for in one earlier day with each look, up to a month back. So no look reads much. Not
 * thread-safe.
 */
final class NodesHeard {

  /** A node is silent when it has said nothing for so long. */
  static final Duration SILENT = Duration.ofHours(1);

  private static final Duration DAY = Duration.ofDays(1);
  private static final int DAYS_BACK = 31;
  private static final int ROWS = 5_000;
  private static final int MOST_PAGES = 40;
  // Rows come in late: nodes that relay for others, loggers that commit in turns.
  private static final Duration LATE = Duration.ofMinutes(15);

  private final SourceDatabase database;
  private final Map<Long, TreeMap<Long, Said>> heard = new HashMap<>();
  private @Nullable Position cursor;
  private @Nullable Instant lookedBackTo;
  private int daysBack;

  private record Said(Instant time, double value) {}

  /**
   * A node.
   *
   * @param room where it is, if that is known
   * @param last when it was heard last; empty if it was not in all the time looked at
   * @param values what it said last of each kind
   */
  record Node(
      long id,
      Optional<String> room,
      Optional<Instant> last,
      List<Value> values,
      boolean isSilent) {
    Node {
      requireNonNull(room);
      requireNonNull(last);
      values = List.copyOf(values);
    }
  }

  /** What a node measured, as it was logged. */
  record Value(String kind, String unit, double value) {}

  /**
   * Every node that has a place or was heard; the silent ones first.
   *
   * @param lookedAt for how long no more is known of a node without a last time
   */
  record Hearing(List<Node> nodes, Duration lookedAt) {
    static final Hearing NONE = new Hearing(List.of(), Duration.ZERO);

    Hearing {
      nodes = List.copyOf(nodes);
      requireNonNull(lookedAt);
    }

    long silent() {
      return nodes.stream().filter(Node::isSilent).count();
    }
  }

  NodesHeard(SourceDatabase database) {
    this.database = database;
  }

  Hearing look(Instant now) throws StoreException {
    Instant present = now.plus(SILENT).truncatedTo(ChronoUnit.MICROS);
    if (cursor == null) {
      lookedBackTo = now.minus(DAY).truncatedTo(ChronoUnit.MICROS);
      cursor = behind(lookedBackTo);
    }
    cursor = read(cursor, present, MOST_PAGES);
    Map<Long, Optional<String>> placed = placed();
    lookBack(placed);
    return new Hearing(nodes(now, placed), DAY.multipliedBy(1L + daysBack));
  }

  private void lookBack(Map<Long, Optional<String>> placed) throws StoreException {
    Instant until = lookedBackTo;
    if (until != null && daysBack < DAYS_BACK && !heard.keySet().containsAll(placed.keySet())) {
      Instant from = until.minus(DAY);
      Position unused = read(behind(from), until, MOST_PAGES);
      lookedBackTo = from;
      daysBack++;
    }
  }

  /** Where the next reading begins. */
  private Position read(Position from, Instant until, int mostPages) throws StoreException {
    Position at = from;
    for (int page = 0; page < mostPages; page++) {
      Page read = database.readAfter(Tables.READING, Optional.of(at), Optional.of(until), ROWS);
      take(read.rows());
      at = read.cursor().orElse(at);
      if (!read.full()) {
        return at.key().get(0) instanceof Instant time && time.minus(LATE).isAfter(timeOf(from))
            ? behind(time.minus(LATE))
            : from;
      }
    }
    return at;
  }

  private static Instant timeOf(Position position) {
    return position.key().get(0) instanceof Instant time ? time : Instant.EPOCH;
  }

  private void take(Rows rows) {
    int value = rows.indexOf("value");
    for (int row = 0; row < rows.size(); row++) {
      if (rows.value("time", row) instanceof Instant time
          && rows.value("nodeId", row) instanceof Long node
          && rows.value("type", row) instanceof Long type
          && value >= 0
          && !rows.isNull(value, row)) {
        Said said = new Said(time, rows.realAt(value, row));
        heard
            .computeIfAbsent(node, any -> new TreeMap<>())
            .merge(type, said, (a, b) -> a.time().isAfter(b.time()) ? a : b);
      }
    }
  }

  private static Position behind(Instant time) {
    List<Object> key = new ArrayList<>();
    key.add(time);
    for (int i = 1; i < Tables.READING.key().size(); i++) {
      key.add(Long.MAX_VALUE);
    }
    return new Position(key);
  }

  /** The nodes that have a place, with its room's name. */
  private Map<Long, Optional<String>> placed() throws StoreException {
    Map<Long, Long> roomOf = references(Tables.LOCATION, "roomId");
    Map<Long, String> rooms = texts(Tables.ROOM, "name");
    Map<Long, Optional<String>> placed = new HashMap<>();
    references(Tables.NODE, "locationId")
        .forEach(
            (node, place) ->
                placed.put(node, Optional.ofNullable(roomOf.get(place)).map(rooms::get)));
    return placed;
  }

  private Map<Long, Long> references(Table table, String column) throws StoreException {
    Map<Long, Long> found = new HashMap<>();
    Rows rows = database.readAll(table).rows();
    for (int row = 0; row < rows.size(); row++) {
      if (rows.value(Table.ID, row) instanceof Long id
          && rows.value(column, row) instanceof Long to) {
        found.put(id, to);
      }
    }
    return found;
  }

  private Map<Long, String> texts(Table table, String column) throws StoreException {
    Map<Long, String> found = new HashMap<>();
    Rows rows = database.readAll(table).rows();
    for (int row = 0; row < rows.size(); row++) {
      if (rows.value(Table.ID, row) instanceof Long id
          && rows.value(column, row) instanceof String text) {
        found.put(id, text);
      }
    }
    return found;
  }

  private List<Node> nodes(Instant now, Map<Long, Optional<String>> placed) throws StoreException {
    Map<Long, String> kinds = texts(Tables.SENSOR_TYPE, "name");
    Map<Long, String> units = texts(Tables.SENSOR_TYPE, "units");
    List<Long> ids = new ArrayList<>(placed.keySet());
    heard.keySet().stream().filter(id -> !placed.containsKey(id)).forEach(ids::add);
    List<Node> nodes = new ArrayList<>();
    for (Long id : ids) {
      TreeMap<Long, Said> said = heard.getOrDefault(id, new TreeMap<>());
      List<Value> values = new ArrayList<>();
      said.forEach(
          (type, last) ->
              values.add(
                  new Value(
                      kinds.getOrDefault(type, "type " + type),
                      units.getOrDefault(type, ""),
                      last.value())));
      Optional<Instant> last = said.values().stream().map(Said::time).max(Instant::compareTo);
      boolean silent = last.filter(time -> time.plus(SILENT).isAfter(now)).isEmpty();
      nodes.add(new Node(id, placed.getOrDefault(id, Optional.empty()), last, values, silent));
    }
    nodes.sort(
        Comparator.comparing(Node::isSilent)
            .reversed()
            .thenComparing(node -> node.isSilent() ? node.last().orElse(Instant.MIN) : Instant.MIN)
            .thenComparingLong(Node::id));
    return nodes;
  }
}
