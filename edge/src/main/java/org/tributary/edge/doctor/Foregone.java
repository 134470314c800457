package org.tributary.edge.doctor;

import java.util.List;

/** A check whose answer is known without looking. */
public record Foregone(String name, Finding finding) implements Check {

  /** Something that can't even be named as long as the configuration can't be read. */
  public static Check unknown(String name) {
    return new Foregone(name, Finding.notChecked("the configuration does not say"));
  }

  @Override
  public List<Finding> look() {
    return List.of(finding);
  }
}
