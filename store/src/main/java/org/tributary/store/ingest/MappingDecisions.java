package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;
import org.tributary.wire.CentralId;
import org.tributary.wire.GatewayId;
import org.tributary.wire.LocalId;
import org.tributary.wire.Table;

/**
 * What people decided about which row is which. Stateless: it stands in {@code tributary_decision};
 * runs in its caller's transaction.
 */
final class MappingDecisions {

  static final long NOT_YET = -1;

  private static final int MAX_NAME = 255;
  private static final String SELECT =
      """
      SELECT d.id, g.name, d.table_name, d.local_id, d.verdict, d.central_id, d.decided_by,
        d.decided, d.moved, d.released, d.undone, d.undone_by
      FROM tributary_decision d
      JOIN tributary_gateway g ON g.id = d.gateway_id
      """;

  private final SqlTimes times;
  private final Clock clock;

  MappingDecisions(Engine engine, Clock clock) {
    this.times = new SqlTimes(engine);
    this.clock = clock;
  }

  /** Those about rows of one table of a gateway that stand; of several about one row the newest. */
  Map<LocalId, MappingDecision> of(Connection connection, Gateway gateway, Table table)
      throws SQLException {
    Map<LocalId, MappingDecision> standing = new HashMap<>();
    String sql =
        SELECT
            + """
            WHERE d.gateway_id = ? AND d.table_name = ? AND d.undone IS NULL
            ORDER BY d.id
            """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      select.setString(2, table.name());
      for (MappingDecision each : read(select)) {
        standing.put(new LocalId(each.local()), each);
      }
    }
    return standing;
  }

  /** The gateway to whose house a node was carried last, if a person said so. */
  Optional<GatewayId> carriedTo(Connection connection, CentralId node) throws SQLException {
    String sql =
        SELECT
            + """
            WHERE d.table_name = 'Node' AND d.central_id = ? AND d.verdict = 'MOVED'
              AND d.undone IS NULL
            ORDER BY d.id DESC
            LIMIT 1
            """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, node.value());
      return read(select).stream().map(MappingDecision::gateway).findFirst();
    }
  }

  /** All of them, the newest first. */
  List<MappingDecision> all(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + "ORDER BY d.id DESC")) {
      return read(select);
    }
  }

  private List<MappingDecision> read(PreparedStatement select) throws SQLException {
    List<MappingDecision> all = new ArrayList<>();
    try (ResultSet found = select.executeQuery()) {
      while (found.next()) {
        Optional<MappingDecision.Undone> undone =
            found.getObject(11) == null
                ? Optional.empty()
                : Optional.of(
                    new MappingDecision.Undone(found.getString(12), times.get(found, 11)));
        all.add(
            new MappingDecision(
                found.getLong(1),
                new GatewayId(found.getString(2)),
                found.getString(3),
                found.getLong(4),
                Verdict.valueOf(found.getString(5)),
                found.getLong(6),
                found.getString(7),
                times.get(found, 8),
                found.getLong(9),
                found.getLong(10),
                undone));
      }
    }
    return all;
  }

  /** Writes down a decision, without what came of it; its number. */
  long add(
      Connection connection,
      Gateway gateway,
      Table table,
      long local,
      Verdict verdict,
      long central,
      String by)
      throws SQLException {
    String sql =
        """
        INSERT INTO tributary_decision
          (gateway_id, table_name, local_id, verdict, central_id, decided_by, decided, moved,
           released, image)
        VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, '')
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql, new String[] {Table.ID})) {
      insert.setInt(1, gateway.key());
      insert.setString(2, table.name());
      insert.setLong(3, local);
      insert.setString(4, verdict.name());
      insert.setLong(5, central);
      insert.setString(6, by.substring(0, Math.min(by.length(), MAX_NAME)));
      times.set(insert, 7, now());
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        keys.next();
        return keys.getLong(1);
      }
    }
  }

  /** Notes which row of central was made for a row. */
  void made(Connection connection, long number, CentralId central) throws SQLException {
    String sql = "UPDATE tributary_decision SET central_id = ? WHERE id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, central.value());
      update.setLong(2, number);
      update.executeUpdate();
    }
  }

  /** Notes what came of a decision. */
  void note(Connection connection, long number, long moved, long released, String image)
      throws SQLException {
    String sql = "UPDATE tributary_decision SET moved = ?, released = ?, image = ? WHERE id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, moved);
      update.setLong(2, released);
      update.setString(3, image);
      update.setLong(4, number);
      update.executeUpdate();
    }
  }

  /** What a decision changed, as {@link DecisionImage} writes it. */
  String image(Connection connection, long number) throws SQLException {
    String sql = "SELECT image FROM tributary_decision WHERE id = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, number);
      try (ResultSet found = select.executeQuery()) {
        @Nullable String image = found.next() ? found.getString(1) : null;
        return image == null ? "" : image;
      }
    }
  }

  /** What decisions that were undone changed, by their numbers, the newest first. */
  Map<Long, String> undone(Connection connection, Gateway gateway, String beginning)
      throws SQLException {
    String sql =
        """
        SELECT id, image
        FROM tributary_decision
        WHERE gateway_id = ? AND undone IS NOT NULL AND image LIKE ?
        ORDER BY id DESC
        """;
    Map<Long, String> images = new LinkedHashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      select.setString(2, beginning + "%");
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          images.put(found.getLong(1), found.getString(2));
        }
      }
    }
    return images;
  }

  /** Notes anew what a decision changed. */
  void image(Connection connection, long number, String image) throws SQLException {
    String sql = "UPDATE tributary_decision SET image = ? WHERE id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, image);
      update.setLong(2, number);
      update.executeUpdate();
    }
  }

  /** A decision stands no longer. */
  void undo(Connection connection, long number, String by) throws SQLException {
    String sql = "UPDATE tributary_decision SET undone = ?, undone_by = ? WHERE id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      times.set(update, 1, now());
      if (by.isEmpty()) {
        update.setNull(2, Types.VARCHAR);
      } else {
        update.setString(2, by.substring(0, Math.min(by.length(), MAX_NAME)));
      }
      update.setLong(3, number);
      update.executeUpdate();
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
