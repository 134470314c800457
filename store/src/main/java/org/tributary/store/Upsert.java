package org.tributary.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tributary.wire.Column;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;

/**
 * Brings many rows into a table by their keys, and tells new, changed and unchanged ones apart.
 * Stateless.
 *
 * <p>New rows go the engine's own bulk path where there is one. Rows that travel again are mostly
 * all there, so if one of them is, the others are looked for before anything is written: reading is
 * cheaper than a write in vain.
 */
record Upsert(TableSql sql) {

  private static final int LOOK_FIRST = 100;

  /** Inserts the rows whose key is not there yet and leaves the others alone; how many were new. */
  int insertNew(Connection connection, Rows rows) throws SQLException {
    if (!sql.guardsKey()) {
      KnownRows known = KnownRows.of(connection, sql, rows);
      return insertAll(connection, onceEach(rows.where(row -> known.find(rows, row) < 0)));
    }
    return insertAll(connection, rows);
  }

  private int insertAll(Connection connection, Rows rows) throws SQLException {
    if (rows.isEmpty()) {
      return 0;
    }
    int inserted = insertedInBulk(connection, rows) ? rows.size() : insert(connection, rows);
    if (inserted > 0 && sql.table().isSeries()) {
      StaleWindows.mark(connection, rows);
    }
    return inserted;
  }

  /**
   * Inserts new rows and brings known ones to the values given.
   *
   * @param nullKeeps whether a null says nothing, and what is there already stays
   */
  Stored store(Connection connection, Rows rows, boolean nullKeeps, TableWriter.Changes changes)
      throws SQLException {
    if (!sql.guardsKey()) {
      return storeUnguarded(connection, rows, nullKeeps, changes);
    }
    if (rows.size() >= LOOK_FIRST && KnownRows.hasFirst(connection, sql, rows)) {
      return storeAgain(connection, rows, nullKeeps, changes);
    }
    int inserted = insertNew(connection, rows);
    return inserted == rows.size()
        ? new Stored(inserted, 0, 0)
        : update(
            connection, rows, inserted, KnownRows.of(connection, sql, rows), nullKeeps, changes);
  }

  private Stored storeAgain(
      Connection connection, Rows rows, boolean nullKeeps, TableWriter.Changes changes)
      throws SQLException {
    KnownRows known = KnownRows.of(connection, sql, rows);
    int inserted = 0;
    if (IntStream.range(0, rows.size()).anyMatch(row -> known.find(rows, row) < 0)) {
      Rows others = rows.where(row -> known.find(rows, row) < 0);
      inserted = insertNew(connection, others);
      if (inserted < others.size()) {
        // Twice in the batch, or stored by somebody else just now: all is looked at once more.
        KnownRows all = KnownRows.of(connection, sql, rows);
        return update(connection, rows, inserted, all, nullKeeps, changes);
      }
    }
    return update(connection, rows, inserted, known, nullKeeps, changes);
  }

  /**
   * Stores rows in a table that would take each of them twice: what is there is looked for first. A
   * row that stands there more than once already is left so, and all of it has the values given.
   */
  private Stored storeUnguarded(
      Connection connection, Rows rows, boolean nullKeeps, TableWriter.Changes changes)
      throws SQLException {
    KnownRows known = KnownRows.of(connection, sql, rows);
    Rows fresh = onceEach(rows.where(row -> known.find(rows, row) < 0));
    int inserted = insertAll(connection, fresh);
    return update(connection, rows, inserted, known, nullKeeps, changes);
  }

  /** The rows without those whose key comes again: the last one of a key counts. */
  private Rows onceEach(Rows rows) {
    KeyIndex first = new KeyIndex(sql.table(), rows);
    first.add(rows);
    if (IntStream.range(0, rows.size()).allMatch(row -> first.find(rows, row) == row)) {
      return rows;
    }
    Map<Position, Integer> lasts = new HashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      lasts.put(keyOf(rows, row), row);
    }
    return rows.where(row -> Objects.equals(lasts.get(keyOf(rows, row)), row));
  }

  private boolean insertedInBulk(Connection connection, Rows rows) throws SQLException {
    if (rows.size() < sql.engine().rowsForBulk()) {
      return false;
    }
    Savepoint before = connection.setSavepoint();
    try {
      // The savepoint ends with the transaction: releasing it would be one more turn.
      return sql.engine().insertInBulk(connection, sql.table(), rows);
    } catch (SQLException e) {
      Trouble trouble = sql.engine().troubleOf(e);
      if (trouble != Trouble.DATA && trouble != Trouble.OTHER) {
        throw e;
      }
      // One is there already, or can't be stored; the other way finds out which. MariaDB says
      // nothing at all where a check fails in bulk.
      connection.rollback(before);
      return false;
    }
  }

  private int insert(Connection connection, Rows rows) throws SQLException {
    int perStatement = sql.engine().rowsPerInsert();
    int inserted = 0;
    int from = 0;
    while (from < rows.size()) {
      int count = Math.min(perStatement, rows.size() - from);
      // One statement for all full groups of rows, one for the rest.
      int groups = count == perStatement ? (rows.size() - from) / perStatement : 1;
      try (PreparedStatement insert =
          connection.prepareStatement(sql.insertNew(rows.columns(), count))) {
        for (int group = 0; group < groups; group++) {
          int index = 1;
          for (int row = 0; row < count; row++) {
            index = sql.bindRow(insert, index, rows, from + row);
          }
          inserted += insert.executeUpdate();
          from += count;
        }
      }
    }
    return inserted;
  }

  private Stored update(
      Connection connection,
      Rows rows,
      int inserted,
      KnownRows known,
      boolean nullKeeps,
      TableWriter.Changes changes)
      throws SQLException {
    int changed = updateWhereDifferent(connection, rows, known, nullKeeps, changes);
    if (changed > 0 && sql.table().isSeries()) {
      StaleWindows.mark(connection, rows);
    }
    return new Stored(inserted, changed, rows.size() - inserted - changed);
  }

  private int updateWhereDifferent(
      Connection connection,
      Rows rows,
      KnownRows known,
      boolean nullKeeps,
      TableWriter.Changes changes)
      throws SQLException {
    List<Column> values =
        rows.columns().stream()
            .filter(column -> !sql.table().key().contains(column.name()))
            .toList();
    List<Integer> different = values.isEmpty() ? List.of() : different(rows, known, nullKeeps);
    if (different.isEmpty()) {
      return 0;
    }
    String update =
        "UPDATE %s SET %s WHERE %s"
            .formatted(
                sql.name(),
                values.stream()
                    .map(column -> assignment(column, nullKeeps))
                    .collect(Collectors.joining(", ")),
                sql.keyCondition());
    try (PreparedStatement statement = connection.prepareStatement(update)) {
      for (int row : different) {
        int before = known.find(rows, row);
        changes.changing(known.rows(before), known.row(before));
        int index = 1;
        for (Column column : values) {
          sql.bindCell(statement, index++, rows, rows.indexOf(column.name()), row);
        }
        sql.bindKey(statement, index, rows, row);
        statement.executeUpdate();
      }
    }
    return different.size();
  }

  private String assignment(Column column, boolean nullKeeps) {
    String name = sql.quote(column.name());
    return nullKeeps ? "%s = COALESCE(?, %s)".formatted(name, name) : name + " = ?";
  }

  /** The rows that are others than what is there. */
  private List<Integer> different(Rows rows, KnownRows known, boolean nullKeeps) {
    Set<Integer> different =
        sql.guardsKey() ? new LinkedHashSet<>() : differentTwins(rows, known, nullKeeps);
    for (int row = 0; row < rows.size(); row++) {
      int entry = known.find(rows, row);
      if (entry >= 0 && !same(rows, row, known.rows(entry), known.row(entry), nullKeeps)) {
        different.add(row);
      }
    }
    if (!different.isEmpty()) {
      // Of two rows with one key the later counts, so that a batch ends as its last row says.
      Map<Position, Integer> last = new HashMap<>();
      for (int row = 0; row < rows.size(); row++) {
        last.put(keyOf(rows, row), row);
      }
      different.removeIf(row -> !row.equals(last.get(keyOf(rows, row))));
    }
    return List.copyOf(different);
  }

  /** The rows whose key stands there more than once, and one of those is another. */
  private Set<Integer> differentTwins(Rows rows, KnownRows known, boolean nullKeeps) {
    KeyIndex wanted = new KeyIndex(sql.table(), rows);
    wanted.add(rows);
    Set<Integer> different = new TreeSet<>();
    for (int entry = 0; entry < known.size(); entry++) {
      Rows there = known.rows(entry);
      int row = wanted.find(there, known.row(entry));
      boolean isTwin = row >= 0 && known.find(rows, row) != entry;
      if (isTwin && !same(rows, row, there, known.row(entry), nullKeeps)) {
        different.add(row);
      }
    }
    return different;
  }

  private static boolean same(Rows wanted, int row, Rows known, int knownRow, boolean nullKeeps) {
    for (int i = 0; i < wanted.columns().size(); i++) {
      boolean saysNothing = nullKeeps && wanted.isNull(i, row);
      if (!saysNothing && !wanted.sameCell(i, row, known, i, knownRow)) {
        return false;
      }
    }
    return true;
  }

  private static Position keyOf(Rows rows, int row) {
    return Objects.requireNonNull(rows.keyAt(row));
  }
}
