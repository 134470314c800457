package org.tributary.store.plot;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.tributary.store.Engine;
import org.tributary.store.report.Query;

/**
 * What a type of sensor measures.
 *
 * @param name as central calls it, or its number where nobody has named it
 * @param unit as central spells it; empty for what has none
 */
public record SensorKind(long type, String name, String unit) {

  public SensorKind {
    requireNonNull(name);
    requireNonNull(unit);
  }

  /** The unit as people write it: {@code °C} for what the original calls {@code deg.C}. */
  public String sign() {
    return unit.replace("deg.C", "°C").replace("Lux", "lx");
  }

  /** All of them, by id. */
  static Map<Long, SensorKind> all(Connection connection, Engine engine) throws SQLException {
    Map<Long, SensorKind> kinds = new TreeMap<>();
    new Query(engine, "SELECT @id, @name, @units FROM @SensorType")
        .all(
            connection,
            row ->
                new SensorKind(
                    row.number(1),
                    row.text(2).filter(name -> !name.isBlank()).orElse("Type " + row.number(1)),
                    row.text(3).orElse("").strip()))
        .forEach(kind -> kinds.put(kind.type(), kind));
    return kinds;
  }

  /** One of which nothing but its number is known. */
  static SensorKind nameless(long type) {
    return new SensorKind(type, "Type " + type, "");
  }
}
