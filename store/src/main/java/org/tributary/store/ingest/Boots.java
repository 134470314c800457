package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;
import org.tributary.wire.Greeting;

/**
 * The last starts of the machines that went by a gateway's name. A machine that starts anew is
 * never heard of again under its former start. So one that another has followed, and that is heard
 * of again, is a second machine, alive beside it. No clock has a say in this. Stateless: they stand
 * in {@code tributary_boot}.
 */
final class Boots {

  /** How many are remembered: two machines that take turns are found out well before that. */
  private static final int REMEMBERED = 32;

  private final SqlTimes times;
  private final Clock clock;

  Boots(Engine engine, Clock clock) {
    this.times = new SqlTimes(engine);
    this.clock = clock;
  }

  /** One start of a machine, and when it was heard of first. */
  record Boot(String id, long turn, String hostname, Instant since) {}

  /** One that has returned although another followed it, and the newest one. */
  record Twins(Boot returned, Boot newest) {}

  /** Whether a greeting comes from a machine that another has followed. */
  Optional<Twins> twins(Connection connection, Gateway gateway, Greeting greeting)
      throws SQLException {
    if (greeting.boot().isEmpty()) {
      return Optional.empty();
    }
    List<Boot> known = newestFirst(connection, gateway);
    return known.stream()
        .skip(1)
        .filter(boot -> boot.id().equals(greeting.boot().get()))
        .findFirst()
        .map(returned -> new Twins(returned, known.get(0)));
  }

  /** Notes the start that a greeting tells of, if it is the first to do so. */
  void note(Connection connection, Gateway gateway, Greeting greeting) throws SQLException {
    if (greeting.boot().isEmpty()) {
      return;
    }
    String id = greeting.boot().get();
    List<Boot> known = newestFirst(connection, gateway);
    if (!known.isEmpty() && known.get(0).id().equals(id)) {
      return;
    }
    long turn = known.isEmpty() ? 1 : known.get(0).turn() + 1;
    String sql =
        """
        INSERT INTO tributary_boot (gateway_id, boot, turn, hostname, since)
        VALUES (?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setInt(1, gateway.key());
      insert.setString(2, id);
      insert.setLong(3, turn);
      insert.setString(4, greeting.hostname());
      times.set(insert, 5, clock.instant().truncatedTo(ChronoUnit.MICROS));
      insert.executeUpdate();
    }
    forgetUpTo(connection, gateway, turn - REMEMBERED);
  }

  /** Forgets all of them. */
  void forget(Connection connection, Gateway gateway) throws SQLException {
    forgetUpTo(connection, gateway, Long.MAX_VALUE);
  }

  private static void forgetUpTo(Connection connection, Gateway gateway, long turn)
      throws SQLException {
    String sql = "DELETE FROM tributary_boot WHERE gateway_id = ? AND turn <= ?";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setInt(1, gateway.key());
      delete.setLong(2, turn);
      delete.executeUpdate();
    }
  }

  private List<Boot> newestFirst(Connection connection, Gateway gateway) throws SQLException {
    String sql =
        """
        SELECT boot, turn, hostname, since
        FROM tributary_boot
        WHERE gateway_id = ?
        ORDER BY turn DESC
        """;
    List<Boot> boots = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          boots.add(
              new Boot(
                  found.getString(1), found.getLong(2), found.getString(3), times.get(found, 4)));
        }
      }
    }
    return boots;
  }
}
