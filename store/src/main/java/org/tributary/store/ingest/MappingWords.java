package org.tributary.store.ingest;

import org.tributary.wire.GatewayId;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** What a person can type at central where it is in doubt what is which. Stateless. */
final class MappingWords {

  private MappingWords() {}

  /** Whether a person can decide what rows of a table are: a location is its house and room. */
  static boolean isDecided(Table table) {
    return !table.isSeries() && !table.equals(Tables.LOCATION) && !table.equals(Tables.SENSOR);
  }

  /** The commands that settle what a row is, in one sentence. */
  static String commands(GatewayId gateway, Table table, long local) {
    if (!isDecided(table)) {
      return "see what it refers to: tributary mapping list --open --gateway " + gateway;
    }
    return ("say at central what it is: `tributary mapping same %s %s %d ID` if it is central's ID,"
            + " `tributary mapping different %s %s %d` if it is none of them")
        .formatted(gateway, table, local, gateway, table, local);
  }
}
