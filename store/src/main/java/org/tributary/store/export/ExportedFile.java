package org.tributary.store.export;

import static java.util.Objects.requireNonNull;

/**
 * What a file of readings is, to the byte.
 *
 * @param rows its readings, the line of the columns' names not counted
 * @param bytes its length
 * @param sha256 in hexadecimal digits
 */
public record ExportedFile(long rows, long bytes, String sha256) {
  public ExportedFile {
    requireNonNull(sha256);
  }
}
