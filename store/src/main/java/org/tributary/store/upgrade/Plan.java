package org.tributary.store.upgrade;

import java.util.List;

/**
 * What an upgrade does, or would do.
 *
 * @param steps in their order, those that have nothing to do left out
 * @param notes what stays otherwise than in a fresh installation, and why; what is decided
 */
public record Plan(List<Step> steps, List<String> notes) {
  public Plan {
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
  }
}
