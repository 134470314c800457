package org.tributary.store.rest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.wire.Column;
import org.tributary.wire.Table;
import org.tributary.wire.rest.RestTable;
import org.tributary.wire.rest.RestTables;

/**
 * What rows refer to, asked before the database refuses, so that the answer can say which member
 * and which row. Stateless; runs in its caller's transaction.
 */
final class References {

  private final Engine engine;

  References(Engine engine) {
    this.engine = engine;
  }

  /** Says so if a row would refer to one that is not there. */
  Optional<Outcome.Refused> dangling(Connection connection, Map<Column, @Nullable Object> row)
      throws SQLException {
    for (Map.Entry<Column, @Nullable Object> cell : row.entrySet()) {
      Column column = cell.getKey();
      if (cell.getValue() == null || column.references().isEmpty()) {
        continue;
      }
      String parent = column.references().get();
      Clause select =
          new Clause(engine).add("SELECT 1 FROM ").name(parent).add(" WHERE ").name(Table.ID);
      if (!isAny(connection, select.add(" = ").value(column, cell.getValue()))) {
        return Optional.of(
            Outcome.refused(
                Outcome.Reason.DANGLING,
                column.name(),
                "There is no %s %s".formatted(parent, cell.getValue())));
      }
    }
    return Optional.empty();
  }

  /**
   * Says so if rows refer to that one.
   *
   * @param besides a table whose rows are not looked at
   */
  Optional<Outcome.Refused> inUse(
      Connection connection, RestTable table, long id, Optional<RestTable> besides)
      throws SQLException {
    for (RestTable child : RestTables.ALL) {
      for (Column column : child.columns()) {
        boolean refers = column.references().filter(table.table().name()::equals).isPresent();
        if (!refers || besides.filter(child::equals).isPresent()) {
          continue;
        }
        Clause select = new Clause(engine).add("SELECT 1 FROM ").name(child.table().name());
        select.add(" WHERE ").name(column.name()).add(" = ").value(column, id).add(" LIMIT 1");
        if (isAny(connection, select)) {
          return Optional.of(
              Outcome.refused(
                  Outcome.Reason.IN_USE,
                  "%s %d is in use: rows of %s have it as their %s"
                      .formatted(table, id, child, column.name())));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isAny(Connection connection, Clause select) throws SQLException {
    try (PreparedStatement statement = select.prepare(connection);
        ResultSet found = statement.executeQuery()) {
      return found.next();
    }
  }
}
