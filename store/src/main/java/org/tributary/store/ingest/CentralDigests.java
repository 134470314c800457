package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.tributary.store.DigestSums;
import org.tributary.store.DigestSums.Cell;
import org.tributary.store.Engine;
import org.tributary.store.RowWork;
import org.tributary.store.WindowReader;
import org.tributary.wire.Digest;
import org.tributary.wire.Grain;
import org.tributary.wire.Position;
import org.tributary.wire.RowHash;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Window;

/**
 * Digests of what central has, as one gateway would tell them: from its notes where they hold, else
 * from the rows, and then the notes are made anew. Runs in its caller's transaction. Thread-safe.
 */
final class CentralDigests {

  private final Engine engine;
  private final NotedDigests notes = new NotedDigests();
  private final Map<Table, WindowReader> readers = new ConcurrentHashMap<>();

  CentralDigests(Engine engine) {
    this.engine = engine;
  }

  WindowReader reader(Connection connection, Table table) throws SQLException {
    WindowReader known = readers.get(table);
    if (known == null) {
      known = WindowReader.ofOurs(engine, connection, table);
      readers.put(table, known);
    }
    return known;
  }

  /**
   * All of the gateway's rows of a window as one digest.
   *
   * @param upTo the last key that counts
   * @param afresh whether to look at the rows in any case
   */
  Digest whole(
      Connection connection,
      GatewayView view,
      Table table,
      int columns,
      Window window,
      Position upTo,
      boolean afresh)
      throws SQLException {
    Digest sum = Digest.NONE;
    for (long hour = window.hour(); hour < window.endHour(); hour += Window.DAY) {
      Window day = new Window(null, hour, Window.DAY);
      Map<Cell, Digest> sums = day(connection, view, table, columns, day, upTo, afresh);
      for (Digest each : DigestSums.within(day, sums, view).values()) {
        sum = sum.plus(each);
      }
    }
    return sum;
  }

  /** The digests of one day, node by node, from the rows. */
  Map<Window, Digest> byNode(
      Connection connection, GatewayView view, Table table, int columns, Window day, Position upTo)
      throws SQLException {
    return DigestSums.within(day, day(connection, view, table, columns, day, upTo, true), view);
  }

  /**
   * Reads rows of a window as the gateway tells them: in its ids, places aside, and without those
   * that another gateway told.
   *
   * @param nodes by central's ids
   */
  void read(
      Connection connection,
      GatewayView view,
      Table table,
      Window window,
      Set<Long> nodes,
      Optional<Position> upTo,
      RowWork work)
      throws SQLException {
    reader(connection, table)
        .read(
            connection,
            view.there(window),
            nodes,
            upTo.map(view::wide),
            rows -> {
              Rows told = view.told(withoutOthers(view, rows), upTo);
              if (!told.isEmpty()) {
                work.take(told);
              }
            });
  }

  private static Rows withoutOthers(GatewayView view, Rows rows) {
    int place = rows.indexOf("locationId");
    if (place < 0 || !view.sharesNodes()) {
      return rows;
    }
    int node = rows.indexOf("nodeId");
    return rows.where(
        row ->
            rows.isNull(place, row)
                || !view.isOthers(rows.longAt(node, row), rows.longAt(place, row)));
  }

  /** The digests of one day of some nodes, hour by hour, from the rows. */
  Map<Window, Digest> byHour(
      Connection connection,
      GatewayView view,
      Table table,
      int columns,
      Window day,
      Set<Long> nodes,
      Position upTo)
      throws SQLException {
    Set<Long> its = new HashSet<>();
    for (long node : nodes) {
      if (view.numbering().has(node)) {
        its.add(view.numbering().there(node));
      }
    }
    if (its.isEmpty()) {
      return new TreeMap<>();
    }
    boolean unique = reader(connection, table).keyIsUnique();
    DigestSums sums = new DigestSums(new RowHash(table, columns), Grain.HOUR, unique);
    read(connection, view, table, day, its, Optional.of(upTo), sums);
    return DigestSums.within(day, sums.byPlace(), view);
  }

  private Map<Cell, Digest> day(
      Connection connection,
      GatewayView view,
      Table table,
      int columns,
      Window day,
      Position upTo,
      boolean afresh)
      throws SQLException {
    if (view.nodes().isEmpty()) {
      return Map.of();
    }
    WindowReader reader = reader(connection, table);
    boolean all =
        !(upTo.key().get(0) instanceof Instant last)
            || last.compareTo(day.to()) >= 0
            || !reader.hasBehind(connection, view.narrow(upTo), view.nodes());
    Map<Cell, Digest> sums = new HashMap<>();
    Set<Long> unknown = new HashSet<>(view.nodes());
    if (all && !afresh) {
      NotedDigests.Day noted = notes.day(connection, table, view.noted(columns), day.hour());
      unknown.removeAll(noted.known());
      noted
          .sums()
          .forEach(
              (cell, digest) -> {
                Long node = Objects.requireNonNull(cell.node());
                if (view.nodes().contains(node) && !view.isOthers(node, cell.place())) {
                  sums.put(view.told(cell), digest);
                }
              });
    }
    if (!unknown.isEmpty()) {
      DigestSums fresh =
          new DigestSums(new RowHash(table, columns), Grain.NODE, reader.keyIsUnique());
      // Where most rows are wanted they are quicker read by time alone, in the order they stand.
      boolean most = unknown.size() * 2L >= countNodes(connection);
      reader.read(
          connection,
          day,
          most ? Set.of() : unknown,
          Optional.of(view.wide(upTo)),
          rows -> fresh.take(view.told(rows, Optional.of(upTo))));
      Map<Cell, Digest> found = new HashMap<>();
      fresh
          .byPlace()
          .forEach(
              (cell, digest) -> {
                Cell there = view.there(cell);
                Long node = Objects.requireNonNull(there.node());
                if (unknown.contains(node)) {
                  found.put(there, digest);
                  if (!view.isOthers(node, there.place())) {
                    sums.put(cell, digest);
                  }
                }
              });
      if (all) {
        notes.note(connection, table, view.noted(columns), day.hour(), unknown, found);
      }
    }
    return sums;
  }

  private long countNodes(Connection connection) throws SQLException {
    String sql = "SELECT COUNT(*) FROM " + engine.quote(Tables.NODE.name());
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet found = select.executeQuery()) {
      found.next();
      return found.getLong(1);
    }
  }
}
