package org.tributary.store.direct;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tributary.store.CellWriter;
import org.tributary.store.Engine;
import org.tributary.store.OwnRows;
import org.tributary.store.TableWriter;
import org.tributary.wire.Authority;
import org.tributary.wire.Column;
import org.tributary.wire.ColumnType;
import org.tributary.wire.Identity;
import org.tributary.wire.Rows;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.WireFormatException;

/**
 * What is remembered at the gateway of books that go with their connection: who it is, which row
 * there is which row here, and which tables have been taken as they are. With each row there it
 * keeps what tells it from others; an entry whose row is another by now is not believed, nor what
 * refers to that table, and is matched anew.
 *
 * <p>As lines, {@code what TAB json}. Positions of series are not among them: the rows say best how
 * far they have come.
 */
record Keepsake(Engine engine) {

  private static final String THERE = "there";

  private static final Table GATEWAY =
      table(
          "tributary_gateway",
          integer("id"),
          text("name"),
          text("machine"),
          text("hostname"),
          text("version"),
          time("first_contact"),
          time("last_contact"),
          integer("clock_offset"),
          text("merge_terms"));
  private static final Table MAPPING =
      table(
          "tributary_mapping",
          integer("gateway_id"),
          text("table_name"),
          integer("local_id"),
          integer("central_id"),
          text("evidence"),
          text("base"),
          text("central_base"),
          time("since"),
          new Column("in_force", ColumnType.BOOLEAN, Optional.empty()));
  private static final Table POSITION =
      table(
          "tributary_position",
          integer("gateway_id"),
          text("table_name"),
          text("lane"),
          text("position"));
  private static final Table WITNESS = table(THERE, text("table_name"), integer("id"), text("row"));

  private static Table table(String name, Column... columns) {
    return new Table(
        name,
        List.of(columns),
        Identity.GLOBAL_ID,
        List.of(columns[0].name()),
        List.of(),
        Authority.CENTRAL);
  }

  private static Column integer(String name) {
    return new Column(name, ColumnType.INTEGER, Optional.empty());
  }

  private static Column text(String name) {
    return new Column(name, ColumnType.TEXT, Optional.empty());
  }

  private static Column time(String name) {
    return new Column(name, ColumnType.TIME, Optional.empty());
  }

  /** What the books say now, as lines. */
  List<String> write(Connection connection) throws SQLException {
    List<String> lines = new ArrayList<>();
    Rows mapping = read(connection, MAPPING);
    Rows positions = read(connection, POSITION);
    addLines(lines, read(connection, GATEWAY), row -> true);
    addLines(lines, mapping, row -> true);
    addLines(
        lines,
        positions,
        row ->
            Tables.named(String.valueOf(positions.value("table_name", row)))
                .filter(table -> !table.isSeries())
                .isPresent());
    for (Map.Entry<Table, Set<Long>> each : idsByTable(mapping).entrySet()) {
      Map<Long, String> there = witnesses(connection, each.getKey(), each.getValue());
      for (Map.Entry<Long, String> row : there.entrySet()) {
        Map<String, @Nullable Object> cells = new LinkedHashMap<>();
        cells.put("table_name", each.getKey().name());
        cells.put("id", row.getKey());
        cells.put("row", row.getValue());
        lines.add(THERE + "\t" + SyncJson.writeRow(cells));
      }
    }
    return lines;
  }

  /** Lines of before with the gateway's own as it is now. */
  List<String> withContact(Connection connection, List<String> lines) throws SQLException {
    List<String> fresh = new ArrayList<>();
    addLines(fresh, read(connection, GATEWAY), row -> true);
    lines.stream().filter(line -> !line.startsWith(GATEWAY.name() + "\t")).forEach(fresh::add);
    return fresh;
  }

  private interface Choice {
    boolean takes(int row);
  }

  private static void addLines(List<String> lines, Rows rows, Choice choice) {
    for (int row = 0; row < rows.size(); row++) {
      if (choice.takes(row)) {
        lines.add(rows.table().name() + "\t" + SyncJson.writeRow(rows.row(row)));
      }
    }
  }

  /** Fills empty books with what the lines say and is still so; nothing if they can't be read. */
  void restore(Connection connection, List<String> lines) throws SQLException {
    Map<Table, Rows> read;
    try {
      read = parse(lines);
    } catch (WireFormatException | IllegalArgumentException e) {
      return;
    }
    Rows mapping = Objects.requireNonNull(read.get(MAPPING));
    Set<String> doubtful = doubtful(connection, mapping, Objects.requireNonNull(read.get(WITNESS)));
    insert(connection, Objects.requireNonNull(read.get(GATEWAY)));
    insert(connection, undoubted(mapping, doubtful));
    insert(connection, undoubted(Objects.requireNonNull(read.get(POSITION)), doubtful));
  }

  private static Rows undoubted(Rows rows, Set<String> doubtful) {
    int table = rows.indexOf("table_name");
    return rows.where(row -> !doubtful.contains(rows.textAt(table, row)));
  }

  /** The tables of which a row there is not what it was, and those that refer to them. */
  private Set<String> doubtful(Connection connection, Rows mapping, Rows witnesses)
      throws SQLException {
    Map<String, Map<Long, String>> were = new HashMap<>();
    for (int row = 0; row < witnesses.size(); row++) {
      were.computeIfAbsent(witnesses.textAt(0, row), table -> new HashMap<>())
          .put(witnesses.longAt(1, row), witnesses.textAt(2, row));
    }
    Set<String> doubtful = new HashSet<>();
    Map<Table, Set<Long>> ids = idsByTable(mapping);
    for (Table table : Tables.ALL) { // parents first
      boolean refers =
          table.columns().stream()
              .anyMatch(column -> column.references().filter(doubtful::contains).isPresent());
      Set<Long> its = ids.getOrDefault(table, Set.of());
      if (refers
          || !witnesses(connection, table, its).equals(were.getOrDefault(table.name(), Map.of()))) {
        doubtful.add(table.name());
      }
    }
    return doubtful;
  }

  private static Map<Table, Set<Long>> idsByTable(Rows mapping) {
    Map<Table, Set<Long>> ids = new LinkedHashMap<>();
    int table = mapping.indexOf("table_name");
    int central = mapping.indexOf("central_id");
    for (int row = 0; row < mapping.size(); row++) {
      long id = mapping.longAt(central, row);
      Tables.named(mapping.textAt(table, row))
          .ifPresent(named -> ids.computeIfAbsent(named, t -> new LinkedHashSet<>()).add(id));
    }
    return ids;
  }

  /** What tells each of these rows from others, by id; those that are not there are left out. */
  private Map<Long, String> witnesses(Connection connection, Table table, Set<Long> ids)
      throws SQLException {
    List<String> telling = new ArrayList<>();
    telling.add(Table.ID);
    for (Column column : table.columns()) {
      boolean tells =
          table.key().contains(column.name()) || table.meaning().contains(column.name());
      if (tells && !column.name().equals(Table.ID)) {
        telling.add(column.name());
      }
    }
    Map<Long, String> rows = new LinkedHashMap<>();
    new TableWriter(engine, table)
        .byIds(connection, List.copyOf(ids))
        .forEach(
            (id, row) -> {
              Map<String, @Nullable Object> cells = new LinkedHashMap<>();
              telling.forEach(column -> cells.put(column, row.get(column)));
              rows.put(id, SyncJson.writeRow(cells));
            });
    return rows;
  }

  private Rows read(Connection connection, Table table) throws SQLException {
    String sql = "SELECT %s FROM %s".formatted(names(table.columns()), table.name());
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      return new OwnRows(engine, table, table.columns()).read(select);
    }
  }

  private void insert(Connection connection, Rows rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    String sql =
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(
                rows.table().name(),
                names(rows.columns()),
                String.join(", ", Collections.nCopies(rows.columns().size(), "?")));
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int row = 0; row < rows.size(); row++) {
        int index = 1;
        for (Column column : rows.columns()) {
          CellWriter.bind(engine, insert, index++, column, rows.value(column.name(), row));
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private String names(List<Column> columns) {
    return columns.stream()
        .map(column -> engine.quote(column.name()))
        .collect(Collectors.joining(", "));
  }

  private static Map<Table, Rows> parse(List<String> lines) throws WireFormatException {
    Map<String, Rows.Builder> builders = new LinkedHashMap<>();
    for (Table table : List.of(GATEWAY, MAPPING, POSITION, WITNESS)) {
      builders.put(table.name(), new Rows.Builder(table, table.columns(), 64));
    }
    for (String line : lines) {
      int tab = line.indexOf('\t');
      Rows.Builder rows = tab < 0 ? null : builders.get(line.substring(0, tab));
      if (rows == null) {
        throw new WireFormatException("no line of a keepsake: " + line);
      }
      SyncJson.readRow(line.substring(tab + 1), rows, columnsOf(line.substring(0, tab)));
    }
    Map<Table, Rows> all = new HashMap<>();
    for (Table table : List.of(GATEWAY, MAPPING, POSITION, WITNESS)) {
      all.put(table, Objects.requireNonNull(builders.get(table.name())).build());
    }
    return all;
  }

  private static List<Column> columnsOf(String name) {
    return List.of(GATEWAY, MAPPING, POSITION, WITNESS).stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow()
        .columns();
  }
}
