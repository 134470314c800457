package org.tributary.edge.rest;

import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.state.Fields;
import org.tributary.wire.Column;
import org.tributary.wire.ColumnType;
import org.tributary.wire.Identity;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.Table;
import org.tributary.wire.rest.RestCells;
import org.tributary.wire.rest.RestJson;

/** Turns rows of a table that travels whole into what the server would hold of them. */
record LocalCells(Table table, RestRecord record, Limits limits) {

  /**
   * What travels of a row, with the server's ids, without an id that only counts here.
   *
   * @throws Doubt if it refers to what has no match, or holds what the server can't hold
   */
  Map<String, @Nullable Object> of(Rows rows, int row) throws Doubt {
    Map<String, @Nullable Object> cells = new LinkedHashMap<>();
    for (Column column : rows.columns()) {
      if (column.name().equals(Table.ID) && table.identity() == Identity.NATURAL_KEY) {
        continue;
      }
      Object value = rows.value(column.name(), row);
      cells.put(column.name(), value == null ? null : cell(column, value));
    }
    return cells;
  }

  private Object cell(Column column, Object value) throws Doubt {
    if (column.references().isPresent() && value instanceof Long local) {
      return parent(column, local);
    }
    Optional<String> refusal = limits.refuse(column, value);
    if (refusal.isPresent()) {
      throw new Doubt(Rule.VALUE_NOT_HELD, refusal.get());
    }
    return value instanceof String text ? limits.text(table, column, text) : value;
  }

  private Object parent(Column column, Long local) throws Doubt {
    String parent = column.references().orElseThrow();
    Optional<Match> match = record.match(parent, local);
    if (match.isEmpty()) {
      throw new Doubt(
          Rule.PARENT_MISSING,
          "%s is %d; %s".formatted(column.name(), local, whyMissing(record, parent, local)));
    }
    return match.get().central();
  }

  /** Why a row that others refer to has no match. */
  static String whyMissing(RestRecord record, String parent, long local) {
    return record
        .problem(parent, local)
        .map(SetAside::reason)
        .map(reason -> "%s %d was not taken: %s".formatted(parent, local, reason))
        .orElseGet(() -> "%s %d is not in the database here".formatted(parent, local));
  }

  /** The columns by which a row is known at the server. */
  List<Column> keyColumns() {
    List<Column> columns = new ArrayList<>(table.keyColumns());
    table.meaning().forEach(name -> columns.add(table.require(name)));
    return columns;
  }

  /** Whether two cells mean the same, given what the server can hold. */
  boolean same(Column column, @Nullable Object left, @Nullable Object right) {
    if (left instanceof Double here && right instanceof Double there && !here.equals(there)) {
      // The original's FLOAT shows six digits.
      return limits == Limits.ORIGINAL && Math.abs(here - there) <= Math.abs(here) * 1e-5;
    }
    if (column.type() == ColumnType.TIME
        && left instanceof java.time.Instant here
        && right instanceof java.time.Instant there) {
      return limits.time(here).equals(limits.time(there));
    }
    if (column.type() == ColumnType.TEXT) {
      return Objects.equals(CentralRow.plain(left), CentralRow.plain(right));
    }
    return Objects.equals(left, right);
  }

  /** Whether a row of the server is known by the same as cells of here. */
  boolean sameKey(Map<String, @Nullable Object> cells, CentralRow there) {
    return keyColumns().stream()
        .allMatch(column -> same(column, cells.get(column.name()), there.cell(column.name())));
  }

  String json(Map<String, @Nullable Object> cells) {
    return new String(RestJson.bytes(cells), java.nio.charset.StandardCharsets.UTF_8);
  }

  /** The columns by which a row of the server is known, as JSON. */
  String keyJson(CentralRow there) {
    Map<String, @Nullable Object> key = new LinkedHashMap<>();
    keyColumns().forEach(column -> key.put(column.name(), there.cell(column.name())));
    return json(key);
  }

  /** Cells that {@link #json} wrote. */
  Map<String, @Nullable Object> read(String json) throws IOException {
    Map<String, @Nullable Object> cells = new LinkedHashMap<>();
    for (Map.Entry<String, @Nullable Object> each : Fields.of(json).members().entrySet()) {
      cells.put(each.getKey(), RestCells.cell(table.require(each.getKey()), each.getValue()));
    }
    return cells;
  }

  /** Words without what a collation takes no notice of: case, accents, spaces at the end. */
  static String folded(String words) {
    String plain = Normalizer.normalize(words, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    return plain.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").replace(" \"", "\"");
  }

  /** Some columns of cells, readable. */
  static String words(List<String> columns, Map<String, @Nullable Object> cells) {
    List<String> words = new ArrayList<>();
    for (String column : columns) {
      Object value = cells.get(column);
      words.add(value instanceof String ? column + " \"" + value + "\"" : column + " " + value);
    }
    return String.join(", ", words);
  }
}
