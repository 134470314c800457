package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tributary.store.Counted;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;
import org.tributary.wire.MetadataChange;

/**
 * What gateways that take central's metadata were told to change in theirs. Stateless: it stands in
 * {@code tributary_told}.
 */
final class ToldChanges {

  private static final int IN_FULL = 20;

  private final SqlTimes times;

  ToldChanges(Engine engine) {
    this.times = new SqlTimes(engine);
  }

  /** Puts it down, or counts once more what was told the last time. */
  void put(Connection connection, Gateway gateway, List<MetadataChange> changes, Instant now)
      throws SQLException {
    String words = words(changes);
    if (!repeated(connection, gateway, words, now)) {
      insert(connection, gateway, words, now);
    }
  }

  /** In a line: how many rows of which table, then the first of them. */
  static String words(List<MetadataChange> changes) {
    Map<String, Long> counts =
        changes.stream()
            .collect(
                Collectors.groupingBy(
                    change ->
                        "of %s %s"
                            .formatted(
                                change.table(),
                                switch (change.kind()) {
                                  case ADDED -> "added";
                                  case CHANGED -> "changed";
                                  case REMOVED -> "removed";
                                }),
                    TreeMap::new,
                    Collectors.counting()));
    String sums =
        counts.entrySet().stream()
            .map(each -> Counted.rows(each.getValue()) + " " + each.getKey())
            .collect(Collectors.joining(", "));
    String rows =
        changes.stream()
            .limit(IN_FULL)
            .map(MetadataChange::toString)
            .collect(Collectors.joining("; "));
    return changes.size() > IN_FULL ? sums + ": " + rows + "; …" : sums + ": " + rows;
  }

  private boolean repeated(Connection connection, Gateway gateway, String words, Instant now)
      throws SQLException {
    String last =
        """
        SELECT id, words
        FROM tributary_told
        WHERE gateway_id = ?
        ORDER BY id DESC
        LIMIT 1
        """;
    try (PreparedStatement select = connection.prepareStatement(last)) {
      select.setInt(1, gateway.key());
      try (ResultSet found = select.executeQuery()) {
        if (!found.next() || !found.getString(2).equals(words)) {
          return false;
        }
        count(connection, found.getLong(1), now);
        return true;
      }
    }
  }

  private void count(Connection connection, long id, Instant now) throws SQLException {
    String sql = "UPDATE tributary_told SET times = times + 1, last_noticed = ? WHERE id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      times.set(update, 1, now);
      update.setLong(2, id);
      update.executeUpdate();
    }
  }

  private void insert(Connection connection, Gateway gateway, String words, Instant now)
      throws SQLException {
    String sql =
        """
        INSERT INTO tributary_told (gateway_id, noticed, last_noticed, times, words)
        VALUES (?, ?, ?, 1, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setInt(1, gateway.key());
      times.set(insert, 2, now);
      times.set(insert, 3, now);
      insert.setString(4, words);
      insert.executeUpdate();
    }
  }

  /** Leaves the newest. */
  void forgetOld(Connection connection, Gateway gateway) throws SQLException {
    new NewestRows("tributary_told", "1 = 1").keep(connection, gateway);
  }
}
