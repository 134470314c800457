package org.tributary.store.upgrade;

import java.util.List;

/**
 * What is done for one revision.
 *
 * @param name the revision, or that it is what no revision does
 * @param statements in their order
 */
public record Step(String name, String title, List<String> statements) {
  public Step {
    statements = List.copyOf(statements);
  }
}
