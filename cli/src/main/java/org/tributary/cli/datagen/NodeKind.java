package org.tributary.cli.datagen;

import static org.tributary.cli.datagen.SensorKind.BATTERY;
import static org.tributary.cli.datagen.SensorKind.CO2;
import static org.tributary.cli.datagen.SensorKind.HUMIDITY;
import static org.tributary.cli.datagen.SensorKind.POWER;
import static org.tributary.cli.datagen.SensorKind.TEMPERATURE;

import java.util.List;

/** Kinds of node, by the sensors that they carry. */
enum NodeKind {
  PLAIN(0),
  AIR(2),
  METER(1),
  ALL(2);

  private final long type;

  NodeKind(long type) {
    this.type = type;
  }

  /** The kind of a house's n-th node: the last one sits at the electricity meter. */
  static NodeKind of(Room room, int number, int nodes) {
    if (nodes == 1) {
      return ALL;
    }
    if (number == nodes - 1) {
      return METER;
    }
    return switch (room.use()) {
      case LIVING, SLEEPING -> AIR;
      case COOKING, WASHING, PASSING -> PLAIN;
    };
  }

  /** The node type that every sensor database knows it by. */
  long type() {
    return type;
  }

  List<SensorKind> sensors() {
    return switch (this) {
      case PLAIN -> List.of(TEMPERATURE, HUMIDITY, BATTERY);
      case AIR -> List.of(TEMPERATURE, HUMIDITY, BATTERY, CO2);
      case METER -> List.of(BATTERY, POWER);
      case ALL -> List.of(TEMPERATURE, HUMIDITY, BATTERY, CO2, POWER);
    };
  }
}
