package org.tributary.store.ingest;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How a gateway numbers what central numbers otherwise. Most rows have one number on both sides;
 * some have another here because a person decided so. Immutable.
 */
final class Numbering {

  private static final long BEYOND = 1L << 40; // no id is that large: they are of 32 bits

  private final Map<Long, Long> toCentral;
  private final Map<Long, Long> toLocal = new HashMap<>();
  private final boolean isPlain;

  /**
   * @param toCentral central's ids by the gateway's
   */
  Numbering(Map<Long, Long> toCentral) {
    this.toCentral = Map.copyOf(toCentral);
    this.toCentral.forEach((local, central) -> toLocal.put(central, local));
    this.isPlain =
        this.toCentral.entrySet().stream().allMatch(e -> e.getKey().equals(e.getValue()));
  }

  /** Whether all numbers are the same on both sides. */
  boolean isPlain() {
    return isPlain;
  }

  /** Central's numbers of what the gateway has. */
  Set<Long> central() {
    return toLocal.keySet();
  }

  /** Whether the gateway has anything of that number. */
  boolean has(long local) {
    return toCentral.containsKey(local);
  }

  /**
   * What the gateway calls it; what it does not have keeps its number, or gets one that nobody has
   * if the gateway has something else by that number.
   */
  long told(long central) {
    Long local = toLocal.get(central);
    if (local != null) {
      return local;
    }
    return toCentral.containsKey(central) ? -1 - central : central;
  }

  /**
   * Whether central's number is that of nothing which the gateway has, and is taken there by
   * something else.
   */
  boolean isNobodys(long central) {
    return !toLocal.containsKey(central) && toCentral.containsKey(central);
  }

  /**
   * Where the gateway's number stands among central's: no two of its numbers stand in one place,
   * even where central knows only one of them.
   */
  long standing(long local) {
    Long central = toCentral.get(local);
    if (central != null) {
      return central;
    }
    return toLocal.containsKey(local) ? local + BEYOND : local;
  }

  /** What central calls it: the way back. */
  long there(long told) {
    Long central = toCentral.get(told);
    if (central != null) {
      return central;
    }
    return told < 0 ? -1 - told : told;
  }
}
