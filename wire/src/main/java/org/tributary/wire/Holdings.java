package org.tributary.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which rows of metadata a gateway has, told when it asks for central's changes: what is missing of
 * rows that central knows has been removed there.
 *
 * @param present ids of all rows, by table; a table that is left out says nothing
 * @param kept ids of rows that were to be removed and could not be, by table
 */
public record Holdings(Map<String, Set<Long>> present, Map<String, Set<Long>> kept) {

  public Holdings {
    present = copy(present);
    kept = copy(kept);
  }

  private static Map<String, Set<Long>> copy(Map<String, Set<Long>> ids) {
    Map<String, Set<Long>> copy = new HashMap<>();
    ids.forEach((table, its) -> copy.put(table, Set.copyOf(its)));
    return Map.copyOf(copy);
  }
}
