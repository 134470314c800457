package org.tributary.edge;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Welcome;

/**
 * Finds out whether a new database was put in the place of the one that was pushed before.
 *
 * <p>A name that nobody chose goes with the machine and the place of the database. A new one, for
 * another house perhaps, must not pass for the one before: its ids would stand for that one's rows
 * at central.
 */
record OtherDatabase(Source source, GatewayId id) {

  /** Refuses to push a database that is not the one that central knows by this name. */
  void refuse(Welcome welcome) throws IOException, RefusedException {
    for (Table table : List.of(Tables.READING, Tables.NODE_STATE)) {
      Optional<Position> sent = welcome.position(table, Lane.LIVE);
      if (sent.isPresent()) {
        if (!source.holds(table, sent.get()) && hasOtherHouses(welcome)) {
          throw new RefusedException(
              ("What was pushed last as gateway \"%s\" (a %s of %s) is not in the local database,"
                      + " and its houses or nodes are others: is it a new one? Say which gateway it"
                      + " is, in [general]: gateway = %s if it goes on for the former, any other"
                      + " name if it does not")
                  .formatted(id, table, sent.get().key().get(0), id));
        }
        return;
      }
    }
  }

  private boolean hasOtherHouses(Welcome welcome) throws IOException {
    for (Table table : List.of(Tables.DEPLOYMENT, Tables.HOUSE, Tables.LOCATION, Tables.NODE)) {
      Optional<Position> known = welcome.position(table, Lane.LIVE);
      if (known.isPresent() && WholeTable.read(source, table).differsFrom(known)) {
        return true;
      }
    }
    return false;
  }
}
