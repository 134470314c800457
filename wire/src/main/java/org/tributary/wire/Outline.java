package org.tributary.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of the tables that travel whole there are, and what they stand for, without saying it:
 * enough to see whether a database holds the same things. Immutable.
 *
 * @param tables by table, the rows' ids with a fingerprint of the cells that tell what a row is
 */
public record Outline(Map<String, Map<Long, Long>> tables) {

  public Outline {
    Map<String, Map<Long, Long>> copy = new TreeMap<>();
    tables.forEach((table, rows) -> copy.put(table, Map.copyOf(rows)));
    tables = Map.copyOf(copy);
  }

  /** The rows of a table. */
  public Map<Long, Long> of(Table table) {
    return tables.getOrDefault(table.name(), Map.of());
  }

  /** How many rows there are. */
  public long size() {
    return tables.values().stream().mapToLong(Map::size).sum();
  }

  /** The part of an outline that is about these rows, by their ids. */
  public static Map<Long, Long> of(Rows rows) {
    Map<Long, Long> all = new TreeMap<>();
    for (int row = 0; row < rows.size(); row++) {
      long id = (Long) Objects.requireNonNull(rows.value(Table.ID, row));
      all.put(id, fingerprint(rows.table(), rows.row(row)));
    }
    return all;
  }

  private static long fingerprint(Table table, Map<String, @Nullable Object> row) {
    Map<String, @Nullable Object> cells = new LinkedHashMap<>();
    table.key().forEach(column -> cells.put(column, row.get(column)));
    table.meaning().forEach(column -> cells.put(column, row.get(column)));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(SyncJson.writeRow(cells).getBytes(UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
