package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.tributary.store.DigestSums.Cell;
import org.tributary.wire.Micros;
import org.tributary.wire.Position;
import org.tributary.wire.RowHash;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Window;

/**
 * How central's rows look from one gateway: which nodes are its own, what its nodes, sensor types
 * and locations are called there, and which rows of its nodes another gateway told. A location that
 * it does not have is equal to none of its. Immutable.
 */
final class GatewayView implements ToLongFunction<Long> {

  private static final int COLUMN_BITS = 8;

  private final int key;
  private final Numbering nodes;
  private final Numbering types;
  private final Map<Long, Long> localPlaces = new HashMap<>();
  private final Map<Long, Set<Long>> othersPlaces;

  private GatewayView(
      int key, Map<String, Map<Long, Long>> ids, Map<Long, Set<Long>> othersPlaces) {
    this.key = key;
    this.nodes = new Numbering(ids.getOrDefault(Tables.NODE.name(), Map.of()));
    this.types = new Numbering(ids.getOrDefault(Tables.SENSOR_TYPE.name(), Map.of()));
    ids.getOrDefault(Tables.LOCATION.name(), Map.of())
        .forEach((local, central) -> localPlaces.put(central, local));
    this.othersPlaces = othersPlaces;
  }

  static GatewayView of(Connection connection, Gateway gateway, MappingJournal journal)
      throws SQLException {
    Map<String, Map<Long, Long>> ids =
        journal.ids(
            connection,
            gateway,
            Set.of(Tables.NODE.name(), Tables.SENSOR_TYPE.name(), Tables.LOCATION.name()));
    Set<Long> nodes = Set.copyOf(Objects.requireNonNull(ids.get(Tables.NODE.name())).values());
    return new GatewayView(
        gateway.key(), ids, new SharedNodes(journal).places(connection, gateway, nodes));
  }

  /** The gateway's nodes, by central's ids. */
  Set<Long> nodes() {
    return nodes.central();
  }

  /** What central calls the gateway's nodes. */
  Numbering numbering() {
    return nodes;
  }

  /** What central calls the gateway's sensor types. */
  Numbering types() {
    return types;
  }

  /** What a place of central is called there; null if the gateway does not have it. */
  @Nullable Long localPlace(long central) {
    return localPlaces.get(central);
  }

  /** Whether a node and a sensor type have the same ids on both sides. */
  boolean isPlain() {
    return nodes.isPlain() && types.isPlain();
  }

  /**
   * A set of columns, with what tells sums in this gateway's ids from those in central's: they are
   * noted side by side.
   */
  int noted(int columns) {
    return isPlain() ? columns : columns | firstNoted(key);
  }

  /** The least set of columns of sums in a gateway's own ids; the next gateway's is the end. */
  static int firstNoted(int gatewayKey) {
    return gatewayKey << COLUMN_BITS;
  }

  /** What a place of central makes of a sum of hashes, as this gateway tells it. */
  @Override
  public long applyAsLong(Long place) {
    Long local = localPlaces.get(place);
    return local == null ? RowHash.foreignFactor(place) : RowHash.factor(local);
  }

  /**
   * Whether a row of one of its nodes is one that another gateway told: it has that node as well,
   * and the place is only that one's.
   *
   * @param node by central's id
   * @param place by central's id; null for none
   */
  boolean isOthers(long node, @Nullable Long place) {
    return place != null
        && !localPlaces.containsKey(place)
        && othersPlaces.getOrDefault(node, Set.of()).contains(place);
  }

  /** Whether nodes are shared, so that {@link #isOthers} has to be asked. */
  boolean sharesNodes() {
    return !othersPlaces.isEmpty();
  }

  /** The window in central's ids. */
  Window there(Window told) {
    Long node = told.node();
    return node == null ? told : new Window(nodes.there(node), told.hour(), told.hours());
  }

  /** The cell in central's ids. */
  Cell there(Cell told) {
    Long node = told.node();
    return node == null ? told : new Cell(nodes.there(node), told.hour(), told.place());
  }

  /** The cell in the gateway's ids. */
  Cell told(Cell there) {
    Long node = there.node();
    return node == null ? there : new Cell(nodes.told(node), there.hour(), there.place());
  }

  /**
   * The last key in central's ids that may be up to that one in the gateway's, or all of its time.
   */
  Position wide(Position upTo) {
    if (isPlain()) {
      return upTo;
    }
    List<Object> parts = new ArrayList<>(upTo.key());
    for (int i = 1; i < parts.size(); i++) {
      parts.set(i, (long) Integer.MAX_VALUE);
    }
    return new Position(parts);
  }

  /** The key before all in central's ids of the time of that one. */
  Position narrow(Position upTo) {
    if (isPlain() || !(upTo.key().get(0) instanceof Instant)) {
      return upTo;
    }
    List<Object> parts = new ArrayList<>(upTo.key());
    for (int i = 1; i < parts.size(); i++) {
      parts.set(i, (long) Integer.MIN_VALUE);
    }
    return new Position(parts);
  }

  /** Rows of its nodes with the gateway's ids in place of central's; places stay central's. */
  Rows told(Rows rows, Optional<Position> upTo) {
    if (isPlain()) {
      return rows;
    }
    int node = rows.indexOf("nodeId");
    Rows its = rows.where(row -> nodes.central().contains(rows.longAt(node, row)));
    Rows told = renumbered(its, nodes::told, types::told);
    if (upTo.isEmpty() || !(upTo.get().key().get(0) instanceof Instant time)) {
      return told;
    }
    int column = told.indexOf(told.table().key().get(0));
    long last = Micros.of(time);
    return told.where(
        row ->
            told.longAt(column, row) < last
                || !Objects.requireNonNull(told.keyAt(row)).isAfter(upTo.get()));
  }

  /** The way back. */
  Rows there(Rows told) {
    return isPlain() ? told : renumbered(told, nodes::there, types::there);
  }

  private static Rows renumbered(Rows rows, LongUnaryOperator nodes, LongUnaryOperator types) {
    Table table = rows.table();
    int node = rows.indexOf("nodeId");
    int type = table.equals(Tables.READING) ? rows.indexOf("type") : -1;
    Rows.Builder all = new Rows.Builder(table, rows.columns(), rows.size());
    for (int row = 0; row < rows.size(); row++) {
      Object[] cells = rows.row(row).values().toArray();
      cells[node] = nodes.applyAsLong(rows.longAt(node, row));
      if (type >= 0) {
        cells[type] = types.applyAsLong(rows.longAt(type, row));
      }
      all.row(cells);
    }
    return all.build();
  }
}
