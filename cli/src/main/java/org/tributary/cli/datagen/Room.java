package org.tributary.cli.datagen;

/** The rooms that every sensor database begins with, in the order in which nodes are put up. */
enum Room {
  LIVING_ROOM("Living Area", "Living Room", Use.LIVING),
  MASTER_BEDROOM("Bedroom", "Master Bedroom", Use.SLEEPING),
  KITCHEN("Wet Room", "Kitchen", Use.COOKING),
  HALLWAY("Unocupied", "Hallway", Use.PASSING),
  BATHROOM("Wet Room", "Bathroom", Use.WASHING),
  SECOND_BEDROOM("Bedroom", "Second Bedroom", Use.SLEEPING),
  DINING_ROOM("Living Area", "Dining Room", Use.LIVING),
  UPSTAIRS_HALLWAY("Unocupied", "Upstairs Hallway", Use.PASSING),
  THIRD_BEDROOM("Bedroom", "Third Bedroom", Use.SLEEPING),
  UTILITY_ROOM("Unocupied", "Utility Room", Use.PASSING),
  WC("Wet Room", "WC", Use.WASHING),
  SPARE_ROOM("Unocupied", "Spare Room", Use.PASSING);

  /** What people do in it. */
  enum Use {
    LIVING,
    SLEEPING,
    COOKING,
    WASHING,
    PASSING
  }

  private final String type;
  private final String title;
  private final Use use;

  Room(String type, String title, Use use) {
    this.type = type;
    this.title = title;
    this.use = use;
  }

  /** The room of a house's n-th node; where there are many nodes, rooms have several. */
  static Room ofNode(int number) {
    return values()[number % values().length];
  }

  /** The name of its type, as it is seeded: one of them has lost a letter long ago. */
  String type() {
    return type;
  }

  /** Its name, as it is seeded. */
  String title() {
    return title;
  }

  Use use() {
    return use;
  }
}
