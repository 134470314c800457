package org.tributary.cli.datagen;

/** What a sensor measures, and the type that every sensor database knows it by. */
enum SensorKind {
  TEMPERATURE(0),
  HUMIDITY(2),
  BATTERY(6),
  CO2(8),
  POWER(11);

  private final int type;

  SensorKind(int type) {
    this.type = type;
  }

  int type() {
    return type;
  }
}
