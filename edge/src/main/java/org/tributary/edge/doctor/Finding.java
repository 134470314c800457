package org.tributary.edge.doctor;

import static java.util.Objects.requireNonNull;

/**
 * What a check found.
 *
 * @param advice what to do; blank if there is nothing to be done
 */
public record Finding(Level level, String what, String advice) {

  public Finding {
    requireNonNull(level);
    requireNonNull(what);
    requireNonNull(advice);
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

  static Finding notChecked(String why) {
    return new Finding(Level.NOT_CHECKED, why, "");
  }
}
