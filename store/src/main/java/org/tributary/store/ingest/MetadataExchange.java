package org.tributary.store.ingest;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.StoreException;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Holdings;
import org.tributary.wire.MergeTerms;
import org.tributary.wire.MetadataChange;

/**
 * The other way of metadata, from central to a gateway: after the gateway has sent what it changed,
 * it asks for what was changed here. Thread-safe.
 */
public final class MetadataExchange {

  private final Database database;
  private final Gateways gateways;
  private final Terms terms = new Terms();
  private final Removals removals;
  private final OpenChanges open;
  private final Reversals reversals;
  private final Chronicle chronicle;

  public MetadataExchange(Database database, Clock clock) {
    this(database, clock, new KeptChronicle(database.engine(), clock));
  }

  /** Of a database that is nobody's central. */
  public static MetadataExchange direct(Database database, Clock clock) {
    return new MetadataExchange(database, clock, Chronicle.NONE);
  }

  private MetadataExchange(Database database, Clock clock, Chronicle chronicle) {
    this.database = database;
    this.chronicle = chronicle;
    this.gateways = new Gateways(database.engine(), clock);
    MappingJournal journal = new MappingJournal(database.engine(), clock);
    this.removals =
        new Removals(
            database.engine(),
            journal,
            new Positions(database.engine()),
            new Conflicts(database.engine(), clock));
    this.reversals = new Reversals(journal.decisions());
    this.open =
        new OpenChanges(database.engine(), journal, new SetAsideRows(database.engine(), clock));
  }

  /**
   * What was done here that a gateway does not have, in its ids; what it says to have removed is
   * removed here first, if it wants that.
   *
   * @return in the order in which it can be done; none for a gateway that only sends
   * @throws RefusedGatewayException if this gateway has never greeted
   */
  public List<MetadataChange> changes(GatewayId id, Holdings holdings)
      throws StoreException, RefusedGatewayException {
    Optional<List<MetadataChange>> changes =
        database.write(
            connection -> {
              Optional<Gateway> gateway = gateways.lock(connection, id);
              if (gateway.isEmpty() || gateway.get().isStopped()) {
                return Optional.empty();
              }
              Gateways.lockMatching(connection, database.engine());
              MergeTerms its = terms.of(connection, gateway.get());
              removals.settle(connection, gateway.get(), its, holdings);
              reversals.settleGone(connection, gateway.get(), holdings);
              List<MetadataChange> told = open.of(connection, gateway.get(), its);
              chronicle.told(connection, gateway.get(), told);
              return Optional.of(told);
            });
    if (changes.isEmpty()) {
      throw RefusedGatewayException.of(
          id, database.read(connection -> gateways.stopped(connection, id)));
    }
    return changes.get();
  }
}
