package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.tributary.store.Engine;
import org.tributary.wire.Column;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;

/** Rows that carry central's own ids: an id means itself, if there is such a row. Stateless. */
record PresentIds(Engine engine) implements CentralIds {

  private static final int IDS_PER_SELECT = 200;

  @Override
  public Map<Long, Long> of(Connection connection, Gateway gateway, Column column, Rows rows)
      throws SQLException {
    Map<Long, Long> present = new HashMap<>();
    Iterator<Long> wanted = named(rows, rows.indexOf(column.name())).iterator();
    String sql =
        "SELECT %s FROM %s WHERE %s IN (%s)"
            .formatted(
                engine.quote(Table.ID),
                engine.quote(column.references().orElseThrow()),
                engine.quote(Table.ID),
                String.join(", ", Collections.nCopies(IDS_PER_SELECT, "?")));
    while (wanted.hasNext()) {
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        long id = 0;
        for (int i = 1; i <= IDS_PER_SELECT; i++) {
          id = wanted.hasNext() ? wanted.next() : id; // the last one fills up the list
          select.setLong(i, id);
        }
        try (ResultSet found = select.executeQuery()) {
          while (found.next()) {
            present.put(found.getLong(1), found.getLong(1));
          }
        }
      }
    }
    return present;
  }

  @Override
  public String missing(Column column, long id) {
    return "%s is %d, and there is no %s %d yet"
        .formatted(column.name(), id, column.references().orElseThrow(), id);
  }

  private static Set<Long> named(Rows rows, int column) {
    Set<Long> ids = new HashSet<>();
    long last = 0;
    for (int row = 0; row < rows.size(); row++) {
      // Neighbours mostly refer to the same row.
      if (!rows.isNull(column, row) && (ids.isEmpty() || rows.longAt(column, row) != last)) {
        last = rows.longAt(column, row);
        ids.add(last);
      }
    }
    return ids;
  }
}
