package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.store.Access;
import org.tributary.store.CentralBooks;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.StoreException;
import org.tributary.store.access.Act;
import org.tributary.store.access.AuditTrail;
import org.tributary.wire.GatewayId;
import org.tributary.wire.GatewayStatus;

/**
 * Where a person deals with the gateways that central knows: looks at them, permits one to read its
 * rows back, lets one on again that was stopped. Central may be at work meanwhile. Not thread-safe.
 */
public final class GatewayDesk implements AutoCloseable {

  private static final int MAX_NAME = 255;

  private final Database database;
  private final Gateways gateways;
  private final Permits permits;
  private final NameHolders holders;
  private final AuditTrail audit;
  private final Clock clock;

  private GatewayDesk(Database database, Clock clock) {
    this.database = database;
    this.gateways = new Gateways(database.engine(), clock);
    this.permits = new Permits(database.engine(), clock);
    this.holders = new NameHolders(database.engine(), clock);
    this.audit = new AuditTrail(database.engine(), clock);
    this.clock = clock;
  }

  /** A gateway, and the newest permission that it was given. */
  public record Entry(GatewayStatus gateway, Optional<Permit> permit) {}

  /**
   * Opens central's database.
   *
   * @param access to read or to write
   * @throws StoreException if it is none of this program's revision
   */
  public static GatewayDesk open(DatabaseUrl url, Access access, Clock clock)
      throws StoreException {
    CentralBooks.require(url);
    return new GatewayDesk(Database.open(url, access), clock);
  }

  /** Every gateway that has ever greeted, by name. */
  public List<Entry> all() throws StoreException {
    return database.read(
        connection -> {
          List<Entry> all = new ArrayList<>();
          for (GatewayStatus status : gateways.all(connection, clock.instant())) {
            Gateway gateway = gateways.find(connection, status.gateway()).orElseThrow();
            all.add(new Entry(status, permits.newest(connection, gateway)));
          }
          return all;
        });
  }

  /**
   * Permits a gateway to read its rows back.
   *
   * @param length for how long
   * @param from the time of the first rows; empty for all there are
   * @param before the time before which they lie; empty for all there are
   * @param by who grants it, for the books
   * @return when it ends by itself; empty if no gateway of that name ever greeted
   */
  public Optional<Instant> permit(
      GatewayId id, Duration length, Optional<Instant> from, Optional<Instant> before, String by)
      throws StoreException {
    Instant expires = clock.instant().plus(length).truncatedTo(ChronoUnit.SECONDS);
    String name = by.substring(0, Math.min(by.length(), MAX_NAME));
    return change(
        id,
        (connection, gateway) -> {
          permits.grant(connection, gateway, name, expires, from, before);
          audit.write(connection, by, Act.RESTORE_PERMIT, id.value(), "until " + expires);
          return expires;
        });
  }

  /** Takes the permission back; whether there was one. Empty if no such gateway ever greeted. */
  public Optional<Boolean> revoke(GatewayId id, String by) throws StoreException {
    return change(
        id,
        (connection, gateway) -> {
          boolean had = permits.revoke(connection, gateway);
          if (had) {
            audit.write(connection, by, Act.RESTORE_REVOKE, id.value(), "");
          }
          return had;
        });
  }

  /**
   * Lets on whoever goes by a name: what was stopped, and what was replaced.
   *
   * @return whether it was stopped; empty if no gateway of that name ever greeted
   */
  public Optional<Boolean> release(GatewayId id, String by) throws StoreException {
    return change(
        id,
        (connection, gateway) -> {
          holders.release(connection, gateway);
          audit.write(
              connection,
              by,
              Act.GATEWAY_RELEASE,
              id.value(),
              gateway.isStopped() ? "was stopped" : "was not stopped");
          return gateway.isStopped();
        });
  }

  private interface Change<T> {
    T make(Connection connection, Gateway gateway) throws SQLException;
  }

  private <T> Optional<T> change(GatewayId id, Change<T> change) throws StoreException {
    return database.write(
        connection -> {
          Optional<Gateway> gateway =
              id.equals(Gateways.REST) ? Optional.empty() : gateways.lock(connection, id);
          return gateway.isEmpty()
              ? Optional.empty()
              : Optional.of(change.make(connection, gateway.get()));
        });
  }

  @Override
  public void close() {
    database.close();
  }
}
