package org.tributary.store.ingest;

import java.time.Clock;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.StoreException;
import org.tributary.wire.Greeting;
import org.tributary.wire.NameHolder;

/**
 * Says what a greeting would be told, by the very code that would tell it, and takes all of it
 * back: whoever goes by the name goes on. Thread-safe.
 */
public final class GreetingTrial {

  private record Found(Optional<String> refusal, Optional<NameHolder> holder) {}

  private final Database database;
  private final NameHolders holders;

  public GreetingTrial(Database database, Clock clock) {
    this.database = database;
    this.holders = new NameHolders(database.engine(), clock);
  }

  /**
   * The machine whose place the one that greets would take; empty if it goes by the name already,
   * or nobody does.
   *
   * @throws RefusedGatewayException if it would be refused, with what it would be told
   */
  public Optional<NameHolder> of(Greeting greeting) throws StoreException, RefusedGatewayException {
    Found found =
        database.tryOut(
            connection -> {
              Optional<NameHolder> holder = holders.otherThan(connection, greeting);
              return new Found(holders.refusal(connection, greeting), holder);
            });
    if (found.refusal().isPresent()) {
      throw new RefusedGatewayException(found.refusal().get());
    }
    return found.holder();
  }
}
