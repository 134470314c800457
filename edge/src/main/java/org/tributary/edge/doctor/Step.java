package org.tributary.edge.doctor;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A check in its place.
 *
 * @param section the heading that it stands under
 * @param needs checks without which it makes no sense; they come before it
 */
public record Step(String section, Area area, Check check, List<Check> needs) {

  public Step {
    requireNonNull(section);
    requireNonNull(area);
    requireNonNull(check);
    needs = List.copyOf(needs);
  }
}
