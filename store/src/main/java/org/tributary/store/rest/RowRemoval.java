package org.tributary.store.rest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.store.Engine;
import org.tributary.store.StaleWindows;
import org.tributary.store.ingest.MappedRows;
import org.tributary.wire.Column;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.rest.RestTable;
import org.tributary.wire.rest.RestTables;

/** Deletes single rows. Stateless; runs in its caller's transaction. */
final class RowRemoval {

  private static final Column LOCATION_ID = RestTables.NODE.table().require("locationId");
  private static final Column HOUSE_ID = RestTables.LOCATION.table().require("houseId");

  private final Engine engine;
  private final References references;
  private final MappedRows mapped;

  RowRemoval(Engine engine, References references, MappedRows mapped) {
    this.engine = engine;
    this.references = references;
    this.mapped = mapped;
  }

  Outcome delete(Connection connection, RestTable table, long id) throws SQLException {
    mapped.lock(connection);
    if (ids(connection, table, table.key().get(0), id).isEmpty()) {
      return Outcome.refused(Outcome.Reason.NOT_THERE, "There is no %s %d".formatted(table, id));
    }
    boolean isHouse = table.equals(RestTables.HOUSE);
    Optional<Outcome.Refused> inUse =
        references.inUse(
            connection, table, id, isHouse ? Optional.of(RestTables.LOCATION) : Optional.empty());
    if (inUse.isPresent()) {
      return inUse.get();
    }
    if (isHouse) {
      clear(connection, id);
    }
    remove(connection, table, id);
    return new Outcome.Done(Rows.none(table.table()));
  }

  /** Takes everything out of a house: what is in it stays, without a location. */
  private void clear(Connection connection, long house) throws SQLException {
    for (long location : ids(connection, RestTables.LOCATION, HOUSE_ID, house)) {
      for (long node : ids(connection, RestTables.NODE, LOCATION_ID, location)) {
        mapped.forget(connection, RestTables.NODE.table(), node);
      }
      for (RestTable table : List.of(RestTables.NODE, RestTables.READING)) {
        run(
            connection,
            new Clause(engine)
                .add("UPDATE ")
                .name(table.table().name())
                .add(" SET ")
                .name(LOCATION_ID.name())
                .add(" = NULL WHERE ")
                .name(LOCATION_ID.name())
                .add(" = ")
                .value(LOCATION_ID, location));
      }
      StaleWindows.markPlace(connection, RestTables.READING.table(), location);
      remove(connection, RestTables.LOCATION, location);
    }
  }

  private void remove(Connection connection, RestTable table, long id) throws SQLException {
    mapped.forget(connection, table.table(), id);
    Clause delete = new Clause(engine).add("DELETE FROM ").name(table.table().name());
    run(connection, delete.add(" WHERE ").name(Table.ID).add(" = ").value(table.key().get(0), id));
  }

  private List<Long> ids(Connection connection, RestTable table, Column column, long value)
      throws SQLException {
    Clause select = new Clause(engine).add("SELECT ").name(Table.ID).add(" FROM ");
    select.name(table.table().name()).add(" WHERE ").name(column.name()).add(" = ");
    select.value(column, value).add(engine.forUpdate());
    List<Long> ids = new ArrayList<>();
    try (PreparedStatement statement = select.prepare(connection);
        ResultSet found = statement.executeQuery()) {
      while (found.next()) {
        ids.add(found.getLong(1));
      }
    }
    return ids;
  }

  private static void run(Connection connection, Clause change) throws SQLException {
    try (PreparedStatement statement = change.prepare(connection)) {
      statement.executeUpdate();
    }
  }
}
