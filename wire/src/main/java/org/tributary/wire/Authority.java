package org.tributary.wire;

/** Whose values count where both sides have a row that they have never agreed on. */
public enum Authority {
  /** The gateway knows its own nodes, where they stand and what they measured. */
  GATEWAY,
  /** Shared words and descriptions: what central has stays, what it lacks is filled in. */
  CENTRAL
}
