package org.tributary.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Column;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.Unreadable;

/**
 * Turns what a query finds into a page: each row is read, or told as it stands there with what is
 * wrong with it. Immutable.
 */
final class PageReader {

  private static final int FEW = 32;

  private final Engine engine;
  private final Table table;
  private final List<Column> columns;
  private final List<CellReader> readers;

  /**
   * @param columns what the queries select, in their order
   */
  PageReader(Engine engine, Table table, SourceTable actual, List<Column> columns) {
    this.engine = engine;
    this.table = table;
    this.columns = columns;
    this.readers =
        columns.stream()
            .map(column -> engine.reader(column, actual.column(column.name()).orElseThrow()))
            .toList();
  }

  Page read(ResultSet found, int maxRows) throws SQLException {
    Rows.Builder rows = new Rows.Builder(table, columns, Math.min(maxRows, 10_000));
    List<Unreadable> unreadable = new ArrayList<>();
    boolean lastIsUnreadable = false;
    Object[] lastKey = new Object[0];
    int count = 0;
    RowReader quick = engine.rowReader(table, columns);
    while (found.next()) {
      count++;
      String fault = readRow(found, rows, quick);
      lastIsUnreadable = fault != null;
      if (fault == null) {
        rows.endRow();
      } else {
        rows.abandonRow();
        lastKey = rawKey(found);
        unreadable.add(unreadable(found, fault));
      }
    }
    Rows read = rows.build();
    Optional<Position> last =
        read.isEmpty() || !table.isSeries()
            ? Optional.empty()
            : Optional.ofNullable(read.keyAt(read.size() - 1));
    Optional<Position> cursor = lastIsUnreadable ? Optional.of(Position.of(lastKey)) : last;
    return new Page(read, unreadable, last, cursor, count == maxRows);
  }

  /** Hears of a row that can't be read. */
  interface PassedOver {
    /**
     * Hears of one.
     *
     * @param key the row's, if that can be read
     */
    void take(Unreadable row, Optional<Position> key);
  }

  /** Hands over what a query finds, a few rows at a time, and one by one what can't be read. */
  void each(ResultSet found, int rowsAtOnce, RowWork work, PassedOver passedOver)
      throws SQLException {
    boolean more = true;
    RowReader quick = engine.rowReader(table, columns);
    int expected = Math.min(FEW, rowsAtOnce); // most windows are small, and room has to be cleared
    while (more) {
      Rows.Builder rows = new Rows.Builder(table, columns, expected);
      expected = rowsAtOnce;
      while (rows.size() < rowsAtOnce && (more = found.next())) {
        String fault = readRow(found, rows, quick);
        if (fault == null) {
          rows.endRow();
        } else {
          rows.abandonRow();
          passedOver.take(unreadable(found, fault), readableKey(found));
        }
      }
      if (rows.size() > 0) {
        work.take(rows.build());
      }
    }
  }

  /** Reads one row; what is wrong with it, if something is. */
  private @Nullable String readRow(ResultSet found, Rows.Builder rows, RowReader quick)
      throws SQLException {
    if (quick.read(found, rows)) {
      return null;
    }
    for (int i = 0; i < columns.size(); i++) {
      try {
        readers.get(i).read(found, i + 1, rows, i);
      } catch (UnreadableCell e) {
        return columns.get(i).name() + " " + e.getMessage();
      } catch (SQLException e) {
        return columns.get(i).name() + " " + refusedByDriver(e);
      }
      if (rows.lastIsNull(i) && table.isSeries() && table.key().contains(columns.get(i).name())) {
        return columns.get(i).name() + " is null, and it is part of the key";
      }
    }
    return null;
  }

  /** What is wrong with a cell that the driver does not hand out: MariaDB's 2025-02-00 is none. */
  private String refusedByDriver(SQLException failure) throws SQLException {
    if (engine.troubleOf(failure) != Trouble.DATA) {
      throw failure;
    }
    return "can't be read: " + failure.getMessage();
  }

  private Optional<Position> readableKey(ResultSet found) throws SQLException {
    List<Object> parts = new ArrayList<>();
    for (Column column : table.keyColumns()) {
      try {
        Object part = cell(found, column);
        if (part == null) {
          return Optional.empty();
        }
        parts.add(part);
      } catch (UnreadableCell e) {
        return Optional.empty();
      } catch (SQLException e) {
        refusedByDriver(e);
        return Optional.empty();
      }
    }
    return Optional.of(new Position(parts));
  }

  private Object[] rawKey(ResultSet found) throws SQLException {
    Object[] key = new Object[table.key().size()];
    for (int i = 0; i < key.length; i++) {
      key[i] = rawKeyPart(found, table.keyColumns().get(i));
    }
    return key;
  }

  private Object rawKeyPart(ResultSet found, Column column) throws SQLException {
    int index = columns.indexOf(column) + 1;
    try {
      return KeyCell.of(cell(found, column));
    } catch (UnreadableCell e) {
      if (e.standing().isPresent()) {
        return KeyCell.of(e.standing().get());
      }
      return found.getObject(index) instanceof byte[] bytes
          ? KeyCell.of(bytes)
          : String.valueOf(found.getString(index));
    } catch (SQLException e) {
      refusedByDriver(e);
      return String.valueOf(found.getString(index));
    }
  }

  /** One cell as what its column says. */
  private @Nullable Object cell(ResultSet found, Column column)
      throws SQLException, UnreadableCell {
    int index = columns.indexOf(column);
    Rows.Builder cell = new Rows.Builder(table, List.of(column), 1);
    readers.get(index).read(found, index + 1, cell, 0);
    cell.endRow();
    return cell.build().value(column.name(), 0);
  }

  private Unreadable unreadable(ResultSet found, String fault) throws SQLException {
    return new Unreadable(printedKey(found), printedRow(found), fault);
  }

  private String printedKey(ResultSet found) throws SQLException {
    if (table.hasId()) {
      return String.valueOf(found.getString(columns.indexOf(idColumn()) + 1));
    }
    List<Object> parts = new ArrayList<>();
    for (Column column : table.keyColumns()) {
      Object part = printed(found, column);
      if (part == null) {
        return printedRow(found); // such keys are not unique, and each of the rows counts
      }
      parts.add(part);
    }
    return parts.toString(); // as a position is, so that the row is known again once it is mended
  }

  private String printedRow(ResultSet found) throws SQLException {
    Map<String, @Nullable Object> cells = new LinkedHashMap<>();
    for (Column column : columns) {
      cells.put(column.name(), printed(found, column));
    }
    return SyncJson.writeRow(cells);
  }

  /** A cell as it is read or, where it can't be, as the database prints it. */
  private @Nullable Object printed(ResultSet found, Column column) throws SQLException {
    try {
      return cell(found, column);
    } catch (UnreadableCell e) {
      return asItStands(found, column);
    } catch (SQLException e) {
      refusedByDriver(e);
      return asItStands(found, column);
    }
  }

  private @Nullable String asItStands(ResultSet found, Column column) throws SQLException {
    String cell = found.getString(columns.indexOf(column) + 1);
    return cell == null ? null : LongText.cut(cell);
  }

  private Column idColumn() {
    return columns.stream()
        .filter(column -> column.name().equals(Table.ID))
        .findFirst()
        .orElseThrow();
  }
}
