package org.tributary.wire;

/** Which of a table's positions a batch moves. */
public enum Lane {
  /** Rows in the order of their key, up to what central's clock says is now. */
  LIVE,
  /** Rows stamped in the future: set aside, and never allowed to move the live position. */
  UNTRUSTED,
  /**
   * Rows of before: sent because the two sides differ, or because the live lane left them behind.
   * Its position is the {@link Backlog}, what of these is still to be sent.
   */
  HISTORY
}
