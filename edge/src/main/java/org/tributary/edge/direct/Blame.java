package org.tributary.edge.direct;

import java.io.IOException;
import org.tributary.store.StoreException;
import org.tributary.store.Trouble;
import org.tributary.store.direct.UnfitException;

/** Says whose failure it was that a database could not be worked with: its own, or the way's. */
record Blame(Reach.Way way) {

  /** Whether whoever was told no may ask something else over the same connection. */
  boolean leavesAll(StoreException failure) {
    return way.isOpen()
        && (failure.trouble() == Trouble.MISSING || failure.trouble() == Trouble.DENIED);
  }

  /**
   * What to tell of a failure that passes by itself.
   *
   * @throws UnfitException if somebody has to change something there first
   */
  IOException of(StoreException failure) throws UnfitException {
    if (!way.isOpen()) {
      return new IOException(
          way.words()
              + " broke off; what was not committed is undone there, and the next push opens"
              + " another",
          failure);
    }
    String words = String.valueOf(failure.getMessage());
    if (leavesAll(failure)) {
      throw new UnfitException(words); // trying again does not help
    }
    return new IOException(words, failure); // of a remote, and not of the gateway's own database
  }
}
