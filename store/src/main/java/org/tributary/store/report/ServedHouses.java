package org.tributary.store.report;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Database;
import org.tributary.store.StoreException;
import org.tributary.wire.Column;
import org.tributary.wire.rest.RestTable;
import org.tributary.wire.rest.RestTables;

/** The houses that a gateway serves now, by its host name, with their locations and nodes. */
public record ServedHouses(Database database, Clock clock) {

  /** Rows by column, under their table's label. */
  public record Served(
      List<Map<String, @Nullable Object>> houses,
      List<Map<String, @Nullable Object>> locations,
      List<Map<String, @Nullable Object>> nodes) {}

  /** Empty for a host name that is not known; capitals count for nothing. */
  public Optional<Served> by(String hostname) throws StoreException {
    return database.read(
        connection -> {
          List<Long> servers = new ArrayList<>();
          for (Named server : servers(connection)) {
            if (server.name().equalsIgnoreCase(hostname)) {
              servers.add(server.id());
            }
          }
          return servers.isEmpty() ? Optional.empty() : Optional.of(served(connection, servers));
        });
  }

  private record Named(long id, String name) {}

  private List<Named> servers(Connection connection) throws SQLException {
    return new Query(database.engine(), "SELECT @id, @hostname FROM @Server ORDER BY @id")
        .all(connection, row -> new Named(row.number(1), row.text(2).orElse("")));
  }

  private Served served(Connection connection, List<Long> servers) throws SQLException {
    Instant now = clock.instant();
    Served served = new Served(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (long server : servers) {
      String current = "@serverid = ? AND (@endDate IS NULL OR @endDate > ?)";
      for (var house : rows(connection, RestTables.HOUSE, current, server, now)) {
        served.houses().add(house);
        for (var location : rows(connection, RestTables.LOCATION, "@houseId = ?", id(house))) {
          served.locations().add(location);
          served.nodes().addAll(rows(connection, RestTables.NODE, "@locationId = ?", id(location)));
        }
      }
    }
    return served;
  }

  private static Object id(Map<String, @Nullable Object> row) {
    return Objects.requireNonNull(row.get("id"));
  }

  private List<Map<String, @Nullable Object>> rows(
      Connection connection, RestTable table, String condition, Object... parameters)
      throws SQLException {
    String columns =
        String.join(", ", table.columns().stream().map(column -> "@" + column.name()).toList());
    Query query =
        new Query(
            database.engine(),
            "SELECT %s FROM @%s WHERE %s ORDER BY @id"
                .formatted(columns, table.table().name(), condition));
    for (Object parameter : parameters) {
      query.with(parameter);
    }
    return query.all(connection, row -> row(table, row));
  }

  private static Map<String, @Nullable Object> row(RestTable table, Query.Row row)
      throws SQLException {
    Map<String, @Nullable Object> cells = new LinkedHashMap<>();
    cells.put(RestTable.LABEL, table.label());
    int index = 1;
    for (Column column : table.columns()) {
      Optional<?> cell =
          switch (column.type()) {
            case INTEGER -> row.maybeNumber(index);
            case TIME -> row.maybeTime(index);
            case TEXT -> row.text(index);
            case REAL -> row.maybeReal(index);
            case BOOLEAN -> row.maybeNumber(index).map(bit -> bit != 0);
          };
      cells.put(column.name(), cell.orElse(null));
      index++;
    }
    return cells;
  }
}
