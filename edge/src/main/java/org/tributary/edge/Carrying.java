package org.tributary.edge;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/** How batches get to central; each answer is checked and counted. Not thread-safe. */
interface Carrying extends Sending {

  /**
   * Carries one after the other, a few of them on their way at once.
   *
   * @param stop asked between batches; once true, what is on its way is answered and no more sent
   */
  void carry(Batches batches, BooleanSupplier stop) throws IOException, RefusedException;
}
