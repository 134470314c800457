package org.tributary.store.export;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tributary.store.Database;
import org.tributary.store.StoreException;
import org.tributary.store.report.Query;

/**
 * What people call that which readings refer to by ids. Immutable.
 *
 * @param rooms the room of each of the house's locations; empty where it has no name
 * @param sensors what each type of sensor measures
 */
public record Names(SortedMap<Long, String> rooms, SortedMap<Long, SensorName> sensors) {

  private static final SensorName NAMELESS = new SensorName("", "");

  public Names {
    rooms = Collections.unmodifiableSortedMap(new TreeMap<>(rooms));
    sensors = Collections.unmodifiableSortedMap(new TreeMap<>(sensors));
  }

  /** What a type of sensor measures, and in which unit. */
  public record SensorName(String name, String unit) {
    public SensorName {
      requireNonNull(name);
      requireNonNull(unit);
    }
  }

  /** The names of a house's rooms and of all types of sensors. */
  public static Names of(Database database, long house) throws StoreException {
    record Named<T>(long id, T name) {}
    return database.read(
        connection -> {
          SortedMap<Long, String> rooms = new TreeMap<>();
          List<Named<String>> places =
              new Query(
                      database.engine(),
                      """
                      SELECT l.@id, r.@name
                      FROM @Location l
                      LEFT JOIN @Room r ON r.@id = l.@roomId
                      WHERE l.@houseId = ?
                      """)
                  .with(house)
                  .all(connection, row -> new Named<>(row.number(1), row.text(2).orElse("")));
          places.forEach(each -> rooms.put(each.id(), each.name()));
          SortedMap<Long, SensorName> sensors = new TreeMap<>();
          List<Named<SensorName>> types =
              new ArrayList<>(
                  new Query(database.engine(), "SELECT @id, @name, @units FROM @SensorType")
                      .all(
                          connection,
                          row ->
                              new Named<>(
                                  row.number(1),
                                  new SensorName(row.text(2).orElse(""), row.text(3).orElse("")))));
          types.forEach(each -> sensors.put(each.id(), each.name()));
          return new Names(rooms, sensors);
        });
  }

  /** The room of a location, or an empty text. */
  public String room(long location) {
    return rooms.getOrDefault(location, "");
  }

  /** What a type of sensor measures; empty texts if nobody has said so. */
  public SensorName sensor(long type) {
    return sensors.getOrDefault(type, NAMELESS);
  }

  /** The same with those types of sensors only. */
  public Names ofTypes(Iterable<Long> types) {
    SortedMap<Long, SensorName> some = new TreeMap<>();
    for (long type : types) {
      some.put(type, sensor(type));
    }
    return new Names(rooms, some);
  }

  /** What these say as maps, for JSON: {@code rooms} by location, {@code sensors} by type. */
  public Map<String, Object> json() {
    SortedMap<String, Object> roomTexts = new TreeMap<>();
    rooms.forEach((id, room) -> roomTexts.put(Long.toString(id), room));
    SortedMap<String, Object> sensorTexts = new TreeMap<>();
    sensors.forEach(
        (id, sensor) ->
            sensorTexts.put(
                Long.toString(id), Map.of("name", sensor.name(), "unit", sensor.unit())));
    SortedMap<String, Object> json = new TreeMap<>();
    json.put("rooms", roomTexts);
    json.put("sensors", sensorTexts);
    return json;
  }
}
