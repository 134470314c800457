package org.tributary.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Column;
import org.tributary.wire.Micros;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.Unreadable;

/**
 * Reads rows of one table as a database really has it: columns that it lacks are absent, cells that
 * are not what they should be are reported with their row. Immutable; safe to share.
 */
final class TableReader {

  // Stands for a key cell that is null; no id is so small.
  private static final Long NULL_IN_KEY = Long.MIN_VALUE;

  // Stands before the bytes of a key cell that is a blob: SQLite sorts them behind all else.
  private static final String BLOB = "\0blob ";

  private final Engine engine;
  private final Table table;
  private final SourceTable actual;
  private final List<Column> columns;
  private final List<CellReader> readers;
  private final boolean keyIsUnique;

  /**
   * @param keyIsUnique whether no two rows can have the same key
   */
  TableReader(Engine engine, Table table, SourceTable actual, boolean keyIsUnique) {
    this.engine = engine;
    this.table = table;
    this.actual = actual;
    this.keyIsUnique = keyIsUnique;
    this.columns = actual.present(table);
    this.readers =
        columns.stream()
            .map(column -> engine.reader(column, actual.column(column.name()).orElseThrow()))
            .toList();
  }

  /** The rows of a table that travels whole, by id. */
  Page all(Connection connection) throws SQLException {
    String sql =
        """
        SELECT %s
        FROM %s
        ORDER BY %s
        """
            .formatted(columnList(), name(), column(Table.ID));
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet found = select.executeQuery()) {
      return read(found, Integer.MAX_VALUE);
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
    Condition condition = condition(connection, cursor, until);
    String sql =
        """
        SELECT %s
        FROM %s
        WHERE %s
        ORDER BY %s
        LIMIT %d
        """
            .formatted(columnList(), name(), condition.sql(), keyList(), maxRows);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      condition.bind(select);
      select.setFetchSize(Math.min(maxRows, 1_000));
      try (ResultSet found = select.executeQuery()) {
        return read(found, maxRows);
      }
    }
  }

  /**
   * Rows of a series that no cursor leads to: those without a time, and those later than a position
   * that stand before it all the same, because their times are spelled otherwise.
   */
  Page astray(
      Connection connection, Optional<Position> live, Instant until, int offset, int maxRows)
      throws SQLException {
    String time = column(table.key().get(0));
    Condition condition = new Condition();
    condition.add(time + " IS NULL");
    if (live.isPresent()) {
      for (TimeForm.Range range : passedOver(connection, live.get())) {
        condition.add(" OR (%s >= ? AND %s < ?)".formatted(time, time));
        condition.value(range.from());
        condition.value(range.before());
      }
    }
    String sql =
        """
        SELECT %s
        FROM %s
        WHERE %s
        ORDER BY %s
        LIMIT %d OFFSET %d
        """
            .formatted(columnList(), name(), condition.sql(), keyList(), maxRows, offset);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      condition.bind(select);
      try (ResultSet found = select.executeQuery()) {
        Page page = read(found, maxRows);
        Rows rows = page.rows();
        Rows later = rows.where(row -> live.isPresent() && isBetween(rows, row, live.get(), until));
        return new Page(later, page.unreadable(), Optional.empty(), Optional.empty(), page.full());
      }
    }
  }

  private static boolean isBetween(Rows rows, int row, Position live, Instant until) {
    Position key = Objects.requireNonNull(rows.keyAt(row)); // with a null in it no row is readable
    return key.isAfter(live) && !((Instant) key.key().get(0)).isAfter(until);
  }

  private List<TimeForm.Range> passedOver(Connection connection, Position live)
      throws SQLException {
    if (!(live.key().get(0) instanceof Instant time)) {
      return List.of();
    }
    TimeForm form =
        engine.timeForm(
            connection, actual.name(), actual.column(table.key().get(0)).orElseThrow().name());
    List<Object> spellings = form.spellings(Micros.of(time));
    Object standing =
        spelled(connection, spellings, live.key().subList(1, live.key().size()))
            .orElse(spellings.get(0));
    return form.passedOver(standing, Micros.of(time));
  }

  /** How many rows of a series have no time. */
  long countTimeless(Connection connection) throws SQLException {
    String sql =
        """
        SELECT COUNT(*)
        FROM %s
        WHERE %s IS NULL
        """
            .formatted(name(), column(table.key().get(0)));
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet found = select.executeQuery()) {
      found.next();
      return found.getLong(1);
    }
  }

  /** How many rows of a series lie behind a position, up to a time. */
  long countAfter(Connection connection, Optional<Position> cursor, Optional<Instant> until)
      throws SQLException {
    Condition condition = condition(connection, cursor, until);
    String sql =
        """
        SELECT COUNT(*)
        FROM %s
        WHERE %s
        """
            .formatted(name(), condition.sql());
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      condition.bind(select);
      try (ResultSet found = select.executeQuery()) {
        found.next();
        return found.getLong(1);
      }
    }
  }

  /** The newest time of a series, not after a time; empty if there is none, or none to be read. */
  Optional<Instant> newest(Connection connection, Instant until) throws SQLException {
    Condition condition = condition(connection, Optional.empty(), Optional.of(until));
    String sql =
        """
        SELECT %s
        FROM %s
        WHERE %s
        ORDER BY %s DESC
        LIMIT 1
        """
            .formatted(
                columnList(), name(), condition.sql(), column(table.keyColumns().get(0).name()));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      condition.bind(select);
      try (ResultSet found = select.executeQuery()) {
        return read(found, 1).last().map(last -> (Instant) last.key().get(0));
      }
    }
  }

  /** The statement that {@link #after} runs, for asking the engine how it would answer it. */
  String pageSql(Connection connection, Position cursor) throws SQLException {
    return "SELECT %s FROM %s WHERE %s ORDER BY %s LIMIT 1000"
        .formatted(
            columnList(),
            name(),
            condition(connection, Optional.of(cursor), Optional.empty()).sql(),
            keyList());
  }

  private Page read(ResultSet found, int maxRows) throws SQLException {
    Rows.Builder rows = new Rows.Builder(table, columns, Math.min(maxRows, 10_000));
    List<Unreadable> unreadable = new ArrayList<>();
    boolean lastIsUnreadable = false;
    Object[] lastKey = new Object[0];
    int count = 0;
    while (found.next()) {
      count++;
      String fault = readRow(found, rows);
      lastIsUnreadable = fault != null;
      if (fault == null) {
        rows.endRow();
      } else {
        rows.abandonRow();
        lastKey = rawKey(found);
        unreadable.add(new Unreadable(printedKey(found), printedRow(found), fault));
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

  /** Reads one row; what is wrong with it, if something is. */
  private @Nullable String readRow(ResultSet found, Rows.Builder rows) throws SQLException {
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

  private Object[] rawKey(ResultSet found) throws SQLException {
    Object[] key = new Object[table.key().size()];
    for (int i = 0; i < key.length; i++) {
      key[i] = rawKeyPart(found, table.keyColumns().get(i));
    }
    return key;
  }

  private Object rawKeyPart(ResultSet found, Column column) throws SQLException {
    int index = columns.indexOf(column);
    Rows.Builder cell = new Rows.Builder(table, List.of(column), 1);
    try {
      readers.get(index).read(found, index + 1, cell, 0);
      cell.endRow();
      Object value = cell.build().value(column.name(), 0);
      return value == null ? NULL_IN_KEY : value;
    } catch (UnreadableCell e) {
      return found.getObject(index + 1) instanceof byte[] bytes
          ? BLOB + HexFormat.of().formatHex(bytes)
          : String.valueOf(found.getString(index + 1));
    } catch (SQLException e) {
      refusedByDriver(e);
      return String.valueOf(found.getString(index + 1));
    }
  }

  private String printedKey(ResultSet found) throws SQLException {
    if (table.hasId()) {
      return String.valueOf(found.getString(columns.indexOf(idColumn()) + 1));
    }
    List<String> parts = new ArrayList<>();
    for (Column column : table.keyColumns()) {
      String part = found.getString(columns.indexOf(column) + 1);
      if (part == null) {
        return printedRow(found); // such keys are not unique, and each of the rows counts
      }
      parts.add(LongText.cut(part));
    }
    return parts.toString();
  }

  private String printedRow(ResultSet found) throws SQLException {
    Map<String, @Nullable Object> cells = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      String cell = found.getString(i + 1);
      cells.put(columns.get(i).name(), cell == null ? null : LongText.cut(cell));
    }
    return SyncJson.writeRow(cells);
  }

  /**
   * Rows behind a position. The time alone bounds the stretch of the index that is read; the rest
   * is written out, because no engine answers a comparison of whole rows from its index as well.
   */
  private Condition condition(
      Connection connection, Optional<Position> cursor, Optional<Instant> until)
      throws SQLException {
    List<Column> key = table.keyColumns();
    String time = column(key.get(0).name());
    TimeForm form =
        engine.timeForm(
            connection, actual.name(), actual.column(key.get(0).name()).orElseThrow().name());
    Condition condition = new Condition();
    if (cursor.isPresent()) {
      List<Object> parts = cursor.get().key();
      List<Object> rest = parts.subList(1, parts.size());
      List<Object> times = standing(connection, spellings(form, parts.get(0)), rest);
      condition.and(time + " >= ?", times.get(0));
      condition.add(" AND (%s NOT IN (%s) OR ".formatted(time, placeholders(times)));
      times.forEach(condition::value);
      behind(condition, key.subList(1, key.size()), rest);
      condition.add(")");
    }
    if (until.isPresent()) {
      List<Object> times = form.spellings(Micros.of(until.get()));
      condition.and(time + " <= ?", times.get(times.size() - 1));
    }
    return condition;
  }

  /**
   * The one of several spellings that the cursor's own row has, so that what follows it is what
   * follows it in the index, however other rows write their times; all of them if it is gone.
   */
  private List<Object> standing(Connection connection, List<Object> times, List<Object> rest)
      throws SQLException {
    if (times.size() == 1) {
      return times;
    }
    return spelled(connection, times, rest).map(List::of).orElse(times);
  }

  /** Whether the row with that key is there. */
  boolean holds(Connection connection, Position key) throws SQLException {
    TimeForm form =
        engine.timeForm(
            connection, actual.name(), actual.column(table.key().get(0)).orElseThrow().name());
    List<Object> parts = key.key();
    return spelled(connection, spellings(form, parts.get(0)), parts.subList(1, parts.size()))
        .isPresent();
  }

  /** How the row with one of these times and the rest of a key has its time, if it is there. */
  private Optional<Object> spelled(Connection connection, List<Object> times, List<Object> rest)
      throws SQLException {
    String time = column(table.key().get(0));
    Condition condition = new Condition();
    condition.add("%s IN (%s)".formatted(time, placeholders(times)));
    times.forEach(condition::value);
    for (int i = 0; i < rest.size(); i++) {
      String name = column(table.key().get(i + 1));
      if (rest.get(i).equals(NULL_IN_KEY)) {
        condition.add(" AND %s IS NULL".formatted(name));
      } else {
        condition.and(name + " = ?", rest.get(i));
      }
    }
    String sql =
        """
        SELECT MIN(%s)
        FROM %s
        WHERE %s
        """
            .formatted(time, name(), condition.sql());
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      condition.bind(select);
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? Optional.ofNullable(found.getObject(1)) : Optional.empty();
      }
    }
  }

  private static String placeholders(List<Object> values) {
    return String.join(", ", Collections.nCopies(values.size(), "?"));
  }

  /** {@code (a > ? OR a = ? AND (b > ? …))}; nulls stand where the engine sorts them. */
  private void behind(Condition condition, List<Column> key, List<Object> parts) {
    String name = column(key.get(0).name());
    boolean isNull = parts.get(0).equals(NULL_IN_KEY);
    condition.add("(");
    if (!isNull) {
      condition.add(name + " > ?");
      condition.value(parts.get(0));
      if (engine.nullsSortLast()) {
        condition.add(" OR %s IS NULL".formatted(name));
      }
    } else {
      condition.add(engine.nullsSortLast() ? "1 = 0" : name + " IS NOT NULL");
    }
    if (key.size() > 1) {
      condition.add(
          isNull ? " OR %s IS NULL AND ".formatted(name) : " OR %s = ? AND ".formatted(name));
      if (!isNull) {
        condition.value(parts.get(0));
      }
      behind(condition, key.subList(1, key.size()), parts.subList(1, parts.size()));
    }
    condition.add(")");
  }

  private static List<Object> spellings(TimeForm form, Object time) {
    return time instanceof Instant instant ? form.spellings(Micros.of(instant)) : List.of(time);
  }

  private Column idColumn() {
    return columns.stream()
        .filter(column -> column.name().equals(Table.ID))
        .findFirst()
        .orElseThrow();
  }

  private String name() {
    return engine.quote(actual.name());
  }

  private String column(String columnName) {
    return engine.quote(actual.column(columnName).orElseThrow().name());
  }

  private String columnList() {
    return columns.stream().map(each -> column(each.name())).collect(Collectors.joining(", "));
  }

  private String keyList() {
    return table.key().stream().map(this::column).collect(Collectors.joining(", "));
  }

  /** A WHERE clause with its values; true until something is added. */
  private static final class Condition {
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    void and(String clause, Object value) {
      add(sql.isEmpty() ? clause : " AND " + clause);
      value(value);
    }

    void add(String text) {
      sql.append(text);
    }

    void value(Object value) {
      values.add(value);
    }

    String sql() {
      return sql.isEmpty() ? "1 = 1" : sql.toString();
    }

    void bind(PreparedStatement statement) throws SQLException {
      for (int i = 0; i < values.size(); i++) {
        Object value = values.get(i);
        boolean isBlob = value instanceof String text && text.startsWith(BLOB);
        statement.setObject(
            i + 1,
            isBlob ? HexFormat.of().parseHex(((String) value).substring(BLOB.length())) : value);
      }
    }
  }
}
