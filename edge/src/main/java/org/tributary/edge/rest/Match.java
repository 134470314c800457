package org.tributary.edge.rest;

import static java.util.Objects.requireNonNull;

/**
 * A row here and the row at the server that is the same thing.
 *
 * @param central its id there
 * @param here what of it travels, as it was here when both last agreed: JSON
 * @param there the columns by which it is known, as they were there: JSON
 */
record Match(long central, String here, String there) {
  Match {
    requireNonNull(here);
    requireNonNull(there);
  }
}
