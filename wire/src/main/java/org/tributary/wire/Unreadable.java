package org.tributary.wire;

import static java.util.Objects.requireNonNull;

/**
 * A row that a gateway's database holds but that can't be read as what its table says: text in a
 * number, a date that is none. It travels as it is and is set aside at central, so that it is seen.
 *
 * @param key as a {@link Position} is told, so that the row is the same once it is mended; parts of
 *     it that can't be read are as the database printed them
 * @param row every cell, as JSON; those that can't be read are as the database printed them
 * @param reason which column could not be read, and why
 */
public record Unreadable(String key, String row, String reason) {
  public Unreadable {
    requireNonNull(key);
    requireNonNull(row);
    requireNonNull(reason);
  }
}
