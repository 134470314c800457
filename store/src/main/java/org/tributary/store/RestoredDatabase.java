package org.tributary.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Column;
import org.tributary.wire.Identity;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * A gateway's new database while it is filled with what the one before held. It adds and never
 * changes: a row that is there already stays as it is. Each call is one transaction, so that a kill
 * between any two leaves something to go on with. Thread-safe.
 */
public final class RestoredDatabase implements AutoCloseable {

  private final Database database;

  private RestoredDatabase(Database database) {
    this.database = database;
  }

  /**
   * What became of rows.
   *
   * @param added that were not there
   * @param same that were there already
   * @param others whose key is there with other values, which stay
   * @param refused that this database does not take
   */
  public record Taken(long added, long same, long others, long refused) {

    public static final Taken NOTHING = new Taken(0, 0, 0, 0);

    public Taken plus(Taken other) {
      return new Taken(
          added + other.added, same + other.same, others + other.others, refused + other.refused);
    }
  }

  /**
   * Opens it; its tables are made if there are none.
   *
   * @throws StoreException if it can't be used, or has tables that another program made
   */
  public static RestoredDatabase open(DatabaseUrl url) throws StoreException {
    refuseSomebodyElses(url);
    Database database = Database.open(url, Access.DURABLE);
    try {
      Schema.upgrade(database);
    } catch (StoreException e) {
      database.close();
      throw e;
    }
    return new RestoredDatabase(database);
  }

  /**
   * Looks whether it may be filled; nothing is made.
   *
   * @throws StoreException if it has tables that another program made
   */
  public static void refuseSomebodyElses(DatabaseUrl url) throws StoreException {
    if (TargetDatabase.isSomebodyElses(url)) {
      throw new StoreException(
          Trouble.OTHER,
          url.printable()
              + " has tables that another program made. restore fills a database of its own making:"
              + " let localurl name one that is not there yet, or an empty one");
    }
  }

  /**
   * Brings in the tables that travel whole, all of them or none. Where they are there already,
   * nothing is done: it goes on where it was.
   *
   * @param tables parents first
   * @return what else stands there, in words, if that is why nothing was brought in
   */
  public Optional<String> fill(List<Rows> tables) throws StoreException {
    return database.write(
        connection -> {
          if (!isUntouched(connection)) {
            return stranger(connection, tables);
          }
          // What every new database begins with may have had other ids at this gateway.
          for (int i = tables.size() - 1; i >= 0; i--) {
            empty(connection, tables.get(i).table());
          }
          for (Rows rows : tables) {
            insert(connection, rows);
          }
          database
              .engine()
              .resumeIds(
                  connection,
                  tables.stream()
                      .map(Rows::table)
                      .filter(table -> table.identity() == Identity.NATURAL_KEY)
                      .map(Table::name)
                      .toList());
          return Optional.empty();
        });
  }

  /** Whether there is nothing but what every new database begins with. */
  private boolean isUntouched(Connection connection) throws SQLException {
    for (Table table : Tables.ALL) {
      if (table.isSeries()) {
        if (hasRows(connection, table)) {
          return false;
        }
        continue;
      }
      Map<Object, Map<String, @Nullable Object>> seeds =
          Schema.isSeeded(table) ? byId(Schema.seeds(table)) : Map.of();
      for (Map.Entry<Object, Map<String, @Nullable Object>> each :
          byId(all(connection, table)).entrySet()) {
        if (!each.getValue().equals(seeds.get(each.getKey()))) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean hasRows(Connection connection, Table table) throws SQLException {
    String sql = "SELECT 1 FROM %s LIMIT 1".formatted(database.engine().quote(table.name()));
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet found = select.executeQuery()) {
      return found.next();
    }
  }

  /** The first of these rows that is not there; what is there besides came later. */
  private Optional<String> stranger(Connection connection, List<Rows> tables) throws SQLException {
    for (Rows rows : tables) {
      Table table = rows.table();
      Map<Object, Map<String, @Nullable Object>> here = byId(all(connection, table));
      for (Map.Entry<Object, Map<String, @Nullable Object>> each : byId(rows).entrySet()) {
        Map<String, @Nullable Object> its = here.get(each.getKey());
        if (its == null) {
          return Optional.of(
              "it has rows, but not this gateway's %s %s (%s)"
                  .formatted(table, each.getKey(), words(table, each.getValue())));
        }
        if (!telling(table, its).equals(telling(table, each.getValue()))) {
          return Optional.of(
              "its %s %s is %s, this gateway's is %s"
                  .formatted(
                      table, each.getKey(), words(table, its), words(table, each.getValue())));
        }
      }
    }
    return Optional.empty();
  }

  /** The cells by which a row is known to be the same thing. */
  private static Map<String, @Nullable Object> telling(
      Table table, Map<String, @Nullable Object> row) {
    Map<String, @Nullable Object> cells = new LinkedHashMap<>();
    table.key().forEach(column -> cells.put(column, row.get(column)));
    table.meaning().forEach(column -> cells.put(column, row.get(column)));
    return cells;
  }

  private static String words(Table table, Map<String, @Nullable Object> row) {
    return String.join(
        ", ",
        telling(table, row).entrySet().stream()
            .map(cell -> cell.getKey() + " " + cell.getValue())
            .toList());
  }

  private Rows all(Connection connection, Table table) throws SQLException {
    List<Column> columns = table.travelling();
    TableSql sql = new TableSql(database.engine(), table);
    String select =
        "SELECT %s FROM %s ORDER BY %s"
            .formatted(sql.names(columns), sql.name(), sql.quote(Table.ID));
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      return new OwnRows(database.engine(), table, columns).read(statement);
    }
  }

  private static Map<Object, Map<String, @Nullable Object>> byId(Rows rows) {
    Map<Object, Map<String, @Nullable Object>> all = new LinkedHashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      all.put(Objects.requireNonNull(rows.value(Table.ID, row)), rows.row(row));
    }
    return all;
  }

  private void empty(Connection connection, Table table) throws SQLException {
    try (Statement delete = connection.createStatement()) {
      delete.executeUpdate("DELETE FROM " + database.engine().quote(table.name()));
    }
  }

  private void insert(Connection connection, Rows rows) throws SQLException {
    TableWriter writer = new TableWriter(database.engine(), rows.table());
    for (int row = 0; row < rows.size(); row++) {
      Map<Column, @Nullable Object> cells = new LinkedHashMap<>();
      for (Column column : rows.columns()) {
        cells.put(column, rows.value(column.name(), row));
      }
      writer.insert(connection, cells);
    }
  }

  /** Adds rows of a series. */
  public Taken take(Rows rows) throws StoreException {
    if (rows.isEmpty()) {
      return Taken.NOTHING;
    }
    try {
      return database.write(connection -> take(connection, rows));
    } catch (StoreException e) {
      if (e.trouble() != Trouble.DATA) {
        throw e;
      }
      if (rows.size() == 1) {
        return new Taken(0, 0, 0, 1);
      }
      int half = rows.size() / 2; // one of them is it; the others are not to suffer for it
      return take(rows.slice(0, half)).plus(take(rows.slice(half, rows.size())));
    }
  }

  private Taken take(Connection connection, Rows rows) throws SQLException {
    int added = new TableWriter(database.engine(), rows.table()).insertNew(connection, rows);
    if (added == rows.size()) {
      return new Taken(added, 0, 0, 0);
    }
    KnownRows known = KnownRows.of(connection, new TableSql(database.engine(), rows.table()), rows);
    long same = -added;
    long others = 0;
    long refused = 0;
    for (int row = 0; row < rows.size(); row++) {
      int entry = known.find(rows, row);
      if (entry < 0) {
        refused++;
      } else if (isSame(rows, row, known.rows(entry), known.row(entry))) {
        same++;
      } else {
        others++;
      }
    }
    return new Taken(added, same, others, refused);
  }

  private static boolean isSame(Rows wanted, int row, Rows there, int its) {
    for (int i = 0; i < wanted.columns().size(); i++) {
      if (!wanted.sameCell(i, row, there, i, its)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    database.close();
  }
}
