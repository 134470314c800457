package org.tributary.store.fleet;

/** What kinds of problems there are, the most pressing first. */
public enum ProblemKind {
  /** Two machines go by one name; both are refused. */
  STOPPED("two of one name"),
  /** Gateways that are not heard any more. */
  SILENT("gateways silent"),
  /** A gateway's clock is off by more than is trusted. */
  CLOCK_OFF("clock off"),
  /** Rows are kept apart, by one rule. */
  SET_ASIDE("rows kept apart"),
  /** It is in doubt which row of central a gateway's row is. */
  MAPPING("what is what"),
  /** Gateways are in touch and have no new readings. */
  NOTHING_NEW("nothing recorded"),
  /** Nodes say nothing while others of their gateway do. */
  NODE_SILENT("nodes silent"),
  /** Both sides changed the same field differently, and nobody has looked at it. */
  CONFLICT("changed on both sides"),
  /** Nothing of a gateway was ever compared. */
  NEVER_COMPARED("never compared"),
  /** A token ends soon. */
  TOKEN_ENDING("token ends"),
  /** A gateway was let in and never sent anything. */
  NEVER_CAME("never came"),
  /** A code was given out, and nobody used it. */
  CODE_UNUSED("code not used"),
  /** Gateways run an older version than central. */
  OLD_VERSION("older version");

  private final String words;

  ProblemKind(String words) {
    this.words = words;
  }

  /** The kind in plain words. */
  public String words() {
    return words;
  }
}
