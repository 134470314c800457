package org.tributary.wire;

import static java.util.Objects.requireNonNull;

/**
 * A row that central keeps apart, with the reason, because it can't be stored as it is.
 *
 * @param table name of its table
 * @param key the row's key, readable
 * @param reason what is wrong with this very row, for the person who has to decide
 */
public record SetAside(String table, String key, Rule rule, String reason) {
  public SetAside {
    requireNonNull(table);
    requireNonNull(key);
    requireNonNull(rule);
    requireNonNull(reason);
  }
}
