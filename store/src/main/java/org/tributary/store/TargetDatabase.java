package org.tributary.store;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Column;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;

/**
 * A sensor database of ours that rows are put into, as a logger would: the other side of {@link
 * SourceDatabase}. Each call is one transaction. Thread-safe.
 */
public final class TargetDatabase implements AutoCloseable {

  private final Database database;

  public TargetDatabase(DatabaseUrl url) {
    this.database = Database.open(url, Access.WRITE);
  }

  /** Whether tables of somebody else's logger are there already; nothing is opened for writing. */
  public static boolean isSomebodyElses(DatabaseUrl url) throws StoreException {
    if (url.file().isPresent() && !Files.exists(url.file().get())) {
      return false;
    }
    try (Database database = Database.open(url, Access.READ_ONLY)) {
      return Schema.isForeign(database.reflect());
    }
  }

  public DatabaseUrl url() {
    return database.url();
  }

  /** Makes the tables, or brings them to the newest revision. */
  public void upgrade() throws StoreException {
    Schema.upgrade(database);
  }

  /** Whether there is a row with that id. */
  public boolean has(Table table, long id) throws StoreException {
    return database.read(connection -> !writer(table).byId(connection, id).isEmpty());
  }

  /**
   * The id of the row that has the key of these values; a new row if there is none.
   *
   * @param values by column name; those beyond the key count only for a new row
   */
  public long idOf(Table table, Map<String, ? extends @Nullable Object> values)
      throws StoreException {
    return database.write(connection -> idOf(connection, table, values));
  }

  /** Adds rows of several tables, parents first; those whose key is there already stay as is. */
  public void add(List<Rows> tables) throws StoreException {
    database.write(
        connection -> {
          int added = 0;
          for (Rows rows : tables) {
            added += writer(rows.table()).insertNew(connection, rows);
          }
          return added;
        });
  }

  @Override
  public void close() {
    database.close();
  }

  private long idOf(
      Connection connection, Table table, Map<String, ? extends @Nullable Object> values)
      throws SQLException {
    Map<Column, @Nullable Object> key = new LinkedHashMap<>();
    Map<Column, @Nullable Object> row = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      if (values.containsKey(column.name())) {
        row.put(column, values.get(column.name()));
        if (table.key().contains(column.name())) {
          key.put(column, values.get(column.name()));
        }
      }
    }
    TableWriter writer = writer(table);
    List<Long> known = writer.find(connection, key);
    return known.isEmpty() ? writer.insert(connection, row) : known.get(0);
  }

  private TableWriter writer(Table table) {
    return new TableWriter(database.engine(), table);
  }
}
