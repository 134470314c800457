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

  /**
   * Some of its rows: those that could be read come first.
   *
   * @param settles whether central has the table as it stands here once it has the last part
   */
  Batch part(int from, int to, boolean settles) {
    int readable = page.rows().size();
    return new Batch(
        page.rows().table(),
        Lane.LIVE,
        Optional.empty(),
        settles && to == size() ? Optional.of(fingerprint) : Optional.empty(),
        page.rows().slice(Math.min(from, readable), Math.min(to, readable)),
        page.unreadable().subList(Math.max(from - readable, 0), Math.max(to - readable, 0)));
  }

  int size() {
    return page.rows().size() + page.unreadable().size();
  }
}
