package org.tributary.store.upgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tributary.store.Counted;
import org.tributary.wire.Tables;

/** What all tables have to hold once an upgrade is done, by what they hold before it. */
final class Expectations {

  private final Connection connection;
  private final Ddl ddl;
  private final Picture before;
  private final Picture after;

  /**
   * @param after as planned
   */
  Expectations(Connection connection, Ddl ddl, Picture before, Picture after) {
    this.connection = connection;
    this.ddl = ddl;
    this.before = before;
    this.after = after;
  }

  /** Adds up every table, in the columns that stay. */
  List<Expectation> of(Facts facts, Steps.Decisions decisions) throws SQLException {
    List<Expectation> expectations = new ArrayList<>();
    for (FoundTable table : before.tables()) {
      if (Picture.isBookkeeping(table.name())) {
        continue;
      }
      List<String> columns =
          table.columns().stream()
              .map(column -> FoundTable.lower(column.name()))
              .filter(column -> stays(table, column, facts, decisions))
              .toList();
      KeyCheck check = facts.key(table.name());
      boolean distinct =
          check.copies() > 0 && check.allows(true) && decisions.folds().test(table.name());
      String where = where(table, facts, decisions);
      expectations.add(
          new Expectation(
              table.name(),
              columns,
              where,
              distinct,
              figure(connection, ddl, table, columns, where, distinct, decisions.relabels())));
    }
    return expectations;
  }

  /** What is not as it was, in words. */
  static List<String> differences(
      Connection connection, Ddl ddl, Picture now, List<Expectation> expectations)
      throws SQLException {
    List<String> differences = new ArrayList<>();
    for (Expectation expected : expectations) {
      Optional<FoundTable> table = now.table(expected.table());
      if (table.isEmpty()) {
        differences.add(expected.table() + " is gone");
        continue;
      }
      Figure found =
          figure(connection, ddl, table.get(), expected.columns(), expected.where(), false, false);
      if (!found.equals(expected.figure())) {
        differences.add(
            found.rows() == expected.figure().rows()
                ? "%s has as many rows as before, and they are not the same"
                    .formatted(expected.table())
                : String.format(
                    Locale.ROOT,
                    "%s has %s instead of %,d",
                    expected.table(),
                    Counted.rows(found.rows()),
                    expected.figure().rows()));
      }
    }
    return differences;
  }

  private static Figure figure(
      Connection connection,
      Ddl ddl,
      FoundTable table,
      List<String> columns,
      String where,
      boolean distinct,
      boolean relabels)
      throws SQLException {
    List<String> expressions = new ArrayList<>();
    expressions.add("1"); // so that rows count where nothing else stays
    columns.forEach(each -> expressions.add(Facts.expression(table, each, ddl, relabels)));
    return Figure.of(connection, ddl.quote(table.name()), expressions, where, distinct);
  }

  private boolean stays(FoundTable table, String column, Facts facts, Steps.Decisions decisions) {
    boolean located =
        column.equals("locationid")
            && decisions.locates()
            && (table.name().equalsIgnoreCase("Reading") || table.name().equalsIgnoreCase("Node"));
    boolean numbered = column.equals("id") && facts.isAllNullId(table.name());
    return after.has(table.name(), column) && !located && !numbered;
  }

  /** Which rows are to be the same: those that no step inserts or defines. */
  private String where(FoundTable table, Facts facts, Steps.Decisions decisions)
      throws SQLException {
    if (!table.has("id")) {
      return "";
    }
    Set<Long> touched = new TreeSet<>();
    switch (FoundTable.lower(table.name())) {
      case "sensortype" -> {
        touched.addAll(new Seeds(Tables.SENSOR_TYPE, ddl).ids());
        touched.removeAll(facts.sensorTypes());
        if (decisions.relabels()) {
          touched.addAll(Facts.NEW_NUMBERS.keySet());
        }
      }
      case "nodetype" -> {
        touched.addAll(new Seeds(Tables.NODE_TYPE, ddl).ids());
        touched.removeAll(facts.nodeTypes());
      }
      case "location" -> {
        return "id <= "
            + Ask.number(connection, "SELECT COALESCE(MAX(id), 0) FROM " + ddl.quote(table.name()));
      }
      default -> {
        return "";
      }
    }
    return touched.isEmpty()
        ? ""
        : touched.stream()
            .map(String::valueOf)
            .collect(Collectors.joining(", ", "id NOT IN (", ")"));
  }
}
