package org.tributary.store.upgrade;

import static org.tributary.store.upgrade.FreshTable.named;

import java.util.List;
import java.util.Optional;

/**
 * The tables of a fresh installation of the original programs' latest revision. {@code
 * HouseMetadata} and {@code UploadURL} are not among them: newer programs have no use for them, and
 * where they are, they stay.
 */
final class LatestSchema {

  /** Parents first; houses and servers refer to each other by way of nodes. */
  static final List<FreshTable> TABLES =
      List.of(
          named("Deployment")
              .countedId()
              .text("name", 255)
              .text("description", 255)
              .time("startDate", "endDate")
              .table(),
          named("DeploymentMetadata")
              .countedId()
              .link("deploymentId", "Deployment")
              .text("name", 255)
              .text("description", 255)
              .text("units", 255)
              .real("value")
              .table(),
          named("House")
              .countedId()
              .link("deploymentId", "Deployment")
              .text("address", 255)
              .time("startDate", "endDate")
              .link("serverid", "Server")
              .table(),
          named("RoomType").countedId().text("name", 20).table(),
          named("Room").countedId().link("roomTypeId", "RoomType").text("name", 20).table(),
          named("Location")
              .countedId()
              .link("houseId", "House")
              .link("roomId", "Room")
              .unique("houseId", "roomId")
              .table(),
          named("NodeType")
              .givenId()
              .text("name", 20)
              .time("time")
              .integer("seq", "updated_seq", "period")
              .bool("blink")
              .text("configured", 10)
              .table(),
          named("Node")
              .givenId()
              .link("locationId", "Location")
              .link("nodeTypeId", "NodeType")
              .table(),
          named("NodeLocation")
              .link("LocationId", "Location")
              .link("nodeId", "Node")
              .index("LocationId")
              .index("nodeId")
              .table(),
          named("NodeHistory")
              .link("nodeId", "Node")
              .time("startDate", "endDate")
              .text("houseAddress", 255)
              .text("roomType", 255)
              .text("roomName", 255)
              .key("nodeId", "startDate")
              .table(),
          named("NodeState")
              .time("time")
              .link("nodeId", "Node")
              .integer("parent")
              .whole("localtime")
              .integer("seq_num", "rssi")
              .key("time", "nodeId", "seq_num")
              .index("nodeId")
              .index("seq_num")
              .index("time")
              .index("time", "nodeId", "localtime")
              .table(),
          named("NodeBoot")
              .time("time")
              .link("nodeId", "Node")
              .bool("clustered")
              .text("version", 20)
              .key("time", "nodeId")
              .index("nodeId")
              .table(),
          named("SensorType")
              .givenId()
              .text("name", 255)
              .text("code", 50)
              .text("units", 20)
              .real("c0", "c1", "c2", "c3")
              .table(),
          named("Sensor")
              .countedId()
              .link("sensorTypeId", "SensorType")
              .link("nodeId", "Node")
              .real("calibrationSlope", "calibrationOffset")
              .table(),
          named("Reading")
              .time("time")
              .link("nodeId", "Node")
              .link("type", "SensorType")
              .link("locationId", "Location")
              .real("value")
              .key("time", "nodeId", "type")
              .index("nodeId")
              .index("type")
              .index("locationId")
              .table(),
          named("Occupier")
              .countedId()
              .link("houseId", "House")
              .text("name", 255)
              .text("contactNumber", 20)
              .time("startDate", "endDate")
              .table(),
          named("Event")
              .countedId()
              .link("houseId", "House")
              .text("name", 50)
              .text("description", 255)
              .time("time")
              .table(),
          named("Server")
              .countedId()
              .text("hostname", 255)
              .link("baseid", "Node")
              .integer("rpc")
              .table(),
          named("Pushstatus")
              .countedId()
              .time("time", "localtime")
              .text("hostname", 25)
              .text("version", 20)
              .table(),
          named("Host").countedId().text("hostname", 255).time("lastupdate").table(),
          named("LastReport").text("name", 40).text("value", 4096).key("name").table(),
          named("RawMessage").givenId().time("time").text("pickedObject", 400).table(),
          named("Timings")
              .countedId()
              .longTexts("text", "function", "args", "kwargs")
              .real("time")
              .table(),
          named("User")
              .countedId()
              .text("username", 256)
              .text("email", 256)
              .text("password", 256)
              .text("level", 32)
              .table(),
          named("Weather")
              .time("time")
              .real("outTemp", "outHum", "dew", "gust", "wSpeed", "wDir", "wChill")
              .real("apparentTemp", "rain", "pressure", "tempIn", "humIn")
              .key("time")
              .table());

  private LatestSchema() {}

  /** Tables whose rows had numbers of their own once. */
  static boolean dropsId(String table) {
    return table.equalsIgnoreCase("Reading") || table.equalsIgnoreCase("NodeState");
  }

  static FreshTable table(String name) {
    return find(name).orElseThrow();
  }

  static Optional<FreshTable> find(String name) {
    return TABLES.stream().filter(table -> table.name().equalsIgnoreCase(name)).findFirst();
  }
}
