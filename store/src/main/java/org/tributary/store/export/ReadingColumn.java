package org.tributary.store.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns of a file of readings, in their order. */
enum ReadingColumn {
  TIME("time", "when it was measured, UTC", "ISO 8601, to the microsecond"),
  NODE("nodeId", "which node measured it: the id of central's table Node", "id"),
  TYPE("type", "what was measured: the id of central's table SensorType", "id"),
  LOCATION("locationId", "where the node was: the id of central's table Location", "id"),
  VALUE(
      "value",
      "what the sensor said, to the bit: the shortest decimal that gives back the double; empty"
          + " where it said nothing",
      "see the column unit"),
  ROOM("room", "the name of the room of that location", "text"),
  SENSOR("sensor", "the name of that type", "text"),
  UNIT("unit", "in which that type is measured, as central's SensorType says", "text");

  private static final List<ReadingColumn> IN_ORDER = List.of(values());

  private final String title;
  private final String meaning;
  private final String unit;

  ReadingColumn(String title, String meaning, String unit) {
    this.title = title;
    this.meaning = meaning;
    this.unit = unit;
  }

  /** Its name in the first line of the file. */
  String title() {
    return title;
  }

  /** Which one it is, counted from 0. */
  int place() {
    return IN_ORDER.indexOf(this);
  }

  static List<String> titles() {
    return IN_ORDER.stream().map(ReadingColumn::title).toList();
  }

  /** What they mean, for a person who has only the files. */
  static List<Map<String, Object>> json() {
    List<Map<String, Object>> json = new ArrayList<>();
    for (ReadingColumn each : IN_ORDER) {
      Map<String, Object> column = new LinkedHashMap<>();
      column.put("name", each.title);
      column.put("meaning", each.meaning);
      column.put("unit", each.unit);
      json.add(column);
    }
    return json;
  }
}
