package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;
import org.tributary.store.Stored;
import org.tributary.store.TableWriter;
import org.tributary.wire.CentralId;
import org.tributary.wire.Micros;
import org.tributary.wire.Rows;
import org.tributary.wire.Tables;

/**
 * What an operator filed under another location at central. A gateway that still tells such
 * readings under the old one does not bring them back; one that tells a third location has learnt
 * something since, and is believed. Stateless: it stands in {@code tributary_filing}; runs in its
 * caller's transaction.
 */
final class Filings implements SeriesWriter.Writing {

  private static final long NO_PLACE = -1;
  private static final String PLACE = "locationId";

  /** Readings of one node and some time, and from where to where they went. */
  private record Filing(long from, long to, long firstMicros, long lastMicros) {
    boolean speaksOf(long place, long micros) {
      return from == place && micros >= firstMicros && micros <= lastMicros;
    }
  }

  private final Engine engine;
  private final SqlTimes times;

  Filings(Engine engine) {
    this.engine = engine;
    this.times = new SqlTimes(engine);
  }

  /**
   * Files the readings of a node under a location.
   *
   * @param from from when on; null for all before {@code until}
   * @return how many stood under another one
   */
  int file(
      Connection connection,
      long node,
      long location,
      @Nullable Instant from,
      @Nullable Instant until)
      throws SQLException {
    String place = engine.quote(PLACE);
    String time = engine.quote("time");
    String those =
        " WHERE %s = ? AND (%s IS NULL OR %s <> ?)%s%s"
            .formatted(
                engine.quote("nodeId"),
                place,
                place,
                from == null ? "" : " AND " + time + " >= ?",
                until == null ? "" : " AND " + time + " < ?");
    String readings = engine.quote(Tables.READING.name());
    String note =
        "INSERT INTO tributary_filing (node_id, from_place, to_place, first_time, last_time)"
            + " SELECT %s, COALESCE(%s, %d), %d, MIN(%s), MAX(%s) FROM %s%s GROUP BY %s, %s"
                .formatted(
                    engine.quote("nodeId"),
                    place,
                    NO_PLACE,
                    location,
                    time,
                    time,
                    readings,
                    those,
                    engine.quote("nodeId"),
                    place);
    try (PreparedStatement insert = connection.prepareStatement(note)) {
      bind(insert, 1, node, location, from, until);
      insert.executeUpdate();
    }
    String move = "UPDATE %s SET %s = ?%s".formatted(readings, place, those);
    try (PreparedStatement update = connection.prepareStatement(move)) {
      update.setLong(1, location);
      bind(update, 2, node, location, from, until);
      return update.executeUpdate();
    }
  }

  private void bind(
      PreparedStatement statement,
      int first,
      long node,
      long location,
      @Nullable Instant from,
      @Nullable Instant until)
      throws SQLException {
    int index = first;
    statement.setLong(index++, node);
    statement.setLong(index++, location);
    if (from != null) {
      times.set(statement, index++, from);
    }
    if (until != null) {
      times.set(statement, index, until);
    }
  }

  @Override
  public Stored write(
      TableWriter table, Connection connection, Rows rows, TableWriter.Changes changes)
      throws SQLException {
    return table.upsert(connection, rows, changes);
  }

  /**
   * Rows with central's ids as they are to be stored: those that were filed stay where they are.
   */
  @Override
  public Rows asFiled(Connection connection, Rows rows) throws SQLException {
    int place = rows.indexOf(PLACE);
    if (rows.isEmpty() || place < 0 || !rows.table().equals(Tables.READING)) {
      return rows;
    }
    int node = rows.indexOf("nodeId");
    int time = rows.indexOf("time");
    Set<Long> nodes = new HashSet<>();
    for (int row = 0; row < rows.size(); row++) {
      nodes.add(rows.longAt(node, row));
    }
    Map<Long, List<Filing>> filings = of(connection, nodes);
    if (filings.isEmpty()) {
      return rows;
    }
    Rows.Builder filed = new Rows.Builder(rows.table(), rows.columns(), rows.size());
    for (int row = 0; row < rows.size(); row++) {
      long told = rows.isNull(place, row) ? NO_PLACE : rows.longAt(place, row);
      long now = told;
      // In their order: what was filed twice went from the first place to the second.
      for (Filing each : filings.getOrDefault(rows.longAt(node, row), List.of())) {
        now = each.speaksOf(now, rows.longAt(time, row)) ? each.to() : now;
      }
      if (now == told) {
        filed.addFrom(rows, row);
      } else {
        Map<String, @Nullable Object> cells = rows.row(row);
        cells.put(PLACE, now);
        filed.row(cells.values().toArray());
      }
    }
    return filed.build();
  }

  private Map<Long, List<Filing>> of(Connection connection, Set<Long> nodes) throws SQLException {
    String sql =
        """
        SELECT node_id, from_place, to_place, first_time, last_time
        FROM tributary_filing
        WHERE node_id IN (%s)
        ORDER BY id
        """
            .formatted(String.join(", ", Collections.nCopies(nodes.size(), "?")));
    Map<Long, List<Filing>> filings = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int index = 1;
      for (long node : nodes) {
        select.setLong(index++, node);
      }
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          filings
              .computeIfAbsent(found.getLong(1), each -> new ArrayList<>())
              .add(
                  new Filing(
                      found.getLong(2),
                      found.getLong(3),
                      Micros.of(times.get(found, 4)),
                      Micros.of(times.get(found, 5))));
        }
      }
    }
    return filings;
  }

  /** Follows a gateway's locations that are others of central now. */
  void follow(Connection connection, Gateway gateway, Map<CentralId, CentralId> moves)
      throws SQLException {
    String its =
        "SELECT central_id FROM tributary_mapping WHERE gateway_id = ? AND table_name = '%s'"
            .formatted(Tables.NODE);
    for (String column : List.of("from_place", "to_place")) {
      String sql =
          "UPDATE tributary_filing SET %s = CASE %s %s END WHERE %s IN (%s) AND node_id IN (%s)"
              .formatted(
                  column,
                  column,
                  moves.keySet().stream()
                      .map(from -> "WHEN ? THEN ?")
                      .collect(Collectors.joining(" ")),
                  column,
                  String.join(", ", Collections.nCopies(moves.size(), "?")),
                  its);
      try (PreparedStatement update = connection.prepareStatement(sql)) {
        int index = 1;
        for (Map.Entry<CentralId, CentralId> move : moves.entrySet()) {
          update.setLong(index++, move.getKey().value());
          update.setLong(index++, move.getValue().value());
        }
        for (CentralId from : moves.keySet()) {
          update.setLong(index++, from.value());
        }
        update.setInt(index, gateway.key());
        update.executeUpdate();
      }
    }
  }

  /** Forgets what was filed from or to a location that is about to go. */
  static void forget(Connection connection, long location) throws SQLException {
    String sql = "DELETE FROM tributary_filing WHERE from_place = ? OR to_place = ?";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setLong(1, location);
      delete.setLong(2, location);
      delete.executeUpdate();
    }
  }
}
