package org.tributary.cli.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.store.SourceDatabase;
import org.tributary.store.StoreException;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * What the location ids of one database stand for: deployment, address, room type and room. These
 * are the same at both ends where the ids differ.
 */
final class LocationNames {

  private final Map<Long, List<Optional<String>>> names = new HashMap<>();

  private LocationNames() {}

  static LocationNames of(SourceDatabase database) throws StoreException {
    Map<Long, Map<String, @Nullable Object>> deployments = byId(database, Tables.DEPLOYMENT);
    Map<Long, Map<String, @Nullable Object>> houses = byId(database, Tables.HOUSE);
    Map<Long, Map<String, @Nullable Object>> types = byId(database, Tables.ROOM_TYPE);
    Map<Long, Map<String, @Nullable Object>> rooms = byId(database, Tables.ROOM);
    LocationNames all = new LocationNames();
    byId(database, Tables.LOCATION)
        .forEach(
            (id, location) -> {
              Map<String, @Nullable Object> house = parent(houses, location.get("houseId"));
              Map<String, @Nullable Object> room = parent(rooms, location.get("roomId"));
              all.names.put(
                  id,
                  List.of(
                      text(parent(deployments, house.get("deploymentId")).get("name")),
                      text(house.get("address")),
                      text(parent(types, room.get("roomTypeId")).get("name")),
                      text(room.get("name"))));
            });
    return all;
  }

  /** The names behind an id; none if it stands for nothing. */
  List<Optional<String>> of(long id) {
    return names.getOrDefault(id, List.of());
  }

  private static Map<Long, Map<String, @Nullable Object>> byId(SourceDatabase database, Table table)
      throws StoreException {
    Rows rows = database.readAll(table).rows();
    Map<Long, Map<String, @Nullable Object>> found = new HashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      found.put(rows.longAt(rows.indexOf(Table.ID), row), rows.row(row));
    }
    return found;
  }

  private static Map<String, @Nullable Object> parent(
      Map<Long, Map<String, @Nullable Object>> parents, @Nullable Object id) {
    Map<String, @Nullable Object> found = id instanceof Long known ? parents.get(known) : null;
    return found == null ? Map.of() : found;
  }

  private static Optional<String> text(@Nullable Object value) {
    return Optional.ofNullable((String) value);
  }
}
