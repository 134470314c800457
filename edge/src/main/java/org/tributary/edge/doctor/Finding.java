package org.tributary.edge.doctor;

import static java.util.Objects.requireNonNull;

/**
 * What a check found.
 *
 * @param advice what to do; blank if there is nothing to be done
 * @param refusal whether a remote says no: that stays so until somebody has acted
 */
public record Finding(Level level, String what, String advice, boolean refusal) {

  public Finding {
    requireNonNull(level);
    requireNonNull(what);
    requireNonNull(advice);
  }

  /** Of anything but a refusal. */
  public Finding(Level level, String what, String advice) {
    this(level, what, advice, false);
  }

  static Finding ok(String what) {
    return new Finding(Level.OK, what, "");
  }

  static Finding warning(String what, String advice) {
    return new Finding(Level.WARNING, what, advice);
  }

  static Finding problem(String what, String advice) {
    return new Finding(Level.PROBLEM, what, advice);
  }

  /** A problem that no later try mends. */
  static Finding refusal(String what, String advice) {
    return new Finding(Level.PROBLEM, what, advice, true);
  }

  static Finding notChecked(String why) {
    return new Finding(Level.NOT_CHECKED, why, "");
  }
}
