package org.tributary.store.upgrade;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The revisions of the original schema, in the order in which they were made. */
public enum Revision {
  BEFORE_ALL("", "before the first revision"),
  ORIGINAL("4a90237e5674", "create LastReport"),
  LOCATION("31851b4865f1", "create Location from Node's houses and rooms"),
  PUSH_SCRIPT("406589edcb82", "create Host and RawMessage"),
  TRANSACTIONS("249f360e32e3", "keep tables by InnoDB"),
  SENSOR_TYPES("25a5ee59d391", "add sensor types"),
  NODE_TYPES("1f9a02a1b28", "add node types 0 to 3"),
  INDEXES("1414b56f7f1", "add indexes"),
  SEQUENCE_NUMBERS("4f51a320d6b6", "add NodeState.seq_num"),
  SIGNAL_STRENGTH("2e63cc74b5ad", "add NodeState.rssi"),
  CLUSTER_HEADS("3a4338e38dea", "add node types 5, 10, 11"),
  MORE_INDEXES("10d37b0cf10e", "add indexes of Reading and NodeState"),
  ADC_0("1ce218cedfbd", "add node type 6, sensor types 41, 42"),
  GAS("53bab55be06", "add node type 7, sensor type 43"),
  RELABELLED("162edc9b6f88", "make sensor types 20, 21, 24 of readings 40, 41, 43"),
  WINDOWS("579fffd63c6e", "add node types 8, 12, sensor types 44, 45"),
  HEAT_METERS("fb241d5c070", "add node type 4"),
  BLACK_BULBS("4819f05fdf1c", "add node type 13, sensor types 46, 47"),
  PUSH_STATUS("303009329387", "create Pushstatus"),
  SERVERS("1eba4fe66575", "create Server"),
  VERSIONS("1fcb107574ff", "add Pushstatus.version, Server.rpc"),
  NO_HOUSE_OF_SERVER("29e48346aca2", "drop Server.houseid"),
  SERVER_OF_HOUSE("2b40fc51f91e", "add House.serverid"),
  STATE_KEY("1a04848f8857", "give NodeState its key"),
  NODE_BOOTS("1dce0115d073", "create NodeBoot"),
  JOINED("b90c0470e9da", "join the two branches");

  private final String id;
  private final String title;

  Revision(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** As {@code alembic_version} names it; empty for what is older than that table. */
  public String id() {
    return id;
  }

  /** What its step does, as an order. */
  public String title() {
    return title;
  }

  /** Its id, and where it stands in the chain. */
  public String printable() {
    return this == BEFORE_ALL
        ? title
        : "%s (%d of %d)".formatted(id, Arrays.asList(values()).indexOf(this), values().length - 1);
  }

  static Optional<Revision> withId(String id) {
    return Arrays.stream(values())
        .filter(each -> each != BEFORE_ALL && each.id.equals(id))
        .findFirst();
  }

  boolean isBefore(Revision other) {
    return compareTo(other) < 0;
  }

  /** Those whose steps a database of this one has yet to take. */
  List<Revision> next() {
    return Arrays.stream(values()).filter(this::isBefore).toList();
  }
}
