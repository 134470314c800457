package org.tributary.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whose value counts where both sides changed the same field differently since they agreed. */
public enum MergeRule {
  /** Central's. */
  CENTRAL,
  /** The gateway's. */
  LOCAL,
  /** The later one, where the rows say of when they are; else central's. */
  NEWEST;

  /** As it is written in configurations and messages. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The rule that a word means, in any case of letters. */
  public static Optional<MergeRule> of(String word) {
    return Arrays.stream(values()).filter(rule -> rule.word().equalsIgnoreCase(word)).findFirst();
  }
}
