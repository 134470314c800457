package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Column;
import org.tributary.wire.LocalId;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;

/** Rows of one table of a gateway, in the transaction that takes them in. Not thread-safe. */
final class Intake {
  private final Connection connection;
  private final Gateway gateway;
  private final Rows rows;
  private final Map<String, Set<Long>> movedParents;
  private final Map<LocalId, Integer> numbers = new LinkedHashMap<>();

  /**
   * @param movedParents ids at the gateway, by table, of rows that are others at central now: what
   *     refers to them has changed although it looks the same. Empty for a batch that was sent.
   */
  Intake(Connection connection, Gateway gateway, Rows rows, Map<String, Set<Long>> movedParents) {
    this.connection = connection;
    this.gateway = gateway;
    this.rows = rows;
    this.movedParents = movedParents;
    for (int row = 0; row < rows.size(); row++) {
      if (rows.value(Table.ID, row) instanceof Long id) {
        numbers.putIfAbsent(new LocalId(id), row);
      }
    }
  }

  Connection connection() {
    return connection;
  }

  Gateway gateway() {
    return gateway;
  }

  Table table() {
    return rows.table();
  }

  Rows rows() {
    return rows;
  }

  int size() {
    return rows.size();
  }

  Map<String, @Nullable Object> row(int number) {
    return rows.row(number);
  }

  /** The first row with an id that one of them has. */
  Map<String, @Nullable Object> row(LocalId local) {
    return rows.row(Objects.requireNonNull(numbers.get(local)));
  }

  /** The ids of the rows, each once, in their order. */
  Set<LocalId> locals() {
    return numbers.keySet();
  }

  /** Whether a row is the first with its id: a gateway may have an id twice. */
  boolean isFirst(LocalId local, int number) {
    return Objects.equals(numbers.get(local), number);
  }

  /** Whether the gateway has deleted a row. If it only comes in another batch, it matches anew. */
  boolean isGone(LocalId local) {
    return movedParents.isEmpty() && !numbers.containsKey(local);
  }

  /** What the gateway changed in a row since both sides agreed, itself or in what it refers to. */
  List<Column> changed(Map<String, @Nullable Object> row, Mapping mapping) throws SQLException {
    Map<String, @Nullable Object> base = mapping.baseOf(table());
    List<Column> changed = new ArrayList<>();
    for (Column column : table().columns()) {
      if (row.containsKey(column.name())) {
        Object value = row.get(column.name());
        boolean parentMoved =
            value instanceof Long id
                && column
                    .references()
                    .map(movedParents::get)
                    .filter(ids -> ids.contains(id))
                    .isPresent();
        if (parentMoved || !Objects.equals(value, base.get(column.name()))) {
          changed.add(column);
        }
      }
    }
    return changed;
  }

  /** Some cells of a row, for people. */
  static String shown(Map<String, @Nullable Object> row, List<String> columns) {
    List<String> shown = new ArrayList<>();
    for (String column : columns) {
      Object value = row.get(column);
      shown.add(column + " " + (value instanceof String text ? '"' + text + '"' : value));
    }
    return String.join(", ", shown);
  }
}
