package org.tributary.store.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of central's changes in a gateway's own database.
 *
 * @param done what was done, a line each for people
 * @param left what was not, and why
 * @param kept rows that were to be removed and are needed here, by table
 */
public record Taken(List<String> done, List<String> left, Map<String, Set<Long>> kept) {

  /** Nothing was to be done. */
  public static final Taken NOTHING = new Taken(List.of(), List.of(), Map.of());

  public Taken {
    done = List.copyOf(done);
    left = List.copyOf(left);
    kept = Map.copyOf(kept);
  }

  /** This and what was done after it; what is left is what is left in the end. */
  public Taken then(Taken later) {
    List<String> all = new ArrayList<>(done);
    all.addAll(later.done());
    return new Taken(all, later.left(), later.kept());
  }
}
