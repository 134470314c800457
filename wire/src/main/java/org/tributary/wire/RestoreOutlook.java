package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What would come back to a gateway, and what that would take, told without anything being taken.
 *
 * @param terms as they are told when it begins
 * @param holder the machine that goes by the gateway's name now, if it is another one: it would be
 *     refused from then on
 * @param metadata the rows of the tables that travel whole
 * @param lost rows of these tables that can't come back, by table
 */
public record RestoreOutlook(
    RestoreTerms terms,
    Optional<NameHolder> holder,
    Outline metadata,
    Map<String, List<Unreadable>> lost) {

  public RestoreOutlook {
    requireNonNull(terms);
    requireNonNull(holder);
    requireNonNull(metadata);
    Map<String, List<Unreadable>> copy = new TreeMap<>();
    lost.forEach((table, rows) -> copy.put(table, List.copyOf(rows)));
    lost = Map.copyOf(copy);
  }
}
