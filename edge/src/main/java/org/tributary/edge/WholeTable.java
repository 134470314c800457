package org.tributary.edge;

import java.util.Optional;
import org.tributary.store.Page;
import org.tributary.wire.Batch;
import org.tributary.wire.BatchCodec;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Table;

/**
 * A table that travels whole, as it stands now, and whether central has it so.
 *
 * @param fingerprint of the content: the position that central keeps once it has taken all of it
 */
record WholeTable(Page page, Position fingerprint) {

  static WholeTable read(Source source, Table table) throws LocalDatabaseException {
    Page page = source.readAll(table);
    Batch content =
        new Batch(
            table, Lane.LIVE, Optional.empty(), Optional.empty(), page.rows(), page.unreadable());
    return new WholeTable(page, Position.fingerprint(BatchCodec.fingerprint(content)));
  }

  boolean differsFrom(Optional<Position> atCentral) {
    return !atCentral.equals(Optional.of(fingerprint));
  }

  int size() {
    return page.rows().size() + page.unreadable().size();
  }
}
