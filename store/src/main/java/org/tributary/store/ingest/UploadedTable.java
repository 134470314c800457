package org.tributary.store.ingest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Column;
import org.tributary.wire.ColumnType;
import org.tributary.wire.Micros;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.rest.BadFieldException;
import org.tributary.wire.rest.Nested;
import org.tributary.wire.rest.RestCells;
import org.tributary.wire.rest.RestJson;
import org.tributary.wire.rest.RestTable;

/** The rows of one table in an {@link Upload}. Not thread-safe. */
final class UploadedTable {

  private static final int EXPECTED_ROWS = 64;

  private final RestTable table;
  private final Table identified;
  private final List<Rows> ended = new ArrayList<>();
  private List<Column> columns = List.of();
  private Rows.@Nullable Builder rows;

  UploadedTable(RestTable table) {
    this.table = table;
    this.identified = table.byId();
  }

  /** Takes one object as a row, or sets it apart. */
  void add(Map<String, @Nullable Object> object, List<Apart> apart) {
    Rows.Builder into = rowsWith(object);
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      @Nullable Object json = object.get(column.name());
      try {
        into.add(i, RestCells.stored(column, json));
      } catch (BadFieldException e) {
        into.abandonRow();
        apart.add(unreadable(object, rule(column, json), String.valueOf(e.getMessage())));
        return;
      }
    }
    into.endRow();
  }

  /** Takes one object as a row that {@code tributary_setaside} has kept. */
  void addKept(String content, List<Apart> apart) throws IOException {
    byte[] json = content.getBytes(StandardCharsets.UTF_8);
    try (RestJson.Reader reader = new RestJson.Reader(new ByteArrayInputStream(json), 1)) {
      add(Objects.requireNonNull(reader.next()), apart);
    }
  }

  List<Rows> rows() {
    endRows();
    return ended;
  }

  /** An object as people and {@code tributary_setaside} see it. */
  static String content(Map<String, @Nullable Object> object) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    object.forEach(
        (name, value) -> plain.put(name, value instanceof Nested nested ? nested.json() : value));
    return SyncJson.writeRow(plain);
  }

  /**
   * Where an object with these members goes. A row of a series has all columns. Of other rows with
   * an id, a member that is not there leaves its column as it is, which is not what null does.
   */
  private Rows.Builder rowsWith(Map<String, @Nullable Object> object) {
    Rows.Builder open = rows;
    if (!table.hasId()) {
      return open != null ? open : begin(table.table(), table.columns());
    }
    boolean hasId = object.get(Table.ID) != null;
    if (open != null && fits(object, hasId)) {
      return open;
    }
    return hasId
        ? begin(
            identified,
            table.columns().stream().filter(column -> object.containsKey(column.name())).toList())
        : begin(
            table.table(),
            table.columns().stream().filter(column -> !column.name().equals(Table.ID)).toList());
  }

  private boolean fits(Map<String, @Nullable Object> object, boolean hasId) {
    if (!hasId) {
      return !columns.get(0).name().equals(Table.ID);
    }
    int found = 0;
    for (Column column : table.columns()) {
      if (object.containsKey(column.name())) {
        if (found == columns.size() || !columns.get(found).equals(column)) {
          return false;
        }
        found++;
      }
    }
    return found == columns.size();
  }

  private Rows.Builder begin(Table rowsOf, List<Column> withColumns) {
    endRows();
    Rows.Builder begun = new Rows.Builder(rowsOf, withColumns, EXPECTED_ROWS);
    columns = withColumns;
    rows = begun;
    return begun;
  }

  private void endRows() {
    Rows.Builder open = rows;
    if (open != null && open.size() > 0) {
      ended.add(open.build());
    }
    rows = null;
  }

  private static Rule rule(Column column, @Nullable Object json) {
    boolean isRightKind =
        (column.type() == ColumnType.TEXT && json instanceof String)
            || (column.type() == ColumnType.REAL && json instanceof Number);
    return isRightKind ? Rule.VALUE_NOT_HELD : Rule.UNREADABLE;
  }

  /** An object that is no row: under the row's key if that can be read, else under all it says. */
  private Apart unreadable(Map<String, @Nullable Object> object, Rule rule, String reason) {
    String content = content(object);
    List<Object> key = new ArrayList<>();
    List<Column> keyColumns =
        table.hasId() ? List.of(table.columns().get(0)) : table.table().keyColumns();
    for (Column column : keyColumns) {
      try {
        Object cell = RestCells.stored(column, object.get(column.name()));
        if (cell != null) {
          key.add(cell);
        }
      } catch (BadFieldException e) {
        // It has no key then.
      }
    }
    boolean isWhole = key.size() == keyColumns.size();
    Optional<Instant> time =
        !key.isEmpty() && key.get(0) instanceof Instant first && Micros.hasFourDigitYear(first)
            ? Optional.of(first)
            : Optional.empty();
    return new Apart(
        table.table(),
        isWhole ? key(key) : content,
        rule,
        reason,
        content,
        isWhole ? time : Optional.empty());
  }

  private String key(List<Object> key) {
    return table.hasId() ? String.valueOf(key.get(0)) : new Position(key).toString();
  }
}
