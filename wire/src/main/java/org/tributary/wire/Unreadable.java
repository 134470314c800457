package org.tributary.wire;

import static java.util.Objects.requireNonNull;

/**
 * A row that a gateway's database holds but that can't be read as what its table says: text in a
 * number, a date that is none. It travels as it is and is set aside at central, so that it is seen.
 *
 * @param key the key as the database printed it
 * @param row every cell as the database printed it, as JSON
 * @param reason which column could not be read, and why
 */
public record Unreadable(String key, String row, String reason) {
  public Unreadable {
    requireNonNull(key);
    requireNonNull(row);
    requireNonNull(reason);
  }
}
