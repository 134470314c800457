package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.tributary.store.DigestSums;
import org.tributary.store.Engine;
import org.tributary.store.Page;
import org.tributary.store.SqlTimes;
import org.tributary.store.WindowReader;
import org.tributary.wire.Digest;
import org.tributary.wire.Grain;
import org.tributary.wire.Micros;
import org.tributary.wire.Position;
import org.tributary.wire.RowHash;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Unreadable;
import org.tributary.wire.Window;

/**
 * The rows of a series as one gateway had them: those of its nodes, in its own ids, with what
 * central has set aside of them, and under the times that the gateway gave them. Nothing that was
 * taken in another gateway's house is among them.
 *
 * <p>Read page by page in the order of the key, never a whole window at once. For one transaction.
 */
final class GatewayRows {

  private static final int DIGESTED_AT_ONCE = 10_000;

  private final Connection connection;
  private final Engine engine;
  private final Gateway gateway;
  private final MappingJournal journal;
  private final StandingRows standing;
  private final CentralDigests digests;
  private final GatewayView view;
  private final Set<Long> shared;
  private @Nullable GatewayMetadata metadata;

  GatewayRows(
      Connection connection,
      Engine engine,
      Gateway gateway,
      MappingJournal journal,
      StandingRows standing,
      CentralDigests digests)
      throws SQLException {
    this.connection = connection;
    this.engine = engine;
    this.gateway = gateway;
    this.journal = journal;
    this.standing = standing;
    this.digests = digests;
    this.view = GatewayView.of(connection, gateway, journal);
    this.shared = SharedNodes.ofOthers(connection, gateway, view.nodes());
  }

  /**
   * A page.
   *
   * @param cursor behind which the next page begins; empty if this was the last one
   */
  record Part(Rows rows, List<Unreadable> apart, Optional<Position> cursor) {}

  /** Whether nodes and sensor types are called here what they are called at the gateway. */
  boolean areUnderTheirOwnIds() {
    return view.isPlain();
  }

  /** Nodes that other gateways have too. */
  List<Long> shared() {
    return shared.stream().sorted().toList();
  }

  /** The tables that travel whole. */
  GatewayMetadata metadata() throws SQLException {
    GatewayMetadata known = metadata;
    if (known == null) {
      known = GatewayMetadata.of(connection, engine, gateway, journal);
      metadata = known;
    }
    return known;
  }

  /** The next rows of a window, about so many at most. */
  Part page(Table table, Window window, Optional<Position> after, int maxRows) throws SQLException {
    WindowReader reader = digests.reader(connection, table);
    Set<Long> nodes = nodes(window);
    Page page =
        nodes.isEmpty()
            ? new Page(Rows.none(table), List.of(), Optional.empty(), Optional.empty(), false)
            : reader.page(connection, window, nodes, after, maxRows);
    Optional<Position> end = page.full() ? page.cursor() : Optional.empty();
    Map<Position, Compared> apart = apart(table, window, after, end);
    if (apart.size() > maxRows) { // a clock that stood still can bring all of them at once
      List<Position> keys = List.copyOf(apart.keySet());
      Position last = keys.get(maxRows - 1);
      keys.subList(maxRows, keys.size()).forEach(apart::remove);
      end = Optional.of(last);
    }
    Set<Position> moved = new HashSet<>();
    for (Compared each : standing.shiftedInto(connection, gateway, table, window, end)) {
      moved.add(Objects.requireNonNull(each.row().keyAt(0)));
    }
    Optional<Position> until = end;
    Rows read = page.rows();
    Rows its =
        read.where(
            its(read, window)
                .and(row -> until.isEmpty() || !key(read, row).isAfter(until.get()))
                .and(row -> moved.isEmpty() || !moved.contains(key(read, row))));
    List<Unreadable> cant = new ArrayList<>(page.unreadable());
    return new Part(joined(inLocalIds(its), apart, cant), cant, end);
  }

  private Set<Long> nodes(Window window) {
    Long node = window.node();
    if (node == null) {
      return view.nodes();
    }
    return view.nodes().contains(node) ? Set.of(node) : Set.of();
  }

  private static Position key(Rows rows, int row) {
    return Objects.requireNonNull(rows.keyAt(row));
  }

  /** Which rows of a window are the gateway's own. */
  private IntPredicate its(Rows rows, Window window) {
    int time = rows.indexOf(rows.table().key().get(0));
    int node = rows.indexOf("nodeId");
    int place = RowHash.placeColumn(rows.table()).map(rows::indexOf).orElse(-1);
    return row -> {
      long micros = rows.longAt(time, row);
      if (micros < window.fromMicros() || micros >= window.toMicros()) {
        return false;
      }
      return (place < 0 || rows.isNull(place, row))
          ? !shared.contains(rows.longAt(node, row))
          : view.localPlace(rows.longAt(place, row)) != null;
    };
  }

  private Rows inLocalIds(Rows rows) {
    int place = RowHash.placeColumn(rows.table()).map(rows::indexOf).orElse(-1);
    if (place < 0 || rows.isEmpty()) {
      return rows;
    }
    Rows.Builder told = new Rows.Builder(rows.table(), rows.columns(), rows.size());
    for (int row = 0; row < rows.size(); row++) {
      for (int i = 0; i < rows.columns().size(); i++) {
        told.add(
            i,
            i == place && !rows.isNull(i, row)
                ? view.localPlace(rows.longAt(i, row))
                : rows.value(rows.columns().get(i).name(), row));
      }
      told.endRow();
    }
    return told.build();
  }

  /** What was set aside of a stretch, or dropped, or stored under another time, by its own key. */
  private Map<Position, Compared> apart(
      Table table, Window window, Optional<Position> after, Optional<Position> end)
      throws SQLException {
    TreeMap<Position, Compared> apart = new TreeMap<>();
    for (StandingRows.Standing each : standing.within(connection, gateway, table, window, end)) {
      Position key = key(each.row().row(), 0);
      if (after.isEmpty() || key.isAfter(after.get())) {
        apart.putIfAbsent(key, each.row());
      }
    }
    return apart;
  }

  /** Central's rows and those set aside; of two with one key central's. */
  private Rows joined(Rows rows, Map<Position, Compared> apart, List<Unreadable> cant)
      throws SQLException {
    if (apart.isEmpty()) {
      return rows;
    }
    Set<Position> stored = new HashSet<>();
    for (int row = 0; row < rows.size(); row++) {
      stored.add(key(rows, row));
    }
    Rows.Builder all = new Rows.Builder(rows.table(), rows.columns(), rows.size() + apart.size());
    for (int row = 0; row < rows.size(); row++) {
      all.addFrom(rows, row);
    }
    for (Map.Entry<Position, Compared> each : apart.entrySet()) {
      Rows row = each.getValue().row();
      if (stored.contains(each.getKey())) {
        continue;
      }
      if (metadata().holdsParents(row, 0)) {
        all.row(rows.columns().stream().map(column -> row.value(column.name(), 0)).toArray());
      } else {
        cant.add(
            new Unreadable(each.getKey().toString(), "{}", "what it refers to does not come back"));
      }
    }
    return all.build();
  }

  /** The digests of some days, of all nodes together or node by node. */
  Map<Window, Digest> digests(Table table, int columns, Grain grain, List<Window> days)
      throws SQLException {
    Map<Window, Digest> all = new TreeMap<>();
    for (Window day : days) {
      DigestSums sums = new DigestSums(new RowHash(table, columns), grain, true);
      Optional<Position> cursor = Optional.empty();
      do {
        Part part = page(table, day, cursor, DIGESTED_AT_ONCE);
        sums.take(part.rows());
        cursor = part.cursor();
      } while (cursor.isPresent());
      sums.within(day).forEach((window, digest) -> all.merge(window, digest, Digest::plus));
    }
    return all;
  }

  /** The days of which there is something, as stretches, oldest first. */
  List<Window> days(Table table) throws SQLException {
    Set<Long> hours = new HashSet<>();
    List<Window> stretches = new ArrayList<>();
    Optional<Window> stored = stored(table);
    stored.ifPresent(stretches::add);
    String sql =
        """
        SELECT row_time
        FROM %s
        WHERE gateway_id = ? AND table_name = ? AND row_hash IS NOT NULL
        """;
    SqlTimes times = new SqlTimes(engine);
    for (String book : List.of("tributary_setaside", "tributary_decided")) {
      try (PreparedStatement select = connection.prepareStatement(sql.formatted(book))) {
        select.setInt(1, gateway.key());
        select.setString(2, table.name());
        try (ResultSet found = select.executeQuery()) {
          while (found.next()) {
            hours.add(Window.dayOf(times.get(found, 1)).hour());
          }
        }
      }
    }
    stored.ifPresent(span -> hours.removeIf(hour -> hour >= span.hour() && hour < span.endHour()));
    hours.forEach(hour -> stretches.add(new Window(null, hour, Window.DAY)));
    stretches.sort(null);
    return stretches;
  }

  private Optional<Window> stored(Table table) throws SQLException {
    Optional<Window> span = Optional.empty();
    String sql =
        "SELECT MIN(%s), MAX(%s) FROM %s WHERE %s = ?"
            .formatted(
                engine.quote(table.key().get(0)),
                engine.quote(table.key().get(0)),
                engine.quote(table.name()),
                engine.quote("nodeId"));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (long node : view.nodes()) {
        select.setLong(1, node);
        try (ResultSet found = select.executeQuery()) {
          found.next();
          if (found.getObject(1) != null) {
            long first = Window.dayOf(Micros.toInstant(engine.getTime(found, 1))).hour();
            long end = Window.dayOf(Micros.toInstant(engine.getTime(found, 2))).endHour();
            long from = Math.min(first, span.map(Window::hour).orElse(first));
            long to = Math.max(end, span.map(Window::endHour).orElse(end));
            span = Optional.of(new Window(null, from, (int) (to - from)));
          }
        }
      }
    }
    return span;
  }

  /** How many rows were set aside and are not whole, so that they can't come back. */
  long lost() throws SQLException {
    String sql =
        """
        SELECT COUNT(*)
        FROM tributary_setaside
        WHERE gateway_id = ? AND table_name IN (?, ?) AND row_hash IS NULL
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      select.setString(2, Tables.READING.name());
      select.setString(3, Tables.NODE_STATE.name());
      try (ResultSet found = select.executeQuery()) {
        found.next();
        return found.getLong(1);
      }
    }
  }
}
