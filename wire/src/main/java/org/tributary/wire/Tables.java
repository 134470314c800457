package org.tributary.wire;

import static org.tributary.wire.Column.bool;
import static org.tributary.wire.Column.integer;
import static org.tributary.wire.Column.real;
import static org.tributary.wire.Column.reference;
import static org.tributary.wire.Column.text;
import static org.tributary.wire.Column.time;

import java.util.List;
import java.util.Optional;

/**
 * The tables that travel, parents before the tables that refer to them. Names are those of existing
 * Cogent-house databases.
 */
public final class Tables {

  public static final Table SENSOR_TYPE =
      new Table(
          "SensorType",
          List.of(
              integer("id"),
              text("name"),
              text("code"),
              text("units"),
              real("c0"),
              real("c1"),
              real("c2"),
              real("c3")),
          Identity.GLOBAL_ID,
          List.of("id"),
          List.of("name", "code", "units"),
          Authority.CENTRAL);

  public static final Table NODE_TYPE =
      new Table(
          "NodeType",
          List.of(
              integer("id"),
              text("name"),
              time("time"),
              integer("seq"),
              integer("updated_seq"),
              integer("period"),
              bool("blink"),
              text("configured")),
          Identity.GLOBAL_ID,
          List.of("id"),
          List.of("name"),
          Authority.CENTRAL);

  public static final Table ROOM_TYPE =
      new Table(
          "RoomType",
          List.of(text("name")),
          Identity.NATURAL_KEY,
          List.of("name"),
          List.of(),
          Authority.CENTRAL);

  public static final Table ROOM =
      new Table(
          "Room",
          List.of(reference("roomTypeId", ROOM_TYPE), text("name")),
          Identity.NATURAL_KEY,
          List.of("roomTypeId", "name"),
          List.of(),
          Authority.CENTRAL);

  public static final Table DEPLOYMENT =
      new Table(
          "Deployment",
          List.of(text("name"), text("description"), time("startDate"), time("endDate")),
          Identity.NATURAL_KEY,
          List.of("name"),
          List.of(),
          Authority.CENTRAL);

  public static final Table HOUSE =
      new Table(
          "House",
          List.of(
              reference("deploymentId", DEPLOYMENT),
              text("address"),
              time("startDate"),
              time("endDate")),
          Identity.NATURAL_KEY,
          List.of("deploymentId", "address"),
          List.of(),
          Authority.CENTRAL);

  public static final Table LOCATION =
      new Table(
          "Location",
          List.of(reference("houseId", HOUSE), reference("roomId", ROOM)),
          Identity.NATURAL_KEY,
          List.of("houseId", "roomId"),
          List.of(),
          Authority.GATEWAY);

  public static final Table NODE =
      new Table(
          "Node",
          List.of(
              integer("id"), reference("locationId", LOCATION), reference("nodeTypeId", NODE_TYPE)),
          Identity.GLOBAL_ID,
          List.of("id"),
          List.of(),
          Authority.GATEWAY);

  public static final Table SENSOR =
      new Table(
          "Sensor",
          List.of(
              reference("sensorTypeId", SENSOR_TYPE),
              reference("nodeId", NODE),
              real("calibrationSlope"),
              real("calibrationOffset")),
          Identity.NATURAL_KEY,
          List.of("nodeId", "sensorTypeId"),
          List.of(),
          Authority.GATEWAY);

  public static final Table NODE_STATE =
      new Table(
          "NodeState",
          List.of(
              time("time"),
              reference("nodeId", NODE),
              integer("parent"),
              integer("localtime"),
              integer("seq_num"),
              integer("rssi")),
          Identity.SERIES,
          List.of("time", "nodeId", "seq_num"),
          List.of(),
          Authority.GATEWAY);

  public static final Table READING =
      new Table(
          "Reading",
          List.of(
              time("time"),
              reference("nodeId", NODE),
              reference("type", SENSOR_TYPE),
              reference("locationId", LOCATION),
              real("value")),
          Identity.SERIES,
          List.of("time", "nodeId", "type"),
          List.of(),
          Authority.GATEWAY);

  /** Every table that travels, parents first. */
  public static final List<Table> ALL =
      List.of(
          SENSOR_TYPE,
          NODE_TYPE,
          ROOM_TYPE,
          ROOM,
          DEPLOYMENT,
          HOUSE,
          LOCATION,
          NODE,
          SENSOR,
          NODE_STATE,
          READING);

  private Tables() {}

  /** The table of that name, in the database's spelling, or empty. */
  public static Optional<Table> named(String name) {
    return ALL.stream().filter(table -> table.name().equals(name)).findFirst();
  }
}
