package org.tributary.store.ingest;

import java.sql.Connection;
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
import org.tributary.store.WindowReader;
import org.tributary.wire.Digest;
import org.tributary.wire.Grain;
import org.tributary.wire.Position;
import org.tributary.wire.RowHash;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
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

  /** So many are read at once where they are not given away. */
  static final int READ_AT_ONCE = 10_000;

  private final Connection connection;
  private final Engine engine;
  private final Gateway gateway;
  private final MappingJournal journal;
  private final StandingRows standing;
  private final CentralDigests digests;
  private final GatewayView view;
  private final OwnNumbers numbers;
  private final Set<Long> shared; // by central's ids
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
    this.numbers = new OwnNumbers(view);
    this.shared = SharedNodes.ofOthers(connection, gateway, view.nodes());
  }

  /**
   * A page.
   *
   * @param cursor behind which the next page begins; empty if this was the last one
   */
  record Part(Rows rows, List<Unreadable> apart, Optional<Position> cursor) {}

  /** Nodes that other gateways have too, by this one's ids. */
  List<Long> shared() {
    return shared.stream().map(view.numbering()::told).sorted().toList();
  }

  /** Of which days there is something. */
  GatewayDays days() {
    return new GatewayDays(connection, engine, gateway, view.nodes());
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

  /**
   * The next rows of a window, about so many at most. Read in the order of central's keys; what is
   * set aside is in the gateway's numbers, and comes where it would stand among them.
   */
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
    for (Compared each :
        standing.shiftedInto(connection, gateway, table, window, Optional.empty())) {
      moved.add(numbers.standing(table, key(each.row(), 0)));
    }
    Optional<Position> until = end;
    Rows read = page.rows();
    Rows its =
        read.where(
            its(read, window)
                .and(row -> until.isEmpty() || !key(read, row).isAfter(until.get()))
                .and(row -> moved.isEmpty() || !moved.contains(key(read, row))));
    List<Unreadable> cant = new ArrayList<>(page.unreadable());
    return new Part(joined(withoutNobodys(its, cant), apart, cant), cant, end);
  }

  private Set<Long> nodes(Window window) {
    Long node = window.node();
    if (node == null) {
      return view.nodes();
    }
    Numbering its = view.numbering();
    return its.has(node) ? Set.of(its.there(node)) : Set.of();
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

  /** Without rows that have no number at the gateway; those are told. */
  private Rows withoutNobodys(Rows rows, List<Unreadable> cant) {
    if (view.isPlain()) {
      return rows;
    }
    return rows.where(
        row -> {
          boolean isNobodys = numbers.isOfNobodysType(rows, row);
          if (isNobodys) {
            cant.add(
                new Unreadable(
                    key(rows, row).toString(),
                    "{}",
                    "of a sensor type of central's that this gateway does not have"));
          }
          return !isNobodys;
        });
  }

  /**
   * What was set aside of a stretch, or dropped, or stored under another time, by where it would
   * stand at central.
   */
  private Map<Position, Compared> apart(
      Table table, Window window, Optional<Position> after, Optional<Position> end)
      throws SQLException {
    TreeMap<Position, Compared> apart = new TreeMap<>();
    for (StandingRows.Standing each :
        standing.within(connection, gateway, table, window, Optional.empty())) {
      Position place = numbers.standing(table, key(each.row().row(), 0));
      if ((after.isEmpty() || place.isAfter(after.get()))
          && (end.isEmpty() || !place.isAfter(end.get()))) {
        apart.putIfAbsent(place, each.row());
      }
    }
    return apart;
  }

  /**
   * Central's rows and those set aside, in the gateway's numbers; of two with one key central's.
   */
  private Rows joined(Rows rows, Map<Position, Compared> apart, List<Unreadable> cant)
      throws SQLException {
    Rows told = numbers.told(rows);
    if (apart.isEmpty()) {
      return told;
    }
    Set<Position> stored = new HashSet<>();
    for (int row = 0; row < rows.size(); row++) {
      stored.add(key(rows, row));
    }
    Rows.Builder all = new Rows.Builder(rows.table(), rows.columns(), rows.size() + apart.size());
    for (int row = 0; row < told.size(); row++) {
      all.addFrom(told, row);
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
            new Unreadable(key(row, 0).toString(), "{}", "what it refers to does not come back"));
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
        Part part = page(table, day, cursor, READ_AT_ONCE);
        sums.take(part.rows());
        cursor = part.cursor();
      } while (cursor.isPresent());
      sums.within(day).forEach((window, digest) -> all.merge(window, digest, Digest::plus));
    }
    return all;
  }
}
