package org.tributary.store.upgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tributary.wire.Tables;

/**
 * What a plan has to know of the rows, as they will be when their keys are made.
 *
 * @param keys by table, in lower case, where a key is missing
 * @param orphans rows without what they refer to, where a foreign key is missing
 * @param sensorTypes ids that are there
 * @param nodeTypes ids that are there
 * @param allNullIds tables whose column {@code id} has no value at all
 * @param unnumberedStates node states without a sequence number
 */
record Facts(
    Map<String, KeyCheck> keys,
    Map<String, Map<Link, Long>> orphans,
    Set<Long> sensorTypes,
    Set<Long> nodeTypes,
    Set<String> allNullIds,
    long unnumberedStates) {

  /** Sensor types that readings leave behind, and what they become. */
  static final Map<Long, Long> NEW_NUMBERS = newNumbers();

  private static Map<Long, Long> newNumbers() {
    Map<Long, Long> numbers = new LinkedHashMap<>();
    numbers.put(20L, 40L);
    numbers.put(21L, 41L);
    numbers.put(24L, 43L);
    return numbers;
  }

  static Facts of(Connection connection, Picture picture, Ddl ddl, boolean relabels)
      throws SQLException {
    Map<String, KeyCheck> keys = new LinkedHashMap<>();
    Map<String, Map<Link, Long>> orphans = new LinkedHashMap<>();
    Set<String> allNullIds = new LinkedHashSet<>();
    for (FreshTable fresh : LatestSchema.TABLES) {
      if (!picture.has(fresh.name())) {
        continue;
      }
      FoundTable found = picture.require(fresh.name());
      List<String> unique = fresh.uniques().isEmpty() ? fresh.key() : fresh.uniques().get(0);
      boolean lacks = !unique.isEmpty() && !found.isUnique(unique);
      if (lacks || !FoundTable.lower(fresh.key()).equals(found.key())) {
        List<String> of = lacks ? unique : fresh.key();
        keys.put(FoundTable.lower(fresh.name()), check(connection, found, of, ddl, relabels));
      }
      if (found.has("id")
          && Ask.number(
                  connection,
                  "SELECT COUNT(%s) FROM %s".formatted(ddl.quote("id"), ddl.quote(found.name())))
              == 0) {
        allNullIds.add(FoundTable.lower(fresh.name()));
      }
      Map<Link, Long> lost = new LinkedHashMap<>();
      for (Link link : fresh.links()) {
        if (!found.hasLink(link) && found.has(link.column())) {
          lost.put(link, orphans(connection, picture, found, link, ddl, relabels));
        }
      }
      orphans.put(FoundTable.lower(fresh.name()), lost);
    }
    if (picture.has("Node", "houseId") && picture.has("Node", "roomId")) {
      FoundTable node = picture.require("Node"); // its pairs will be locations
      Map<Link, Long> lost = new LinkedHashMap<>();
      for (Link link : LatestSchema.table("Location").links()) {
        lost.put(link, orphans(connection, picture, node, link, ddl, relabels));
      }
      orphans.merge("location", lost, Facts::sum);
    }
    return new Facts(
        keys,
        orphans,
        ids(connection, picture, "SensorType", ddl),
        ids(connection, picture, "NodeType", ddl),
        allNullIds,
        unnumbered(connection, picture, ddl));
  }

  private static Map<Link, Long> sum(Map<Link, Long> one, Map<Link, Long> other) {
    Map<Link, Long> sum = new LinkedHashMap<>(one);
    other.forEach((link, rows) -> sum.merge(link, rows, Long::sum));
    return sum;
  }

  private static long unnumbered(Connection connection, Picture picture, Ddl ddl)
      throws SQLException {
    if (!picture.has("NodeState")) {
      return 0;
    }
    FoundTable states = picture.require("NodeState");
    String sql = "SELECT COUNT(*) FROM " + ddl.quote(states.name());
    return Ask.number(
        connection,
        states.has("seq_num")
            ? sql + " WHERE " + ddl.quote(Draft.actual(states, "seq_num")) + " IS NULL"
            : sql);
  }

  KeyCheck key(String table) {
    return keys.getOrDefault(FoundTable.lower(table), KeyCheck.FINE);
  }

  long orphans(String table, Link link) {
    return orphans.getOrDefault(FoundTable.lower(table), Map.of()).getOrDefault(link, 0L);
  }

  boolean isAllNullId(String table) {
    return allNullIds.contains(FoundTable.lower(table));
  }

  /** A column as it will be once all rows are as the latest revision has them. */
  static String expression(FoundTable table, String column, Ddl ddl, boolean relabels) {
    boolean number = column.equalsIgnoreCase("seq_num") && isNamed(table, "NodeState");
    if (!table.has(column)) {
      return number ? "0" : "NULL";
    }
    String quoted = ddl.quote(table.column(column).orElseThrow().name());
    if (number) {
      return "COALESCE(%s, 0)".formatted(quoted);
    }
    return relabels && column.equalsIgnoreCase("type") && isNamed(table, "Reading")
        ? relabelled(quoted)
        : quoted;
  }

  static String relabelled(String type) {
    return NEW_NUMBERS.entrySet().stream()
        .map(each -> "WHEN %d THEN %d".formatted(each.getKey(), each.getValue()))
        .collect(Collectors.joining(" ", "CASE " + type + " ", " ELSE " + type + " END"));
  }

  private static boolean isNamed(FoundTable table, String name) {
    return table.name().equalsIgnoreCase(name);
  }

  private static KeyCheck check(
      Connection connection, FoundTable found, List<String> key, Ddl ddl, boolean relabels)
      throws SQLException {
    if (key.stream().anyMatch(each -> each.equals("id") && !found.has("id"))) {
      return KeyCheck.FINE; // they will be counted
    }
    List<String> all = new ArrayList<>();
    for (FoundColumn column : found.columns()) {
      boolean goes = column.name().equals("id") && LatestSchema.dropsId(found.name());
      if (!goes) {
        all.add(expression(found, column.name(), ddl, relabels));
      }
    }
    KeyCheck check =
        KeyCheck.of(
            connection,
            ddl.quote(found.name()),
            key.stream().map(each -> expression(found, each, ddl, relabels)).toList(),
            all);
    // What is the same text to a database may be spelled otherwise.
    return found.columns().stream().anyMatch(SchemaTypes::isText)
        ? new KeyCheck(check.incomplete(), 0, check.copies() + check.differing())
        : check;
  }

  private static long orphans(
      Connection connection,
      Picture picture,
      FoundTable child,
      Link link,
      Ddl ddl,
      boolean relabels)
      throws SQLException {
    String value = expression(child, link.column(), ddl, relabels);
    String sql =
        "SELECT COUNT(*) FROM %s WHERE %s IS NOT NULL"
            .formatted(ddl.quote(child.name()), ddl.quote(link.column()));
    if (picture.has(link.parent(), "id")) {
      sql +=
          " AND %s NOT IN (SELECT id FROM %s WHERE id IS NOT NULL)"
              .formatted(value, ddl.quote(picture.require(link.parent()).name()));
    }
    Set<Long> seeds = seeds(link.parent(), ddl);
    if (!seeds.isEmpty()) {
      sql +=
          " AND %s NOT IN (%s)"
              .formatted(
                  value, seeds.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
    return Ask.number(connection, sql);
  }

  private static Set<Long> seeds(String table, Ddl ddl) {
    return switch (table) {
      case "SensorType" -> new Seeds(Tables.SENSOR_TYPE, ddl).ids();
      case "NodeType" -> new Seeds(Tables.NODE_TYPE, ddl).ids();
      default -> Set.of();
    };
  }

  private static Set<Long> ids(Connection connection, Picture picture, String table, Ddl ddl)
      throws SQLException {
    return picture.has(table, "id")
        ? Ask.numbers(connection, "SELECT id FROM " + ddl.quote(picture.require(table).name()))
        : Set.of();
  }
}
