package org.tributary.store.ingest;

import org.tributary.wire.Rule;

/** Not to be stored: thrown where it is found, set aside where the row is in hand. */
final class Doubt extends Exception {
  private static final long serialVersionUID = 1L;

  private final Rule rule;

  Doubt(Rule rule, String reason) {
    super(reason, null, false, false);
    this.rule = rule;
  }

  Rule rule() {
    return rule;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
