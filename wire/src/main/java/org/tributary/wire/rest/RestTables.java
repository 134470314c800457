package org.tributary.wire.rest;

import static org.tributary.wire.ColumnType.BOOLEAN;
import static org.tributary.wire.ColumnType.INTEGER;
import static org.tributary.wire.ColumnType.TEXT;
import static org.tributary.wire.ColumnType.TIME;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tributary.wire.Authority;
import org.tributary.wire.Column;
import org.tributary.wire.ColumnType;
import org.tributary.wire.Identity;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** The tables of the REST interface, parents before the tables that refer to them. */
public final class RestTables {

  public static final RestTable SENSOR_TYPE = same(Tables.SENSOR_TYPE);

  /** Labelled in lower case, as the original does. */
  public static final RestTable NODE_TYPE = new RestTable(Tables.NODE_TYPE, "nodetype");

  public static final RestTable ROOM_TYPE = same(Tables.ROOM_TYPE);
  public static final RestTable ROOM = same(Tables.ROOM);
  public static final RestTable DEPLOYMENT = same(Tables.DEPLOYMENT);

  /** Programs that serve a house: each gateway that has ever reported is one. */
  public static final RestTable SERVER =
      only(
          "Server",
          List.of("hostname"),
          column("hostname", TEXT),
          column("baseid", INTEGER, Tables.NODE.name()),
          column("rpc", INTEGER));

  public static final RestTable HOUSE =
      same(with(Tables.HOUSE, column("serverid", INTEGER, "Server")));

  public static final RestTable LOCATION = same(Tables.LOCATION);
  public static final RestTable NODE = same(Tables.NODE);
  public static final RestTable SENSOR = same(Tables.SENSOR);

  public static final RestTable OCCUPIER =
      only(
          "Occupier",
          List.of("houseId", "name"),
          column("houseId", INTEGER, Tables.HOUSE.name()),
          column("name", TEXT),
          column("contactNumber", TEXT),
          column("startDate", TIME),
          column("endDate", TIME));

  public static final RestTable EVENT =
      only(
          "Event",
          List.of("houseId", "name", "time"),
          column("houseId", INTEGER, Tables.HOUSE.name()),
          column("name", TEXT),
          column("description", TEXT),
          column("time", TIME));

  /** What gateways say of themselves before they push. */
  public static final RestTable PUSH_STATUS =
      only(
          "Pushstatus",
          List.of("hostname", "time"),
          column("time", TIME),
          column("localtime", TIME),
          column("hostname", TEXT),
          column("version", TEXT));

  public static final RestTable NODE_BOOT =
      same(
          new Table(
              "NodeBoot",
              List.of(
                  column("time", TIME),
                  column("nodeId", INTEGER, Tables.NODE.name()),
                  column("clustered", BOOLEAN),
                  column("version", TEXT)),
              Identity.SERIES,
              List.of("time", "nodeId"),
              List.of(),
              Authority.GATEWAY));

  public static final RestTable NODE_STATE = same(Tables.NODE_STATE);
  public static final RestTable READING = same(Tables.READING);

  /** Every table of the interface, parents first. */
  public static final List<RestTable> ALL =
      List.of(
          SENSOR_TYPE,
          NODE_TYPE,
          ROOM_TYPE,
          ROOM,
          DEPLOYMENT,
          SERVER,
          HOUSE,
          LOCATION,
          NODE,
          SENSOR,
          OCCUPIER,
          EVENT,
          PUSH_STATUS,
          NODE_BOOT,
          NODE_STATE,
          READING);

  private RestTables() {}

  /** The table of that name, in any spelling, or empty. */
  public static Optional<RestTable> named(String name) {
    String path = name.toLowerCase(Locale.ROOT);
    return ALL.stream().filter(table -> table.path().equals(path)).findFirst();
  }

  private static RestTable same(Table table) {
    return new RestTable(table, table.name());
  }

  /** A table that the REST interface has and that does not travel between databases. */
  private static RestTable only(String name, List<String> key, Column... columns) {
    return same(
        new Table(name, List.of(columns), Identity.NATURAL_KEY, key, List.of(), Authority.CENTRAL));
  }

  private static Table with(Table table, Column more) {
    List<Column> columns = new ArrayList<>(table.columns());
    columns.add(more);
    return new Table(
        table.name(), columns, table.identity(), table.key(), table.meaning(), table.authority());
  }

  private static Column column(String name, ColumnType type) {
    return new Column(name, type, Optional.empty());
  }

  private static Column column(String name, ColumnType type, String references) {
    return new Column(name, type, Optional.of(references));
  }
}
