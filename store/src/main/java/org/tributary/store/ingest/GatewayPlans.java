package org.tributary.store.ingest;

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
    OpenChanges open) {

  private record Found(Optional<String> refusal, Optional<Plan> plan) {}

  Plan plan(Proposal proposal, Optional<KnownNodes> known)
      throws StoreException, RefusedGatewayException {
    Planning planning = new Planning(database.engine());
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
                        return moved;
                      });
              return new Found(
                  Optional.empty(),
                  Optional.of(new Plan(plan.steps(), plan.apart(), plan.effect(), taken)));
            });
    if (found.refusal().isPresent()) {
      throw new RefusedGatewayException(found.refusal().get());
    }
    return found.plan().orElseThrow();
  }
}
