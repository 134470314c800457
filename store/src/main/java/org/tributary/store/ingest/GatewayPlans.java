package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.StoreException;
import org.tributary.wire.Batch;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Plan;
import org.tributary.wire.Proposal;

/**
 * Finds out what a gateway's next cycle would do with the tables that travel whole, by the very
 * code that would do it, in a transaction that is taken back. Thread-safe.
 */
record GatewayPlans(
    Database database,
    Gateways gateways,
    WholeTables whole,
    NameHolders holders,
    OpenChanges open,
    Clock clock) {

  private static final int MOST_CONFLICTS = 1_000;

  private record Found(Optional<String> refusal, Optional<Plan> plan) {}

  Plan plan(Proposal proposal, Optional<KnownNodes> known)
      throws StoreException, RefusedGatewayException {
    Planning planning = new Planning(database.engine());
    Conflicts conflicts = new Conflicts(database.engine(), clock);
    Found found =
        database.tryOut(
            connection -> {
              Optional<String> refusal = holders.refusal(connection, proposal.greeting());
              if (refusal.isPresent()) {
                return new Found(refusal, Optional.empty());
              }
              gateways.note(connection, proposal.greeting());
              GatewayId id = proposal.greeting().gateway();
              Gateway gateway = gateways.lock(connection, id).orElseThrow();
              Gateways.lockMatching(connection, database.engine());
              if (known.isPresent()) {
                known.get().look(connection);
              }
              List<String> taken = new ArrayList<>();
              List<String> notes = new ArrayList<>();
              long before = conflicts.newest(connection);
              Plan plan =
                  planning.of(
                      connection,
                      gateway,
                      () -> {
                        long moved = 0;
                        for (Batch batch : proposal.tables()) {
                          moved +=
                              whole.store(connection, gateway, batch).outcome().readingsMoved();
                        }
                        open.of(connection, gateway, proposal.greeting().terms())
                            .forEach(change -> taken.add(change.toString()));
                        notes(connection, gateway, conflicts, before, notes);
                        return moved;
                      });
              return new Found(
                  Optional.empty(),
                  Optional.of(new Plan(plan.steps(), plan.apart(), plan.effect(), taken, notes)));
            });
    if (found.refusal().isPresent()) {
      throw new RefusedGatewayException(found.refusal().get());
    }
    return found.plan().orElseThrow();
  }

  /** What was otherwise at both ends, and what nobody has said about houses that look alike. */
  private void notes(
      Connection connection, Gateway gateway, Conflicts conflicts, long before, List<String> notes)
      throws SQLException {
    for (Conflict each :
        conflicts.page(connection, Optional.of(gateway.id()), true, before, MOST_CONFLICTS)) {
      notes.add("conflict: " + each.inOneLine());
    }
    long waiting = conflicts.countOpen(connection, gateway, before);
    if (waiting > 0) {
      notes.add(
          "%,d %s already for somebody to look at: tributary conflicts list --gateway %s"
              .formatted(
                  waiting, waiting == 1 ? "conflict waits" : "conflicts wait", gateway.id()));
    }
    for (SharedHouses.Shared each : new SharedHouses(database.engine()).of(connection, gateway)) {
      notes.add(
          each.evidence()
              + ". If these are two houses that look alike, give one of them another address before"
              + " its first push, because from then on readings of both stand under the same nodes;"
              + " to say what they are afterwards: tributary mapping list, at central");
    }
  }
}
