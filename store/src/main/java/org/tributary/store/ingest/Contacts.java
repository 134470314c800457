package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Objects;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;
import org.tributary.wire.Greeting;

/**
 * Greetings in the names of gateways. A gateway greets with each push, so the newest ones reach
 * back some days; those that told something new of a machine stay longer. Stateless: they stand in
 * {@code tributary_contact}.
 */
final class Contacts {

  private final SqlTimes times;

  Contacts(Engine engine) {
    this.times = new SqlTimes(engine);
  }

  void put(Connection connection, Gateway gateway, Contact contact) throws SQLException {
    String sql =
        """
        INSERT INTO tributary_contact
          (gateway_id, noticed, refused, machine, hostname, version, boot, configuration,
           clock_offset, is_news)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    boolean news = isNews(connection, gateway, contact);
    Greeting greeting = contact.greeting();
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setInt(1, gateway.key());
      times.set(insert, 2, contact.at());
      insert.setString(3, contact.refused().orElse(null));
      insert.setString(4, greeting.machine());
      insert.setString(5, greeting.hostname());
      insert.setString(6, greeting.version());
      if (greeting.boot().isPresent()) {
        insert.setString(7, greeting.boot().get());
      } else {
        insert.setNull(7, Types.VARCHAR);
      }
      insert.setString(8, contact.configuration());
      insert.setLong(9, contact.ahead());
      insert.setBoolean(10, news);
      insert.executeUpdate();
    }
  }

  /** Whether anything but the clock is otherwise than when this machine greeted last. */
  private static boolean isNews(Connection connection, Gateway gateway, Contact contact)
      throws SQLException {
    String sql =
        """
        SELECT hostname, version, boot, configuration, refused IS NOT NULL
        FROM tributary_contact
        WHERE gateway_id = ? AND machine = ?
        ORDER BY id DESC
        LIMIT 1
        """;
    Greeting greeting = contact.greeting();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      select.setString(2, greeting.machine());
      try (ResultSet found = select.executeQuery()) {
        // A refusal says when: its words are others each time.
        return !found.next()
            || !found.getString(1).equals(greeting.hostname())
            || !found.getString(2).equals(greeting.version())
            || !Objects.equals(found.getString(3), greeting.boot().orElse(null))
            || !found.getString(4).equals(contact.configuration())
            || found.getBoolean(5) != contact.refused().isPresent();
      }
    }
  }

  /** Leaves the newest, and the newest of those that told something new. */
  void forgetOld(Connection connection, Gateway gateway) throws SQLException {
    new NewestRows("tributary_contact", "NOT is_news").keep(connection, gateway);
    new NewestRows("tributary_contact", "is_news").keep(connection, gateway);
  }
}
