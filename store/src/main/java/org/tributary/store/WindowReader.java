package org.tributary.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.tributary.wire.Column;
import org.tributary.wire.Micros;
import org.tributary.wire.Position;
import org.tributary.wire.RowHash;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Window;

/**
 * Reads the rows of a stretch of time of a series, a few at a time and never all at once: at
 * whichever end, what is compared is read by this. Immutable; safe to share.
 */
public final class WindowReader {

  private static final int ROWS_AT_ONCE = 512;
  private static final int MAX_NODES_IN_SQL = 500;

  private final Engine engine;
  private final Table table;
  private final SourceTable actual;
  private final ActualNames names;
  private final PageReader pages;
  private final List<Column> columns;
  private final boolean keyIsUnique;
  private final int hoursAtOnce;

  private WindowReader(
      Engine engine, Table table, SourceTable actual, boolean keyIsUnique, int hoursAtOnce) {
    this.engine = engine;
    this.table = table;
    this.actual = actual;
    this.columns = actual.present(table);
    this.names = new ActualNames(engine, table, actual);
    this.pages = new PageReader(engine, table, actual, columns);
    this.keyIsUnique = keyIsUnique;
    this.hoursAtOnce = hoursAtOnce;
  }

  /** Looks at a table as it really is. */
  static WindowReader of(
      Engine engine, Table table, SourceTable actual, boolean keyIsUnique, boolean briefly) {
    return new WindowReader(engine, table, actual, keyIsUnique, briefly ? 1 : Window.DAY);
  }

  /** For a table that we write. */
  public static WindowReader ofOurs(Engine engine, Connection connection, Table table)
      throws SQLException {
    SourceTable actual = Reflection.of(connection).table(table.name()).orElseThrow();
    return of(engine, table, actual, engine.asBuilt().guardsKey(table), false);
  }

  /** The columns that are there, as {@link RowHash} numbers them. */
  public int columns() {
    return RowHash.columnsOf(table, columns);
  }

  /** Whether a key stands there once at most. */
  public boolean keyIsUnique() {
    return keyIsUnique;
  }

  /**
   * Reads rows of a window. Rows whose time can't be read are passed over in the windows that they
   * are sorted into, which may be several.
   *
   * @param nodes whose rows; empty for all that are there
   * @param upTo the last key to read, if there is one
   */
  public void read(
      Connection connection,
      Window window,
      Collection<Long> nodes,
      Optional<Position> upTo,
      RowWork work)
      throws SQLException {
    TimeForm form =
        engine.timeForm(connection, actual.name(), actual.column(table.key().get(0)).orElseThrow());
    Set<Long> wanted =
        window.node() == null
            ? new HashSet<>(nodes)
            : Set.of(Objects.requireNonNull(window.node()));
    long end = window.endHour();
    if (upTo.isPresent() && upTo.get().key().get(0) instanceof Instant last) {
      end = Math.min(end, Window.hourOf(last) + 1);
    }
    for (long hour = window.hour(); hour < end; ) {
      // Pieces end with a day or with an hour: that is what stretches of text can say.
      long next = Math.min(end, hour + hoursAtOnce - Math.floorMod(hour, (long) hoursAtOnce));
      Window piece = new Window(null, hour, (int) (next - hour));
      for (TimeForm.Range range : form.within(piece.fromMicros(), piece.toMicros())) {
        read(
            connection,
            range,
            wanted,
            rows -> passOn(rows, piece, wanted, upTo, work),
            (row, key) -> {
              if (key.isEmpty() || isWithin(key.get(), piece, wanted, upTo)) {
                work.passedOver(row);
              }
            });
      }
      hour = next;
    }
  }

  /**
   * The next rows of a window in the order of their keys, at most so many.
   *
   * @param nodes whose rows; not empty
   * @param cursor where the page before ended, if there was one
   */
  public Page page(
      Connection connection,
      Window window,
      Collection<Long> nodes,
      Optional<Position> cursor,
      int maxRows)
      throws SQLException {
    TimeForm form =
        engine.timeForm(connection, actual.name(), actual.column(table.key().get(0)).orElseThrow());
    Condition condition = new KeyOrder(names).behind(connection, cursor, Optional.empty());
    condition.add(cursor.isPresent() ? " AND (" : "(");
    String or = "";
    for (TimeForm.Range range : form.within(window.fromMicros(), window.toMicros())) {
      condition.add("%s(%s >= ? AND %s < ?)".formatted(or, names.time(), names.time()));
      condition.value(range.from());
      condition.value(range.before());
      or = " OR ";
    }
    condition.add(") AND (");
    List<Long> all = List.copyOf(nodes);
    for (int from = 0; from < all.size(); from += MAX_NODES_IN_SQL) {
      condition.add(from == 0 ? "" : " OR ");
      int to = Math.min(all.size(), from + MAX_NODES_IN_SQL);
      condition.add(names.column("nodeId"), "IN", List.copyOf(all.subList(from, to)));
    }
    condition.add(")");
    String sql =
        "SELECT %s FROM %s WHERE %s ORDER BY %s LIMIT %d"
            .formatted(
                names.list(columns), names.name(), condition.sql(), names.keyList(), maxRows);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      condition.bind(select);
      select.setFetchSize(1_000);
      try (ResultSet found = select.executeQuery()) {
        return pages.read(found, maxRows);
      }
    }
  }

  /** Whether one of these nodes has a row behind a position. */
  public boolean hasBehind(Connection connection, Position position, Collection<Long> nodes)
      throws SQLException {
    Condition condition =
        new KeyOrder(names).behind(connection, Optional.of(position), Optional.empty());
    condition.add(" AND ");
    condition.add(names.column("nodeId"), "IN", List.copyOf(nodes));
    String sql = "SELECT 1 FROM %s WHERE %s LIMIT 1".formatted(names.name(), condition.sql());
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      condition.bind(select);
      try (ResultSet found = select.executeQuery()) {
        return found.next();
      }
    }
  }

  private void read(
      Connection connection,
      TimeForm.Range range,
      Set<Long> nodes,
      RowWork work,
      PageReader.PassedOver passedOver)
      throws SQLException {
    Condition condition = new Condition();
    condition.and(names.time() + " >= ?", range.from());
    condition.and(names.time() + " < ?", range.before());
    if (!nodes.isEmpty() && nodes.size() <= MAX_NODES_IN_SQL) {
      condition.add(" AND ");
      condition.add(names.column("nodeId"), "IN", List.copyOf(nodes));
    }
    // Rows of one key must come together where there may be several of them.
    String order = keyIsUnique ? "" : " ORDER BY " + names.keyList();
    String sql =
        "SELECT %s FROM %s WHERE %s%s"
            .formatted(names.list(columns), names.name(), condition.sql(), order);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      condition.bind(select);
      select.setFetchSize(1_000);
      try (ResultSet found = select.executeQuery()) {
        pages.each(found, ROWS_AT_ONCE, work, passedOver);
      }
    }
  }

  private void passOn(
      Rows rows, Window piece, Set<Long> nodes, Optional<Position> upTo, RowWork work)
      throws SQLException {
    int time = rows.indexOf(table.key().get(0));
    int node = rows.indexOf("nodeId");
    boolean filtersNodes = nodes.size() > MAX_NODES_IN_SQL;
    long from = piece.fromMicros();
    long before = piece.toMicros();
    long last = lastMicros(upTo);
    Rows passed =
        rows.where(
            row -> {
              long micros = rows.longAt(time, row);
              return micros >= from
                  && micros < before
                  && (!filtersNodes || nodes.contains(rows.longAt(node, row)))
                  && (micros < last || isUpTo(rows, row, micros, last, upTo));
            });
    if (!passed.isEmpty()) {
      work.take(passed);
    }
  }

  private boolean isWithin(Position key, Window piece, Set<Long> nodes, Optional<Position> upTo) {
    long micros = Micros.of((Instant) key.key().get(0));
    Object node = key.key().get(table.key().indexOf("nodeId"));
    return micros >= piece.fromMicros()
        && micros < piece.toMicros()
        && (nodes.isEmpty() || (node instanceof Long its && nodes.contains(its)))
        && (upTo.isEmpty() || !key.isAfter(upTo.get()));
  }

  private static long lastMicros(Optional<Position> upTo) {
    return upTo.isPresent() && upTo.get().key().get(0) instanceof Instant last
        ? Micros.of(last)
        : Long.MAX_VALUE;
  }

  private static boolean isUpTo(
      Rows rows, int row, long micros, long last, Optional<Position> upTo) {
    return micros == last && !Objects.requireNonNull(rows.keyAt(row)).isAfter(upTo.orElseThrow());
  }
}
