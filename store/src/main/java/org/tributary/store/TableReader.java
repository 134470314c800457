package org.tributary.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tributary.wire.Column;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;

/**
 * Reads rows of one table as a database really has it: columns that it lacks are absent, cells that
 * are not what they should be are reported with their row. Immutable; safe to share.
 */
final class TableReader {
  private final boolean keyIsUnique;
  private final ActualNames names;
  private final KeyOrder order;
  private final PageReader pages;
  private final String columnList;

  /**
   * @param keyIsUnique whether no two rows can have the same key
   */
  TableReader(Engine engine, Table table, SourceTable actual, boolean keyIsUnique) {
    List<Column> columns = actual.present(table);
    this.keyIsUnique = keyIsUnique;
    this.names = new ActualNames(engine, table, actual);
    this.order = new KeyOrder(names);
    this.pages = new PageReader(engine, table, actual, columns);
    this.columnList = names.list(columns);
  }

  /** The rows of a table that travels whole, by id. */
  Page all(Connection connection) throws SQLException {
    String sql =
        """
        SELECT %s
        FROM %s
        ORDER BY %s
        """
            .formatted(columnList, names.name(), names.column(Table.ID));
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet found = select.executeQuery()) {
      return pages.read(found, Integer.MAX_VALUE);
    }
  }

  /**
   * The next rows of a series, in the order of its key.
   *
   * @param cursor where the page before ended, if there was one
   * @param until the latest time to read, if there is one
   */
  Page after(Connection connection, Optional<Position> cursor, Optional<Instant> until, int maxRows)
      throws SQLException {
    Page page = select(connection, cursor, until, maxRows);
    if (keyIsUnique || !page.full() || page.cursor().isEmpty()) {
      return page;
    }
    // No cursor leads between rows of one key, so a page takes all of them or none.
    int whole = rowsUpTo(connection, cursor, page.cursor().get());
    return whole > maxRows ? select(connection, cursor, until, whole) : page;
  }

  /** How many rows there are behind a cursor up to a key, those of that key included. */
  private int rowsUpTo(Connection connection, Optional<Position> cursor, Position last)
      throws SQLException {
    if (!(last.key().get(0) instanceof Instant time)) {
      return 0; // a time that can't be read bounds nothing
    }
    return Math.toIntExact(
        countAfter(connection, cursor, Optional.of(time))
            - countAfter(connection, Optional.of(last), Optional.of(time)));
  }

  private Page select(
      Connection connection, Optional<Position> cursor, Optional<Instant> until, int maxRows)
      throws SQLException {
    Condition condition = order.behind(connection, cursor, until);
    String sql =
        """
        SELECT %s
        FROM %s
        WHERE %s
        ORDER BY %s
        LIMIT %d
        """
            .formatted(columnList, names.name(), condition.sql(), names.keyList(), maxRows);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      condition.bind(select);
      select.setFetchSize(Math.min(maxRows, 1_000));
      try (ResultSet found = select.executeQuery()) {
        return pages.read(found, maxRows);
      }
    }
  }

  /**
   * Rows of a series that no cursor leads to: those without a time, those later than a position
   * that stand before it all the same, because their times are spelled otherwise, and those from
   * before all trusted time.
   */
  Page astray(
      Connection connection, Optional<Position> live, Instant until, int offset, int maxRows)
      throws SQLException {
    List<Condition> stretches = order.astray(connection, live);
    // Each stretch by itself comes from the index; with all of them in one condition SQLite reads
    // the whole table in its order, however few rows they hold.
    String rows =
        stretches.stream()
            .map(
                stretch ->
                    """
                    SELECT %s
                    FROM %s
                    WHERE %s
                    """
                        .formatted(columnList, names.name(), stretch.sql()))
            .collect(Collectors.joining("UNION ALL\n"));
    String sql =
        """
        %sORDER BY %s
        LIMIT %d OFFSET %d
        """
            .formatted(rows, names.keyList(), maxRows, offset);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      Condition.bind(stretches, select);
      try (ResultSet found = select.executeQuery()) {
        Page page = pages.read(found, maxRows);
        Rows all = page.rows();
        Rows later = all.where(row -> live.isPresent() && isAstray(all, row, live.get(), until));
        return new Page(later, page.unreadable(), Optional.empty(), Optional.empty(), page.full());
      }
    }
  }

  private static boolean isAstray(Rows rows, int row, Position live, Instant until) {
    Position key = Objects.requireNonNull(rows.keyAt(row)); // with a null in it no row is readable
    Instant time = (Instant) key.key().get(0);
    return key.isAfter(live) ? !time.isAfter(until) : time.isBefore(Rule.EARLIEST_TRUSTED);
  }

  /** How many rows of a series have no time. */
  long countTimeless(Connection connection) throws SQLException {
    String sql =
        """
        SELECT COUNT(*)
        FROM %s
        WHERE %s IS NULL
        """
            .formatted(names.name(), names.time());
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet found = select.executeQuery()) {
      found.next();
      return found.getLong(1);
    }
  }

  /** How many rows of a series lie behind a position, up to a time. */
  long countAfter(Connection connection, Optional<Position> cursor, Optional<Instant> until)
      throws SQLException {
    Condition condition = order.behind(connection, cursor, until);
    String sql =
        """
        SELECT COUNT(*)
        FROM %s
        WHERE %s
        """
            .formatted(names.name(), condition.sql());
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      condition.bind(select);
      try (ResultSet found = select.executeQuery()) {
        found.next();
        return found.getLong(1);
      }
    }
  }

  /** Whether more rows than so many lie behind a position, up to a time; no more are looked at. */
  boolean hasMore(Connection connection, Optional<Position> cursor, Instant until, int rows)
      throws SQLException {
    Condition condition = order.behind(connection, cursor, Optional.of(until));
    String sql =
        """
        SELECT 1
        FROM %s
        WHERE %s
        LIMIT 1 OFFSET %d
        """
            .formatted(names.name(), condition.sql(), rows);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      condition.bind(select);
      try (ResultSet found = select.executeQuery()) {
        return found.next();
      }
    }
  }

  /** The newest row of a series, not after a time, or that it can't be read; empty if none is. */
  Page newest(Connection connection, Instant until) throws SQLException {
    Condition condition = order.behind(connection, Optional.empty(), Optional.of(until));
    String sql =
        """
        SELECT %s
        FROM %s
        WHERE %s
        ORDER BY %s DESC
        LIMIT 1
        """
            .formatted(columnList, names.name(), condition.sql(), names.time());
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      condition.bind(select);
      try (ResultSet found = select.executeQuery()) {
        return pages.read(found, 1);
      }
    }
  }

  /** The statement that {@link #after} runs, for asking the engine how it would answer it. */
  String pageSql(Connection connection, Position cursor) throws SQLException {
    return "SELECT %s FROM %s WHERE %s ORDER BY %s LIMIT 1000"
        .formatted(
            columnList,
            names.name(),
            order.behind(connection, Optional.of(cursor), Optional.empty()).sql(),
            names.keyList());
  }

  /** Whether the row with that key is there. */
  boolean holds(Connection connection, Position key) throws SQLException {
    return order.holds(connection, key);
  }
}
