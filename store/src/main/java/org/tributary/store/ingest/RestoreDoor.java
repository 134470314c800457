package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.StoreException;

/**
 * Lets those read a gateway's rows who may: with a permission that holds and is this machine's.
 * Whatever is given is written down. Thread-safe.
 */
final class RestoreDoor {

  private final Database database;
  private final Clock clock;
  private final Gateways gateways;
  private final NameHolders holders;
  private final Permits permits;

  RestoreDoor(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.gateways = new Gateways(database.engine(), clock);
    this.holders = new NameHolders(database.engine(), clock);
    this.permits = new Permits(database.engine(), clock);
  }

  Permits permits() {
    return permits;
  }

  interface Question<T> {
    T answer(Connection connection, Gateway gateway, Permit permit)
        throws SQLException, NotPermittedException;
  }

  interface Note<T> {
    void write(Connection connection, Permit permit, T answer) throws SQLException;
  }

  /** An answer, or why there is none. */
  private record Outcome<T>(Optional<T> answer, Optional<NotPermittedException> refusal) {
    static <T> Outcome<T> of(T answer) {
      return new Outcome<>(Optional.of(answer), Optional.empty());
    }

    static <T> Outcome<T> not(NotPermittedException why) {
      return new Outcome<>(Optional.empty(), Optional.of(why));
    }

    T get() throws NotPermittedException {
      if (refusal.isPresent()) {
        throw refusal.get();
      }
      return answer.orElseThrow();
    }
  }

  /**
   * Answers the machine that goes by the name. Nothing is given before it is written down, and not
   * if the permission has gone meanwhile.
   */
  <T> T answered(Restoring.Asking asking, Question<T> question, Note<T> note)
      throws StoreException, NotPermittedException {
    T answer =
        database.<Outcome<T>>read(connection -> asked(connection, asking, true, question)).get();
    return database
        .<Outcome<T>>write(
            connection ->
                asked(
                    connection,
                    asking,
                    true,
                    (same, gateway, permit) -> {
                      if (permit.machine().isEmpty()) {
                        permits.bind(same, permit, asking.machine(), hostname(same, gateway));
                      }
                      note.write(same, permit, answer);
                      return answer;
                    }))
        .get();
  }

  /** Answers a machine that may come to go by the name; nothing is changed by it. */
  <T> T told(Restoring.Asking asking, Question<T> question)
      throws StoreException, NotPermittedException {
    return database
        .<Outcome<T>>read(connection -> asked(connection, asking, false, question))
        .get();
  }

  private <T> Outcome<T> asked(
      Connection connection, Restoring.Asking asking, boolean asHolder, Question<T> question)
      throws SQLException {
    try {
      Gateway gateway =
          gateways
              .find(connection, asking.gateway())
              .orElseThrow(
                  () ->
                      new NotPermittedException(
                          "Central has never heard of gateway \"%s\": set gateway = OLDNAME in [general];"
                                  .formatted(asking.gateway())
                              + " tributary gateway list shows names at central"));
      Permit permit = permit(connection, gateway, asking);
      if (asHolder && !holders.isHeldBy(connection, gateway, asking.machine())) {
        throw new NotPermittedException(
            "Gateway \"%s\" has to greet first".formatted(gateway.id()));
      }
      return Outcome.of(question.answer(connection, gateway, permit));
    } catch (NotPermittedException e) {
      return Outcome.not(e);
    }
  }

  private Permit permit(Connection connection, Gateway gateway, Restoring.Asking asking)
      throws SQLException, NotPermittedException {
    Optional<Permit> newest = permits.newest(connection, gateway);
    if (newest.isEmpty()) {
      throw NotPermittedException.of(
          gateway.id(), "Central gives no rows back without a permission");
    }
    Permit permit = newest.get();
    if (permit.revoked().isPresent()) {
      throw NotPermittedException.of(gateway.id(), "The permission was taken back");
    }
    if (!permit.isInForce(clock.instant())) {
      throw NotPermittedException.of(gateway.id(), "The permission ended at " + permit.expires());
    }
    if (!permit.isFor(asking.machine())) {
      throw NotPermittedException.of(
          gateway.id(), "The permission is another machine's, which has used it");
    }
    return permit;
  }

  private String hostname(Connection connection, Gateway gateway) throws SQLException {
    return gateways.all(connection, clock.instant()).stream()
        .filter(each -> each.gateway().equals(gateway.id()))
        .findFirst()
        .orElseThrow()
        .hostname();
  }
}
