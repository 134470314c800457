package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.store.TableWriter;
import org.tributary.store.Trouble;
import org.tributary.wire.CentralId;
import org.tributary.wire.Column;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** Central's rows of one table, in one transaction. */
final class CentralTable {
  private final Engine engine;
  private final Connection connection;
  private final Table table;
  private final TableWriter writer;

  CentralTable(Engine engine, Connection connection, Table table) {
    this.engine = engine;
    this.connection = connection;
    this.table = table;
    this.writer = new TableWriter(engine, table);
  }

  /** The row with that id; empty if there is none. */
  Map<String, @Nullable Object> row(CentralId id) throws SQLException {
    return writer.byId(connection, id.value());
  }

  /** The rows with these ids, as far as there are any. */
  Map<Long, Map<String, @Nullable Object>> rows(List<Long> ids) throws SQLException {
    return writer.byIds(connection, ids);
  }

  /** The rows with that key; none if it lacks a name. */
  List<CentralId> with(NaturalKey key) throws SQLException {
    return key.nameless().isPresent()
        ? List.of()
        : writer.find(connection, key.cells()).stream().map(CentralId::new).toList();
  }

  /** The same for many keys, none of which lacks a name; those that no row has are left out. */
  Map<NaturalKey, List<CentralId>> withAll(List<NaturalKey> keys) throws SQLException {
    Map<NaturalKey, List<CentralId>> rows = new HashMap<>();
    writer
        .findAll(connection, keys.stream().map(NaturalKey::cells).toList())
        .forEach(
            (cells, ids) ->
                rows.put(new NaturalKey(cells), ids.stream().map(CentralId::new).toList()));
    return rows;
  }

  /** Inserts rows together; what ids they got is to be found out by their keys. */
  void insertAll(List<Map<Column, @Nullable Object>> rows) throws SQLException {
    writer.insertAll(connection, rows);
  }

  CentralId insert(Map<Column, @Nullable Object> values) throws SQLException {
    return new CentralId(writer.insert(connection, values));
  }

  void update(CentralId id, Map<Column, @Nullable Object> changes) throws SQLException {
    if (!changes.isEmpty()) {
      writer.update(connection, id.value(), changes);
    }
  }

  /** Deletes a row if nothing else needs it; whether it is gone. */
  boolean delete(CentralId id) throws SQLException {
    String sql =
        "DELETE FROM %s WHERE %s = ?".formatted(engine.quote(table.name()), engine.quote(Table.ID));
    Savepoint before = connection.setSavepoint();
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setLong(1, id.value());
      delete.executeUpdate();
      connection.releaseSavepoint(before);
      return true;
    } catch (SQLException e) {
      if (engine.troubleOf(e) != Trouble.DATA) {
        throw e;
      }
      connection.rollback(before);
      return false;
    }
  }

  /**
   * Lets a row make way for another that gets its key, until it has its new one: two locations
   * can't be at one place for even a moment.
   */
  void leaveItsPlace(CentralId id) throws SQLException {
    if (table.equals(Tables.LOCATION)) {
      Map<Column, @Nullable Object> nowhere = new LinkedHashMap<>();
      table.keyColumns().forEach(column -> nowhere.put(column, null));
      update(id, nowhere);
    }
  }
}
