package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;
import org.tributary.wire.Position;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;
import org.tributary.wire.Window;

/**
 * Rows by which a gateway and central differ although neither has lost anything: the gateway has
 * them, and central has set them aside, or a person dropped them, or stored them under another time
 * because the gateway's clock was off. Stateless: they stand in {@code tributary_setaside} and
 * {@code tributary_decided}.
 */
final class StandingRows {

  /** Where a row is kept. */
  private enum Book {
    SETASIDE("tributary_setaside"),
    DECIDED("tributary_decided");

    private final String table;

    Book(String table) {
      this.table = table;
    }
  }

  /** A row that its gateway still has, and where it is kept. */
  record Standing(Book book, long id, Compared row) {}

  private final SqlTimes times;

  StandingRows(Engine engine) {
    this.times = new SqlTimes(engine);
  }

  /**
   * Rows of a window that their gateway has there and central does not.
   *
   * @param upTo the last key that counts, if there is one
   */
  List<Standing> within(
      Connection connection, Gateway gateway, Table table, Window window, Optional<Position> upTo)
      throws SQLException {
    String sql =
        """
        SELECT 'SETASIDE', id, content
        FROM tributary_setaside
        WHERE gateway_id = ? AND table_name = ? AND row_time >= ? AND row_time < ?
          AND row_hash IS NOT NULL
        UNION ALL
        SELECT 'DECIDED', id, content
        FROM tributary_decided
        WHERE gateway_id = ? AND table_name = ? AND row_time >= ? AND row_time < ?
          AND row_hash IS NOT NULL AND decision <> 'BELIEVED'
        """;
    List<Standing> rows = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      bind(select, 1, gateway, table, window);
      bind(select, 5, gateway, table, window);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          Optional<Compared> compared = Compared.of(table, found.getString(3));
          if (compared.isPresent() && compared.get().isIn(window, upTo)) {
            rows.add(
                new Standing(Book.valueOf(found.getString(1)), found.getLong(2), compared.get()));
          }
        }
      }
    }
    return rows;
  }

  /**
   * Rows that central has in a window because a person corrected their times; the gateway has them
   * elsewhere, or had.
   */
  List<Compared> shiftedInto(
      Connection connection, Gateway gateway, Table table, Window window, Optional<Position> upTo)
      throws SQLException {
    String sql =
        """
        SELECT content, stored_time
        FROM tributary_decided
        WHERE gateway_id = ? AND table_name = ? AND stored_time >= ? AND stored_time < ?
          AND decision = 'SHIFTED'
        """;
    List<Compared> rows = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      bind(select, 1, gateway, table, window);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          Optional<Compared> compared = Compared.of(table, found.getString(1));
          if (compared.isPresent()) {
            Compared there = compared.get().at(times.get(found, 2));
            if (there.isIn(window, upTo)) {
              rows.add(there);
            }
          }
        }
      }
    }
    return rows;
  }

  /** The (short) keys of rows of a window that their gateway has, but can't read. */
  Set<String> unreadable(Connection connection, Gateway gateway, Table table, Window window)
      throws SQLException {
    String sql =
        """
        SELECT row_key
        FROM tributary_setaside
        WHERE gateway_id = ? AND table_name = ? AND row_time >= ? AND row_time < ? AND rule = ?
        """;
    Set<String> keys = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      bind(select, 1, gateway, table, window);
      select.setString(5, Rule.UNREADABLE.name());
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          keys.add(found.getString(1));
        }
      }
    }
    return keys;
  }

  private void bind(
      PreparedStatement select, int first, Gateway gateway, Table table, Window window)
      throws SQLException {
    select.setInt(first, gateway.key());
    select.setString(first + 1, table.name());
    times.set(select, first + 2, window.from());
    times.set(select, first + 3, window.to());
  }

  /** The gateway does not have that row any more; the entry stays for people. */
  void noteGone(Connection connection, Standing row) throws SQLException {
    String sql = "UPDATE %s SET row_hash = NULL WHERE id = ?".formatted(row.book().table);
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, row.id());
      update.executeUpdate();
    }
  }
}
