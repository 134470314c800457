package org.tributary.store.direct;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.tributary.store.AsBuilt;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Engine;
import org.tributary.store.NarrowColumn;
import org.tributary.store.UniqueKeys;
import org.tributary.wire.Column;
import org.tributary.wire.Identity;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Finds out whether rows can be put into the tables of a database that somebody else made. A column
 * that is not needed may be missing, and there may be more of them; what is needed has to be there
 * as what it is, because nothing is ever bent to fit. For one look.
 */
final class Fitting {

  private static final int ALL_DIGITS = 6;

  /** Without these the others still arrive. */
  private static final Set<Table> DISPENSABLE = Set.of(Tables.NODE_STATE, Tables.SENSOR);

  private static final String UPGRADE =
      "\"tributary db upgrade\" adds what an older revision lacks; names and types are for whoever"
          + " owns that database to mend";

  private final Connection connection;
  private final Engine engine;
  private final Map<String, FoundTable> found;
  private final boolean isTyped;
  private final Set<String> lacking = new HashSet<>();
  private final Map<String, NarrowColumn> narrow = new HashMap<>();
  private final Set<String> withoutKey = new HashSet<>();
  private final Map<String, String> unfit = new LinkedHashMap<>();

  private Fitting(
      Connection connection, Engine engine, Map<String, FoundTable> found, boolean isTyped) {
    this.connection = connection;
    this.engine = engine;
    this.found = found;
    this.isTyped = isTyped;
  }

  /**
   * Looks at the tables.
   *
   * @throws UnfitException if houses, nodes or readings can't be put there
   */
  static Fit of(
      Connection connection, Engine engine, DatabaseUrl url, Map<String, FoundTable> found)
      throws SQLException, UnfitException {
    // A cell of SQLite's is what was put into it, whatever its column says.
    boolean isTyped = url.dialect() != DatabaseUrl.Dialect.SQLITE;
    return new Fitting(connection, engine, found, isTyped).look(url);
  }

  private Fit look(DatabaseUrl url) throws SQLException, UnfitException {
    requireSensorDatabase(url);
    for (Table table : Tables.ALL) {
      List<String> faults = faults(table);
      if (!faults.isEmpty()) {
        unfit.put(table.name(), String.join("; ", faults));
      }
    }
    List<String> inTheWay =
        Tables.ALL.stream()
            .filter(table -> !DISPENSABLE.contains(table) && unfit.containsKey(table.name()))
            .map(table -> Objects.requireNonNull(unfit.get(table.name())))
            .toList();
    if (!inTheWay.isEmpty()) {
      throw new UnfitException(
          "%s does not take what is pushed: %s. Nothing was changed there; %s"
              .formatted(url.printable(), String.join("; ", inTheWay), UPGRADE));
    }
    unfit.replaceAll(
        (table, faults) -> "rows of %s stay here: %s; %s".formatted(table, faults, UPGRADE));
    return new Fit(new AsBuilt(lacking, narrow, withoutKey), unfit);
  }

  private void requireSensorDatabase(DatabaseUrl url) throws UnfitException {
    if (Tables.ALL.stream().noneMatch(table -> found.containsKey(table.name()))) {
      String like =
          found.keySet().stream()
              .filter(name -> Tables.ALL.stream().anyMatch(t -> t.name().equalsIgnoreCase(name)))
              .sorted()
              .collect(joining(", "));
      throw new UnfitException(
          "%s is no sensor database: it has none of the tables Reading, Node, House …%s. Is dbstring right?"
              .formatted(
                  url.printable(),
                  like.isEmpty() ? "" : " (it spells them otherwise: %s)".formatted(like)));
    }
    FoundTable node = found.get(Tables.NODE.name());
    if (!found.containsKey(Tables.LOCATION.name())
        && node != null
        && node.column("houseId").isPresent()) {
      throw new UnfitException(
          ("%s is from before revision 31851b4865f1 (2012): it has no table Location, its nodes"
                  + " refer to houses and rooms themselves. Nothing was changed there; %s")
              .formatted(url.printable(), UPGRADE));
    }
  }

  private List<String> faults(Table table) throws SQLException {
    FoundTable actual = found.get(table.name());
    if (actual == null) {
      return List.of("there is no table " + table.name());
    }
    List<String> faults = new ArrayList<>();
    Set<String> ours = new HashSet<>();
    for (Column column : table.travelling()) {
      ours.add(column.name());
      Optional<FoundColumn> there = actual.column(column.name());
      if (there.isPresent()) {
        faultOf(table, column, there.get()).ifPresent(faults::add);
      } else if (isNeeded(table, column)) {
        faults.add(missing(table, column, actual));
      } else {
        lacking.add(AsBuilt.named(table, column));
      }
    }
    for (FoundColumn other : actual.columns().values()) {
      if (!ours.contains(other.name()) && !other.mayStayOut()) {
        faults.add(
            "%s.%s (%s) must have a value there and has no default, and nothing here is it"
                .formatted(table.name(), other.name(), other.definition()));
      }
    }
    if (table.identity() == Identity.NATURAL_KEY
        && isTyped
        && actual.column(Table.ID).filter(id -> !id.mayStayOut()).isPresent()) {
      faults.add("%s.id is not counted by the database".formatted(table.name()));
    }
    if (table.isSeries() && faults.isEmpty()) {
      lookAtKey(table, actual).ifPresent(faults::add);
    }
    return faults;
  }

  /** Whether a row says nothing, or something else, without that column. */
  private static boolean isNeeded(Table table, Column column) {
    return column.name().equals(Table.ID)
        || column.references().isPresent()
        || table.key().contains(column.name())
        || table.meaning().contains(column.name())
        || (table.equals(Tables.READING) && column.name().equals("value"));
  }

  private String missing(Table table, Column column, FoundTable actual) {
    String others =
        actual.columns().values().stream()
            .filter(
                there -> table.travelling().stream().noneMatch(c -> c.name().equals(there.name())))
            .map(there -> "%s.%s (%s)".formatted(table.name(), there.name(), there.definition()))
            .sorted()
            .collect(joining(", "));
    return "%s lacks %s (%s)%s"
        .formatted(
            table.name(),
            column.name(),
            definition(column),
            others.isEmpty() ? "" : "; was it renamed? Nothing here is its %s".formatted(others));
  }

  private Optional<String> faultOf(Table table, Column column, FoundColumn there) {
    if (!isTyped) {
      return Optional.empty();
    }
    if (!there.takes(column.type())) {
      return Optional.of(
          "%s.%s is %s there and %s here"
              .formatted(table.name(), column.name(), there.definition(), definition(column)));
    }
    switch (column.type()) {
      case REAL -> {
        if (there.isSingle()) {
          narrow.put(
              AsBuilt.named(table, column),
              NarrowColumn.ofSingles(column.name(), there.typeName()));
        }
      }
      case TIME -> {
        if (there.fractionDigits() < ALL_DIGITS) {
          narrow.put(
              AsBuilt.named(table, column),
              new NarrowColumn(column.name(), there.typeName(), there.fractionDigits()));
        }
      }
      case INTEGER, BOOLEAN, TEXT -> {
        // What is too large or too long the database refuses, row by row.
      }
    }
    return Optional.empty();
  }

  private String definition(Column column) {
    Map<String, String> words = engine.schemaWords();
    return switch (column.type()) {
      case INTEGER -> "INTEGER";
      case REAL -> words.getOrDefault("real", "DOUBLE");
      case BOOLEAN -> words.getOrDefault("boolean", "BOOLEAN");
      case TEXT -> words.getOrDefault("name", "VARCHAR(255)");
      case TIME -> words.getOrDefault("time", "TIMESTAMP");
    };
  }

  /** Whether a key may stand twice; what is wrong if even different ones may not stand together. */
  private Optional<String> lookAtKey(Table table, FoundTable actual) throws SQLException {
    Set<String> key = Set.copyOf(table.key());
    boolean guarded = false;
    for (Set<String> unique : UniqueKeys.of(connection, actual.name())) {
      boolean strict =
          unique.stream()
              .allMatch(name -> actual.column(name).filter(c -> !c.nullable()).isPresent());
      boolean counts =
          unique.stream()
              .anyMatch(name -> actual.column(name).filter(FoundColumn::counts).isPresent());
      guarded |= strict && unique.equals(key);
      if (!unique.containsAll(key) && !counts) {
        return Optional.of(
            "%s has rows once for each %s, and here for each %s"
                .formatted(
                    table.name(), String.join(", ", unique), String.join(", ", table.key())));
      }
    }
    if (!guarded) {
      withoutKey.add(table.name());
    }
    return Optional.empty();
  }
}
