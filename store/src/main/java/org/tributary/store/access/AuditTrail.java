package org.tributary.store.access;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;
import org.tributary.store.StoreException;
import org.tributary.wire.Credential;
import org.tributary.wire.Micros;

/**
 * What people and machines did, in the transaction that does it. Each entry's seal is a hash of the
 * entry and of the seal before, and the last one stands in a place of its own: an entry that was
 * changed, taken out or cut off by whoever can write single rows shows. It does not show if all of
 * them are written anew; for that, keep a copy of the last seal elsewhere. Stateless.
 */
public final class AuditTrail {

  private static final int MAX_NAME = 255;

  private final SqlTimes times;
  private final Clock clock;

  public AuditTrail(Engine engine, Clock clock) {
    this.times = new SqlTimes(engine);
    this.clock = clock;
  }

  /**
   * Writes an entry down; entries of others wait for the end of the transaction.
   *
   * @param subject what it was done to; never an address or a secret
   * @param detail in a sentence, or nothing
   */
  public void write(Connection connection, String actor, Act act, String subject, String detail)
      throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(
            "UPDATE tributary_audit_end SET entries = entries + 1 WHERE id = 1")) {
      lock.executeUpdate();
    }
    AuditEntry entry =
        new AuditEntry(
            0,
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            cut(actor),
            act.word(),
            cut(subject),
            detail);
    String seal = seal(end(connection).seal(), entry);
    String sql =
        """
        INSERT INTO tributary_audit (written, actor, act, subject, detail, seal)
        VALUES (?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      times.set(insert, 1, entry.written());
      insert.setString(2, entry.actor());
      insert.setString(3, entry.act());
      insert.setString(4, entry.subject());
      insert.setString(5, entry.detail());
      insert.setString(6, seal);
      insert.executeUpdate();
    }
    try (PreparedStatement end =
        connection.prepareStatement("UPDATE tributary_audit_end SET seal = ? WHERE id = 1")) {
      end.setString(1, seal);
      end.executeUpdate();
    }
  }

  /** Writes down by itself what was done elsewhere. */
  public void write(Database database, String actor, Act act, String subject, String detail)
      throws StoreException {
    database.write(
        connection -> {
          write(connection, actor, act, subject, detail);
          return true;
        });
  }

  private record End(long entries, String seal) {}

  private static End end(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT entries, seal FROM tributary_audit_end WHERE id = 1");
        ResultSet found = select.executeQuery()) {
      return found.next() ? new End(found.getLong(1), found.getString(2)) : new End(0, "");
    }
  }

  /** The newest entries, newest first. */
  List<AuditEntry> newest(Connection connection, int most) throws SQLException {
    String sql =
        """
        SELECT id, written, actor, act, subject, detail
        FROM tributary_audit
        ORDER BY id DESC
        LIMIT ?
        """;
    List<AuditEntry> entries = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, most);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          entries.add(entry(found));
        }
      }
    }
    return entries;
  }

  /** What is wrong with the trail: the first entry that is not as it was written; empty if none. */
  Optional<String> flaw(Connection connection) throws SQLException {
    String sql =
        "SELECT id, written, actor, act, subject, detail, seal FROM tributary_audit ORDER BY id";
    String last = "";
    long count = 0;
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet found = select.executeQuery()) {
      while (found.next()) {
        AuditEntry entry = entry(found);
        String seal = seal(last, entry);
        count++;
        if (!seal.equals(found.getString(7))) {
          return Optional.of(
              "Entry %d (%s) is not what was written, or an entry before it is missing"
                  .formatted(entry.id(), entry.written()));
        }
        last = seal;
      }
    }
    End end = end(connection);
    return end.entries() == count && end.seal().equals(last)
        ? Optional.empty()
        : Optional.of(
            "%,d entries were written and %,d are there: some are missing at the end"
                .formatted(end.entries(), count));
  }

  private AuditEntry entry(ResultSet found) throws SQLException {
    return new AuditEntry(
        found.getLong(1),
        times.get(found, 2),
        found.getString(3),
        found.getString(4),
        found.getString(5),
        found.getString(6));
  }

  /** Every part with its length before it, so that none can pass for a piece of another. */
  private static String seal(String before, AuditEntry entry) {
    StringBuilder all = new StringBuilder();
    for (String part :
        List.of(
            before,
            Long.toString(Micros.of(entry.written())),
            entry.actor(),
            entry.act(),
            entry.subject(),
            entry.detail())) {
      all.append(part.length()).append(':').append(part);
    }
    return Credential.hash(all.toString());
  }

  private static String cut(String name) {
    return name.substring(0, Math.min(name.length(), MAX_NAME));
  }
}
