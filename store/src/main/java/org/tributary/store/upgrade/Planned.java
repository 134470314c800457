package org.tributary.store.upgrade;

import java.util.List;

/** A step as it will be run. */
record Planned(String name, String title, List<Act> acts) {
  Planned {
    acts = List.copyOf(acts);
  }

  Step step() {
    return new Step(name, title, acts.stream().flatMap(act -> act.statements().stream()).toList());
  }
}
