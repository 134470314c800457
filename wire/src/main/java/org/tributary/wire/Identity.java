package org.tributary.wire;

/** How a row at a gateway and a row at central are known to be the same thing. */
public enum Identity {
  /** The id is meant to be the same everywhere: node 69 is always node 69. */
  GLOBAL_ID,
  /** Ids differ on each side; rows are matched by their natural key. */
  NATURAL_KEY,
  /** A row of a time series: it has no id and is known by its full key. */
  SERIES
}
