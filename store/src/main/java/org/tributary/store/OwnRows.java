package org.tributary.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.tributary.wire.Column;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;

/**
 * Reads rows that we wrote ourselves: every cell is what its column says. Stateless.
 *
 * @param columns those that the statement selects, in its order
 */
public record OwnRows(Engine engine, Table table, List<Column> columns) {

  private static final int EXPECTED_ROWS = 200;

  public OwnRows {
    columns = List.copyOf(columns);
  }

  /** Runs a query and reads all that it finds. */
  public Rows read(PreparedStatement select) throws SQLException {
    List<Rows> pages = new ArrayList<>(1);
    read(select, Integer.MAX_VALUE, pages::add);
    return pages.isEmpty() ? new Rows.Builder(table, columns, 0).build() : pages.get(0);
  }

  /**
   * Runs a query and hands on what it finds, so many rows at a time.
   *
   * @param pages is told nothing if nothing is found
   */
  public void read(PreparedStatement select, int rowsPerPage, Consumer<Rows> pages)
      throws SQLException {
    try (ResultSet found = select.executeQuery()) {
      List<CellReader> readers = readers(found.getMetaData());
      Rows.Builder page = builder(rowsPerPage);
      while (found.next()) {
        for (int i = 0; i < readers.size(); i++) {
          readers.get(i).read(found, i + 1, page, i);
        }
        page.endRow();
        if (page.size() == rowsPerPage) {
          pages.accept(page.build());
          page = builder(rowsPerPage);
        }
      }
      if (page.size() > 0) {
        pages.accept(page.build());
      }
    } catch (UnreadableCell e) {
      throw new SQLException(table + ": a cell of ours " + e.getMessage(), e);
    }
  }

  private Rows.Builder builder(int rowsPerPage) {
    return new Rows.Builder(table, columns, Math.min(rowsPerPage, EXPECTED_ROWS));
  }

  private List<CellReader> readers(ResultSetMetaData metaData) throws SQLException {
    List<CellReader> readers = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      SourceColumn actual =
          new SourceColumn(
              columns.get(i).name(),
              metaData.getColumnType(i + 1),
              metaData.getColumnTypeName(i + 1));
      readers.add(engine.reader(columns.get(i), actual));
    }
    return readers;
  }
}
