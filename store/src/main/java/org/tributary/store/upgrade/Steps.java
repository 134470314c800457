package org.tributary.store.upgrade;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.tributary.store.Counted;
import org.tributary.store.DatabaseUrl.Dialect;
import org.tributary.wire.Tables;

/**
 * The chain of revisions, step by step, each planning what is not there yet; then what a fresh
 * installation has and no revision makes.
 */
final class Steps {

  /** What other tables refer to, and nothing of the chain creates. */
  private static final List<String> OLDEST =
      List.of(
          "Deployment",
          "RoomType",
          "Room",
          "House",
          "NodeType",
          "Node",
          "SensorType",
          "Sensor",
          "NodeState",
          "Reading");

  private final Draft draft;
  private final Ddl ddl;
  private final Picture picture;
  private final Facts facts;
  private final Decisions decisions;
  private final Keys keys;
  private final Seeds sensorSeeds;
  private final Seeds nodeSeeds;
  private final Set<Long> sensorTypes;
  private final Set<Long> nodeTypes;
  private final boolean readingMayBeRequired;

  /**
   * What was decided when the upgrade was begun.
   *
   * @param relabels whether readings are yet to get the new numbers of sensor types
   * @param locates whether readings are yet to get their nodes' locations
   * @param folds for which tables rows that are the same become one
   */
  record Decisions(Chain chain, boolean relabels, boolean locates, Predicate<String> folds) {}

  Steps(Draft draft, Facts facts, Decisions decisions) {
    this.draft = draft;
    this.ddl = draft.ddl();
    this.picture = draft.picture();
    this.facts = facts;
    this.decisions = decisions;
    this.keys = new Keys(draft, facts, decisions.folds());
    this.sensorSeeds = new Seeds(Tables.SENSOR_TYPE, ddl);
    this.nodeSeeds = new Seeds(Tables.NODE_TYPE, ddl);
    this.sensorTypes = new HashSet<>(facts.sensorTypes());
    this.nodeTypes = new HashSet<>(facts.nodeTypes());
    this.readingMayBeRequired = facts.key("Reading").incomplete() == 0;
  }

  void draw() {
    if (picture.has(Keys.COPIES)) {
      draft.begin("left over", "clear away what an upgrade that was broken off left");
      draft.act("DROP TABLE " + Keys.COPIES);
    }
    for (Revision revision : Revision.BEFORE_ALL.next()) {
      draft.begin(revision.id(), revision.title());
      step(revision);
    }
    draft.begin("fresh", "what a fresh installation has and no revision makes");
    complete();
  }

  private void step(Revision revision) {
    switch (revision) {
      case BEFORE_ALL -> {}
      case ORIGINAL -> draft.create("LastReport");
      case LOCATION -> locate();
      case PUSH_SCRIPT -> {
        draft.create("Host");
        draft.create("RawMessage");
      }
      case TRANSACTIONS -> LatestSchema.TABLES.forEach(table -> keepByTransactions(table.name()));
      case SENSOR_TYPES ->
          seedSensors(
              sensorSeeds.ids().stream()
                  .filter(id -> id < 40 || id > 47)
                  .collect(Collectors.toCollection(LinkedHashSet::new)));
      case NODE_TYPES -> seedNodes(0, 1, 2, 3);
      case INDEXES -> indexes();
      case SEQUENCE_NUMBERS -> draft.addColumn("NodeState", "seq_num");
      case SIGNAL_STRENGTH -> draft.addColumn("NodeState", "rssi");
      case CLUSTER_HEADS -> seedNodes(5, 10, 11);
      case MORE_INDEXES -> indexes();
      case ADC_0 -> {
        seedNodes(6);
        seedSensors(Set.of(41L, 42L));
      }
      case GAS -> {
        seedNodes(7);
        seedSensors(Set.of(43L));
      }
      case RELABELLED -> relabel();
      case WINDOWS -> {
        seedNodes(8, 12);
        seedSensors(Set.of(44L, 45L));
      }
      case HEAT_METERS -> seedNodes(4);
      case BLACK_BULBS -> {
        seedNodes(13);
        seedSensors(Set.of(46L, 47L));
      }
      case PUSH_STATUS -> draft.create("Pushstatus");
      case SERVERS -> draft.create("Server");
      case VERSIONS -> {
        draft.addColumn("Pushstatus", "version");
        draft.addColumn("Server", "rpc");
      }
      case NO_HOUSE_OF_SERVER -> draft.drop("Server", List.of("houseid"), List.of());
      case SERVER_OF_HOUSE -> draft.addColumn("House", "serverid");
      case STATE_KEY -> stateKey();
      case NODE_BOOTS -> {
        if (decisions.chain() == Chain.GATEWAY) {
          draft.create("NodeBoot");
        }
      }
      case JOINED -> {}
    }
  }

  private void locate() {
    OLDEST.forEach(draft::create);
    keepByTransactions("House");
    keepByTransactions("Room");
    draft.create("Location");
    FoundTable node = picture.require("Node");
    boolean moves = node.has("houseId") || node.has("roomId");
    draft.addColumn("Node", "locationId");
    draft.addColumn("Reading", "locationId");
    if (moves) {
      locateNodes(node);
    }
    if (decisions.locates()) {
      draft.once(
          Journal.LOCATE,
          List.of(
              """
              UPDATE %1$s SET %2$s = (SELECT n.%2$s FROM %3$s n WHERE n.id = %1$s.%4$s) WHERE %2$s IS NULL\
              """
                  .formatted(
                      ddl.quote(picture.require("Reading").name()),
                      ddl.quote("locationId"),
                      ddl.quote(node.name()),
                      ddl.quote("nodeId"))));
    }
    if (moves) {
      draft.drop("Node", List.of("houseId", "roomId"), List.of());
    }
    draft.drop(
        "Reading",
        List.of("id"),
        readingMayBeRequired ? List.of("type", "nodeId", "time") : List.of());
  }

  /** Each pair of house and room that a node names is a place. */
  private void locateNodes(FoundTable node) {
    String location = ddl.quote(picture.require("Location").name());
    String house = node.has("houseId") ? "n." + ddl.quote("houseId") : "NULL";
    String room = node.has("roomId") ? "n." + ddl.quote("roomId") : "NULL";
    String same =
        ddl.same("l." + ddl.quote("houseId"), house)
            + " AND "
            + ddl.same("l." + ddl.quote("roomId"), room);
    String some = "(%s IS NOT NULL OR %s IS NOT NULL)".formatted(house, room);
    draft.act(
        "INSERT INTO %1$s (%2$s) SELECT DISTINCT %3$s, %4$s FROM %5$s n WHERE %6$s AND NOT EXISTS (SELECT 1 FROM %1$s l WHERE %7$s)"
            .formatted(
                location,
                ddl.list(List.of("houseId", "roomId")),
                house,
                room,
                ddl.quote(node.name()),
                some,
                same));
    String own = ddl.quote(node.name()) + ".";
    draft.act(
        "UPDATE %1$s SET %2$s = (SELECT MIN(l.id) FROM %3$s l WHERE %4$s) WHERE %2$s IS NULL AND %5$s"
            .formatted(
                ddl.quote(node.name()),
                ddl.quote("locationId"),
                location,
                same.replace("n.", own),
                some.replace("n.", own)));
  }

  private void keepByTransactions(String table) {
    picture
        .table(table)
        .filter(found -> ddl.dialect() == Dialect.MYSQL && !found.isTransactional())
        .ifPresent(
            found -> {
              draft.act(ddl.alter(found, List.of("ENGINE=InnoDB")));
              found.setTransactional(true);
            });
  }

  private void indexes() {
    draft.index("NodeState", List.of("time", "nodeId", "localtime"), "ns_1");
    draft.index("Reading", List.of("nodeId"), "ix_Reading_nodeId");
    draft.index("Reading", List.of("type"), "ix_Reading_type");
    draft.index("Reading", List.of("locationId"), "ix_Reading_locationId");
  }

  private void relabel() {
    seedSensors(Set.of(40L));
    if (!decisions.relabels()) {
      return;
    }
    String type = ddl.quote("type");
    List<String> statements = new ArrayList<>();
    statements.add(
        "UPDATE %s SET %s = %s WHERE %s IN (20, 21, 24)"
            .formatted(
                ddl.quote(picture.require("Reading").name()), type, Facts.relabelled(type), type));
    for (long left : Facts.NEW_NUMBERS.keySet()) { // nothing was measured of what they are now
      statements.add(sensorSeeds.define(picture.require("SensorType"), left));
    }
    draft.once(Journal.RELABEL, statements);
  }

  private void stateKey() {
    String seqNum = ddl.quote(Draft.actual(picture.require("NodeState"), "seq_num"));
    if (facts.unnumberedStates() > 0
        && facts.key("NodeState").allows(decisions.folds().test("NodeState"))) {
      draft.act(
          "UPDATE %1$s SET %2$s = 0 WHERE %2$s IS NULL"
              .formatted(ddl.quote(picture.require("NodeState").name()), seqNum));
      draft.note(
          "%s of NodeState without a sequence number: 0 from now on",
          Counted.rows(facts.unnumberedStates()));
    }
    keys.primary("NodeState");
  }

  private void complete() {
    for (FreshTable fresh : LatestSchema.TABLES) {
      boolean foreign = decisions.chain() == Chain.SERVER && fresh.name().equals("NodeBoot");
      if (!foreign) {
        draft.create(fresh.name());
      }
    }
    seedSensors(sensorSeeds.ids());
    nodeSeeds.ids().forEach(id -> seedNodes(id));
    for (FreshTable fresh : LatestSchema.TABLES) {
      if (picture.has(fresh.name())) {
        for (FreshColumn column : fresh.columns()) {
          if (!column.name().equals("id")) {
            draft.addColumn(fresh.name(), column.name());
          }
        }
        keys.primary(fresh.name());
        keys.uniques(fresh.name());
        for (List<String> index : fresh.indexes()) {
          draft.index(
              fresh.name(), index, "ix_%s_%s".formatted(fresh.name(), String.join("_", index)));
        }
      }
    }
    for (FreshTable fresh : LatestSchema.TABLES) {
      if (picture.has(fresh.name())) {
        keys.links(fresh.name());
      }
    }
  }

  private void seedSensors(Set<Long> ids) {
    for (long id : ids) {
      if (sensorTypes.add(id)) {
        draft.act(sensorSeeds.insert(picture.require("SensorType"), id));
      }
    }
  }

  private void seedNodes(long... ids) {
    for (long id : ids) {
      if (nodeTypes.add(id)) {
        draft.act(nodeSeeds.insert(picture.require("NodeType"), id));
      }
    }
  }
}
