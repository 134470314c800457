package org.tributary.store.ingest;

import java.time.Instant;
import java.util.Set;
import org.tributary.wire.Micros;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;

/**
 * Which stamps are believed. For one batch.
 *
 * @param until the latest stamp that is
 * @param distrusted keys already set aside because of their clock: they stay there even when
 *     central's clock has passed their stamp
 * @param believed keys whose stamps a person believes
 * @param inAll whether a person believes them all
 */
record Trust(Instant until, Set<String> distrusted, Set<String> believed, boolean inAll) {

  /** By central's clock alone. */
  static Trust until(Instant until) {
    return new Trust(until, Set.of(), Set.of(), false);
  }

  /** In whatever is stamped, as far as central can hold it. */
  static Trust inAll(Instant until) {
    return new Trust(until, Set.of(), Set.of(), true);
  }

  boolean distrusts(Rows rows, int row) {
    return !distrusted.isEmpty() && distrusted.contains(Sieve.keyOf(rows, row));
  }

  boolean believes(Instant time, Rows rows, int row) {
    boolean likely = !time.isBefore(Rule.EARLIEST_TRUSTED) && !time.isAfter(until);
    return likely
        || (Micros.hasFourDigitYear(time)
            && (inAll || (!believed.isEmpty() && believed.contains(Sieve.keyOf(rows, row)))));
  }
}
