package org.tributary.edge.doctor;

import java.util.List;

/** Looks at one thing. Changes nothing. */
public interface Check {

  /** What is looked at, in a word or two. */
  String name();

  /** What was found: at least one finding, and never an exception because of what was looked at. */
  List<Finding> look();
}
