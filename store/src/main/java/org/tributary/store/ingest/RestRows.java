package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.store.Stored;
import org.tributary.store.TableWriter;
import org.tributary.wire.Column;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.rest.RestTable;
import org.tributary.wire.rest.RestTables;

/**
 * Stores rows of the tables that have ids: under the id they come with, or as new ones. Stateless;
 * runs in its caller's transaction.
 */
final class RestRows {

  private final Engine engine;
  private final CentralIds ids;
  private final SetAsideRows setAside;

  RestRows(Engine engine, CentralIds ids, SetAsideRows setAside) {
    this.engine = engine;
    this.ids = ids;
    this.setAside = setAside;
  }

  /** Stores the rows that can be stored and says which could not; that is for the caller to put. */
  SeriesIngest.Outcome store(Connection connection, Gateway gateway, RestTable table, Rows rows)
      throws SQLException {
    List<Apart> apart = new ArrayList<>();
    boolean hasId = rows.indexOf(Table.ID) >= 0;
    Rows whole = hasId || table.idIsGenerated() ? rows : none(rows, apart);
    Rows kept = withParents(connection, gateway, whole, apart);
    Stored stored =
        new Detour(engine)
            .store(
                connection,
                kept,
                some -> hasId ? upsert(connection, table, some) : insert(connection, table, some),
                (row, reason) -> apart.add(apart(kept, row, Rule.DATABASE, reason)));
    if (hasId && stored.inserted() > 0 && table.idIsGenerated()) {
      engine.passId(connection, table.table().name(), highestId(kept));
    }
    forget(connection, gateway, rows, apart);
    return new SeriesIngest.Outcome(stored, apart);
  }

  private static Rows none(Rows rows, List<Apart> apart) {
    for (int row = 0; row < rows.size(); row++) {
      apart.add(apart(rows, row, Rule.KEY_MISSING, "it has no id, and nobody here chooses one"));
    }
    return rows.slice(0, 0);
  }

  private Rows withParents(Connection connection, Gateway gateway, Rows rows, List<Apart> apart)
      throws SQLException {
    Map<Integer, Map<Long, Long>> known = new HashMap<>();
    for (int i = 0; i < rows.columns().size(); i++) {
      Column column = rows.columns().get(i);
      if (column.references().isPresent()) {
        known.put(i, ids.of(connection, gateway, column, rows));
      }
    }
    return rows.where(row -> hasParents(rows, row, known, apart));
  }

  private boolean hasParents(
      Rows rows, int row, Map<Integer, Map<Long, Long>> known, List<Apart> apart) {
    for (Map.Entry<Integer, Map<Long, Long>> each : known.entrySet()) {
      int i = each.getKey();
      if (!rows.isNull(i, row) && !each.getValue().containsKey(rows.longAt(i, row))) {
        String reason = ids.missing(rows.columns().get(i), rows.longAt(i, row));
        apart.add(apart(rows, row, Rule.PARENT_MISSING, reason));
        return false;
      }
    }
    return true;
  }

  private Stored upsert(Connection connection, RestTable table, Rows rows) throws SQLException {
    return new TableWriter(engine, table.byId()).upsert(connection, rows);
  }

  private static long highestId(Rows rows) {
    int column = rows.indexOf(Table.ID);
    return IntStream.range(0, rows.size())
        .mapToLong(row -> rows.longAt(column, row))
        .max()
        .orElseThrow();
  }

  private Stored insert(Connection connection, RestTable table, Rows rows) throws SQLException {
    TableWriter writer = new TableWriter(engine, table.table());
    Stored stored = Stored.NOTHING;
    for (int row = 0; row < rows.size(); row++) {
      Map<Column, @Nullable Object> values = new LinkedHashMap<>();
      for (Column column : rows.columns()) {
        values.put(column, rows.value(column.name(), row));
      }
      // Of all natural keys only a location's is unique: a room of a house is one place.
      if (table.equals(RestTables.LOCATION) && !writer.find(connection, values).isEmpty()) {
        stored = stored.plus(new Stored(0, 0, 1));
      } else {
        writer.insert(connection, values);
        stored = stored.plus(new Stored(1, 0, 0));
      }
    }
    return stored;
  }

  /** Rows that were set aside and have been stored now are not set aside any more. */
  private void forget(Connection connection, Gateway gateway, Rows rows, List<Apart> apart)
      throws SQLException {
    Map<String, SetAsideRows.Entry> before = setAside.of(connection, gateway, rows.table());
    apart.forEach(row -> before.remove(SetAsideRows.shortKey(row.key())));
    List<Long> stored = new ArrayList<>();
    for (int row = 0; row < rows.size() && !before.isEmpty(); row++) {
      SetAsideRows.Entry entry = before.remove(SetAsideRows.shortKey(keyOf(rows, row)));
      if (entry != null) {
        stored.add(entry.id());
      }
    }
    setAside.remove(connection, stored);
  }

  private static Apart apart(Rows rows, int row, Rule rule, String reason) {
    return new Apart(
        rows.table(),
        keyOf(rows, row),
        rule,
        reason,
        SyncJson.writeRow(rows.row(row)),
        Optional.empty());
  }

  private static String keyOf(Rows rows, int row) {
    int id = rows.indexOf(Table.ID);
    return id < 0 ? SyncJson.writeRow(rows.row(row)) : Objects.toString(rows.value(Table.ID, row));
  }
}
