package org.tributary.edge;

import java.util.List;
import java.util.Optional;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.store.RestoredDatabase;
import org.tributary.store.StoreException;
import org.tributary.store.WallClock;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Outline;
import org.tributary.wire.Rows;

/** The database that a gateway's rows come back into, and why it may not be filled. */
record RestoreTarget(EdgeConfig config, GatewayId gateway) {

  /** Looks at what can be seen without central's help; nothing is made. */
  void examine() throws RefusedException, LocalDatabaseException {
    if (!config.wallClock().equals(WallClock.UTC)) {
      throw new RefusedException(
          "restore writes times in UTC, and timezone in %s says that the database is in another zone;"
                  .formatted(config.file())
              + " take it out, or restore into a database of its own (--local)");
    }
    try {
      RestoredDatabase.examine(config.local());
    } catch (StoreException e) {
      throw new LocalDatabaseException(e);
    }
  }

  /** Refuses a database of other things than the gateway's; nothing is made. */
  void refuseStrangers(Outline metadata) throws LocalDatabaseException {
    try {
      refuse(RestoredDatabase.stranger(config.local(), metadata));
    } catch (StoreException e) {
      throw new LocalDatabaseException(e);
    }
  }

  /** Opens it, and makes it if it is not there. */
  RestoredDatabase opened() throws LocalDatabaseException {
    try {
      return RestoredDatabase.open(config.local());
    } catch (StoreException e) {
      throw new LocalDatabaseException(e);
    }
  }

  /** Brings in the tables that travel whole, if they are not there. */
  void fill(RestoredDatabase database, List<Rows> metadata) throws LocalDatabaseException {
    try {
      refuse(database.fill(metadata));
    } catch (StoreException e) {
      throw new LocalDatabaseException(e);
    }
  }

  private void refuse(Optional<String> others) throws LocalDatabaseException {
    if (others.isPresent()) {
      throw new LocalDatabaseException(
          "%s holds other things than gateway \"%s\": %s. Nothing was changed. Let localurl name a database that is not there yet, or gateway the name of the one whose rows these are"
              .formatted(config.local().printable(), gateway, others.get()));
    }
  }
}
