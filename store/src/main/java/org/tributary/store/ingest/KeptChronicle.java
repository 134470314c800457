package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;
import org.tributary.wire.Greeting;
import org.tributary.wire.MetadataChange;

/**
 * The chronicle of central: contacts, receipts, what gateways were told, when both ends were
 * compared last, and the sums of each hour. Of each kind the newest stay, so that it never grows
 * beyond a size. Thread-safe: it remembers only how often each gateway's old rows need not be
 * looked for.
 *
 * <p>An hour's sums come last: whoever adds to them has them until the commit, and waits for nobody
 * else's row any more.
 */
final class KeptChronicle implements Chronicle {

  /** How many rows of a kind may be too many before they go. */
  static final int SPARE = 50;

  private enum Kind {
    CONTACT,
    RECEIPT,
    TOLD
  }

  private record Turn(int gateway, Kind kind) {}

  private final Clock clock;
  private final SqlTimes times;
  private final Contacts contacts;
  private final Receipts receipts;
  private final HourSums hours;
  private final ToldChanges told;
  private final Map<Turn, Integer> turns = new ConcurrentHashMap<>();

  KeptChronicle(Engine engine, Clock clock) {
    this.clock = clock;
    this.times = new SqlTimes(engine);
    this.contacts = new Contacts(engine);
    this.receipts = new Receipts(engine);
    this.hours = new HourSums(engine);
    this.told = new ToldChanges(engine);
  }

  @Override
  public void welcomed(Connection connection, Gateway gateway, Greeting greeting)
      throws SQLException {
    Instant now = now();
    long ahead = Duration.between(now, greeting.now()).toMillis();
    contacts.put(connection, gateway, Contact.welcomed(now, greeting, ahead));
    hours.addContact(connection, gateway, now, ahead);
    if (isTurn(gateway, Kind.CONTACT)) {
      contacts.forgetOld(connection, gateway);
      hours.forgetOld(connection, gateway, now);
    }
  }

  @Override
  public void refused(Connection connection, Gateway gateway, Greeting greeting, String reason)
      throws SQLException {
    Instant now = now();
    long ahead = Duration.between(now, greeting.now()).toMillis();
    contacts.put(connection, gateway, Contact.refused(now, greeting, ahead, reason));
    hours.addRefusal(connection, gateway, now);
    if (isTurn(gateway, Kind.CONTACT)) {
      contacts.forgetOld(connection, gateway);
    }
  }

  @Override
  public void turnedAway(Connection connection, Gateway gateway) throws SQLException {
    hours.addRefusal(connection, gateway, now());
  }

  @Override
  public void stored(Connection connection, Gateway gateway, Receipt receipt) throws SQLException {
    Instant now = now();
    receipts.put(connection, gateway, receipt, now);
    hours.addBatch(connection, gateway, now, receipt);
    if (isTurn(gateway, Kind.RECEIPT)) {
      receipts.forgetOld(connection, gateway);
    }
  }

  @Override
  public void told(Connection connection, Gateway gateway, List<MetadataChange> changes)
      throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    told.put(connection, gateway, changes, now());
    if (isTurn(gateway, Kind.TOLD)) {
      told.forgetOld(connection, gateway);
    }
  }

  @Override
  public void compared(Connection connection, Gateway gateway) throws SQLException {
    String sql = "UPDATE tributary_gateway SET compared = ? WHERE id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      times.set(update, 1, now());
      update.setInt(2, gateway.key());
      update.executeUpdate();
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** At the first and then at each of so many; the numbers of rows are those of all gateways. */
  private boolean isTurn(Gateway gateway, Kind kind) {
    return turns.merge(new Turn(gateway.key(), kind), 1, Integer::sum) % SPARE == 1;
  }
}
