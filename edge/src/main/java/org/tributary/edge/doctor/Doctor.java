package org.tributary.edge.doctor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes one check after the other. A problem hides nothing but the checks that make no sense
 * without what it broke; those say so.
 */
public final class Doctor {

  private final List<Step> steps;

  public Doctor(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /**
   * Looks at everything.
   *
   * @param listener hears of each check as soon as it is made: some take seconds
   */
  public void examine(Consumer<Examined> listener) {
    Map<Check, String> obstacles = new HashMap<>();
    for (Step step : steps) {
      Optional<String> obstacle =
          step.needs().stream().filter(obstacles::containsKey).map(obstacles::get).findFirst();
      List<Finding> findings =
          obstacle
              .map(name -> List.of(Finding.notChecked("because of " + name)))
              .orElseGet(() -> look(step.check()));
      Examined examined = new Examined(step.section(), step.area(), step.check().name(), findings);
      if (obstacle.isPresent()) {
        obstacles.put(step.check(), obstacle.get());
      } else if (examined.has(Level.PROBLEM)) {
        obstacles.put(step.check(), step.check().name());
      }
      listener.accept(examined);
    }
  }

  private static List<Finding> look(Check check) {
    try {
      return check.look();
    } catch (RuntimeException e) { // the other checks must be made all the same
      return List.of(
          Finding.problem("a defect of this program: " + e, "please report it with this line"));
    }
  }
}
