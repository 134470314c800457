package org.tributary.acceptance.original;

import static org.tributary.acceptance.original.OriginalColumn.Kind.BOOL;
import static org.tributary.acceptance.original.OriginalColumn.Kind.DATE;
import static org.tributary.acceptance.original.OriginalColumn.Kind.FLOAT;
import static org.tributary.acceptance.original.OriginalColumn.Kind.INT;
import static org.tributary.acceptance.original.OriginalColumn.Kind.LONG;
import static org.tributary.acceptance.original.OriginalColumn.Kind.TEXT;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One table of the original: its columns, its key, and its rows. */
final class OriginalTable {

  final String label;
  final List<OriginalColumn> columns;
  final List<String> key;
  final boolean counts;
  final boolean shown;
  final boolean inBulk;
  final Map<List<@Nullable Object>, Map<String, @Nullable Object>> rows = new LinkedHashMap<>();
  private int last;

  private OriginalTable(
      String label,
      boolean shown,
      boolean inBulk,
      boolean counts,
      List<String> key,
      OriginalColumn... columns) {
    this.label = label;
    this.shown = shown;
    this.inBulk = inBulk;
    this.counts = counts;
    this.key = key;
    this.columns = List.of(columns);
  }

  static List<OriginalTable> all() {
    List<String> id = List.of("id");
    return List.of(
        new OriginalTable(
            "SensorType",
            true,
            true,
            false,
            id,
            column("id", INT),
            text("name", 255),
            text("code", 50),
            text("units", 20),
            column("c0", FLOAT),
            column("c1", FLOAT),
            column("c2", FLOAT),
            column("c3", FLOAT)),
        new OriginalTable(
            "nodetype",
            true,
            true,
            false,
            id,
            column("id", INT),
            text("name", 20),
            column("time", DATE),
            column("seq", INT),
            column("updated_seq", INT),
            column("period", INT),
            column("blink", BOOL),
            text("configured", 10)),
        new OriginalTable("RoomType", true, true, true, id, column("id", INT), text("name", 20)),
        new OriginalTable(
            "Room",
            true,
            true,
            true,
            id,
            column("id", INT),
            of("roomTypeId", "RoomType"),
            text("name", 20)),
        new OriginalTable(
            "Deployment",
            true,
            true,
            true,
            id,
            column("id", INT),
            text("name", 255),
            text("description", 255),
            column("startDate", DATE),
            column("endDate", DATE)),
        new OriginalTable(
            "House",
            true,
            true,
            true,
            id,
            column("id", INT),
            of("deploymentId", "Deployment"),
            text("address", 255),
            column("startDate", DATE),
            column("endDate", DATE),
            column("serverid", INT)),
        new OriginalTable(
            "Location",
            true,
            true,
            true,
            id,
            column("id", INT),
            of("houseId", "House"),
            of("roomId", "Room")),
        new OriginalTable(
            "Node",
            true,
            true,
            false,
            id,
            column("id", INT),
            of("locationId", "Location"),
            of("nodeTypeId", "nodetype")),
        new OriginalTable(
            "Sensor",
            false,
            true,
            true,
            id,
            column("id", INT),
            of("sensorTypeId", "SensorType"),
            of("nodeId", "Node"),
            column("calibrationSlope", FLOAT),
            column("calibrationOffset", FLOAT)),
        new OriginalTable(
            "NodeState",
            true,
            true,
            false,
            List.of("time", "nodeId", "seq_num"),
            column("time", DATE),
            of("nodeId", "Node"),
            column("parent", INT),
            column("localtime", LONG),
            column("seq_num", INT),
            column("rssi", INT)),
        new OriginalTable(
            "Reading",
            true,
            true,
            false,
            List.of("time", "nodeId", "type"),
            column("time", DATE),
            of("nodeId", "Node"),
            of("type", "SensorType"),
            of("locationId", "Location"),
            column("value", FLOAT)),
        new OriginalTable(
            "Pushstatus",
            true,
            false,
            true,
            id,
            column("id", INT),
            column("time", DATE),
            column("localtime", DATE),
            text("hostname", 25),
            text("version", 20)));
  }

  boolean isReading() {
    return label.equals("Reading");
  }

  @Nullable OriginalColumn column(String name) {
    return columns.stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
  }

  int nextId() {
    last =
        Math.max(
                last,
                rows.keySet().stream()
                    .mapToInt(
                        each -> ((Number) java.util.Objects.requireNonNull(each.get(0))).intValue())
                    .max()
                    .orElse(0))
            + 1;
    return last;
  }

  List<@Nullable Object> keyOf(Map<String, @Nullable Object> row) {
    List<@Nullable Object> cells = new ArrayList<>();
    for (String column : key) {
      cells.add(row.get(column));
    }
    return cells;
  }

  /** A row as the interface shows it. */
  Map<String, @Nullable Object> show(Map<String, @Nullable Object> row) {
    Map<String, @Nullable Object> shownRow = new LinkedHashMap<>();
    shownRow.put("__table__", label);
    for (OriginalColumn column : columns) {
      shownRow.put(column.name(), column.show(row.get(column.name())));
    }
    return shownRow;
  }

  private static OriginalColumn column(String name, OriginalColumn.Kind kind) {
    return new OriginalColumn(name, kind, 0, null);
  }

  private static OriginalColumn text(String name, int width) {
    return new OriginalColumn(name, TEXT, width, null);
  }

  private static OriginalColumn of(String name, String parent) {
    return new OriginalColumn(name, INT, 0, parent);
  }
}
