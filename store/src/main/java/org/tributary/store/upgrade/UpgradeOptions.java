package org.tributary.store.upgrade;

import java.util.Optional;

/**
 * What only a person can decide.
 *
 * @param chain whose programs use the database
 * @param foldCopies whether rows that are the same in every column may become one, where a key
 *     would not allow them
 * @param relabelled whether readings have the new numbers of sensor types already; empty if the
 *     database is to tell
 * @param acceptDifferences whether to finish though rows are not the same as before
 */
public record UpgradeOptions(
    Chain chain, boolean foldCopies, Optional<Boolean> relabelled, boolean acceptDifferences) {

  /** What holds if nobody says anything. */
  public static final UpgradeOptions USUAL =
      new UpgradeOptions(Chain.GATEWAY, false, Optional.empty(), false);
}
