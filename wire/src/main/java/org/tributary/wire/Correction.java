package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A row of a series that was changed or deleted after central had it: what it was before.
 *
 * @param key the row's key, readable
 * @param before the row as it was, as JSON, with central's ids
 * @param noticed when central learned of it
 */
public record Correction(String table, String key, Kind kind, String before, Instant noticed) {

  /** What became of the row. */
  public enum Kind {
    EDITED,
    DELETED
  }

  public Correction {
    requireNonNull(table);
    requireNonNull(key);
    requireNonNull(kind);
    requireNonNull(before);
    requireNonNull(noticed);
  }
}
