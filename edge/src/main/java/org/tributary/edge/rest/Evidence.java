package org.tributary.edge.rest;

import java.io.IOException;

/** Tells a row that a server can't store from a server that can store nothing now. */
interface Evidence {

  /**
   * Returns if the server works and takes what is known to be good.
   *
   * @param what was refused, for people
   * @throws IOException if it does not, so that nothing is to be concluded
   */
  void ofARowsOwnFault(String what) throws IOException;
}
