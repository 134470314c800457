package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.StoreException;
import org.tributary.wire.Claims;
import org.tributary.wire.Difference;
import org.tributary.wire.Greeting;
import org.tributary.wire.Lane;
import org.tributary.wire.SyncApi;
import org.tributary.wire.Welcome;

/**
 * Answers gateways' greetings: who may go by a name, what differs of the days that are told, and
 * how far each table has come. Thread-safe.
 */
final class Greetings {

  private final Database database;
  private final Clock clock;
  private final Ingest.Limits limits;
  private final Gateways gateways;
  private final NameHolders holders;
  private final Positions positions;
  private final SetAsideQuery query;
  private final Comparison comparison;
  private final OpenChanges open;
  private final Chronicle chronicle;

  Greetings(
      Database database,
      Clock clock,
      Ingest.Limits limits,
      Comparison comparison,
      OpenChanges open,
      Chronicle chronicle) {
    this.database = database;
    this.clock = clock;
    this.limits = limits;
    this.gateways = new Gateways(database.engine(), clock);
    this.holders = new NameHolders(database.engine(), clock);
    this.positions = new Positions(database.engine());
    this.query = new SetAsideQuery(database.engine());
    this.comparison = comparison;
    this.open = open;
    this.chronicle = chronicle;
  }

  /**
   * Answers a greeting and notes it.
   *
   * @param trustedUntil until when a row's stamp is believed
   * @throws RefusedGatewayException if this machine may not go by that name
   */
  Welcome answer(Greeting greeting, String version, Instant trustedUntil)
      throws StoreException, RefusedGatewayException {
    Optional<String> refusal = database.write(connection -> note(connection, greeting));
    if (refusal.isPresent()) {
      throw new RefusedGatewayException(refusal.get());
    }
    List<List<Difference>> differences =
        greeting.claims().isEmpty()
            ? List.of()
            : database.write(
                connection -> {
                  Gateway gateway = gateways.lock(connection, greeting.gateway()).orElseThrow();
                  List<List<Difference>> found = new ArrayList<>();
                  for (Claims claims : greeting.claims()) {
                    found.add(comparison.differences(connection, gateway, claims));
                  }
                  return found;
                });
    return database.read(
        connection -> welcome(connection, greeting, version, trustedUntil, differences));
  }

  /** Notes a greeting, be it refused, and why it is. */
  private Optional<String> note(Connection connection, Greeting greeting) throws SQLException {
    Optional<String> reason = holders.refusal(connection, greeting);
    if (reason.isEmpty()) {
      Gateway gateway = gateways.note(connection, greeting);
      holders.letOn(connection, gateway, greeting);
      chronicle.welcomed(connection, gateway, greeting);
    } else {
      Optional<Gateway> known = gateways.find(connection, greeting.gateway());
      if (known.isPresent()) {
        chronicle.refused(connection, known.get(), greeting, reason.get());
      }
    }
    return reason;
  }

  private Welcome welcome(
      Connection connection,
      Greeting greeting,
      String version,
      Instant trustedUntil,
      List<List<Difference>> differences)
      throws SQLException {
    Gateway gateway = gateways.find(connection, greeting.gateway()).orElseThrow();
    Instant now = clock.instant();
    return new Welcome(
        version,
        SyncApi.commonProtocol(greeting.protocol()),
        now,
        limits.maxRows(),
        limits.maxBytes(),
        trustedUntil,
        positions.of(connection, gateway, Lane.LIVE),
        positions.of(connection, gateway, Lane.UNTRUSTED),
        query.byTable(connection, gateway).values().stream().mapToLong(Long::longValue).sum(),
        positions.of(connection, gateway, Lane.HISTORY),
        differences,
        comparison.open(connection, gateway),
        !open.of(connection, gateway, greeting.terms()).isEmpty());
  }
}
