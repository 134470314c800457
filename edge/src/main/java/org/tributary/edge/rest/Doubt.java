package org.tributary.edge.rest;

import org.tributary.wire.Rule;

/** A row can't be matched or stored; its neighbours can. */
final class Doubt extends Exception {
  private static final long serialVersionUID = 1L;

  private final Rule rule;

  Doubt(Rule rule, String reason) {
    super(reason);
    this.rule = rule;
  }

  Rule rule() {
    return rule;
  }
}
