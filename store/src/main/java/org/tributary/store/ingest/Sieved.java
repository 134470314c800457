package org.tributary.store.ingest;

import java.util.List;
import org.tributary.wire.Rows;

/** What a {@link Sieve} made of a batch: rows that can be stored, and rows to be set aside. */
final class Sieved {

  private final Rows rows;
  private final int[] origin;
  private final List<Apart> apart;

  Sieved(Rows rows, int[] origin, List<Apart> apart) {
    this.rows = rows;
    this.origin = origin;
    this.apart = apart;
  }

  /** The rows that can be stored, with central's ids. */
  Rows rows() {
    return rows;
  }

  /** Which row of the batch that one was. */
  int origin(int row) {
    return origin[row];
  }

  List<Apart> apart() {
    return apart;
  }
}
