package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * All that a gateway has in tables that travel whole, sent to be told what would become of it.
 *
 * @param greeting who asks, as it would greet
 * @param tables parents first; a table may come in several parts
 */
public record Proposal(Greeting greeting, List<Batch> tables) {

  public Proposal {
    requireNonNull(greeting);
    tables = List.copyOf(tables);
    for (Batch batch : tables) {
      if (batch.table().isSeries()) {
        throw new IllegalArgumentException(batch.table() + " does not travel whole");
      }
    }
  }
}
