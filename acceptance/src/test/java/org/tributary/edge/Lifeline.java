package org.tributary.edge;

/**
 * Ends a process between two of its steps: whatever it does next, it does no more. Not thread-safe.
 */
final class Lifeline {

  /** Nobody catches it, so nobody tidies up more than a killed process could. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("Killed");
    }
  }

  private int left = Integer.MAX_VALUE;

  /** Lets so many more steps be taken. */
  void endAfter(int steps) {
    left = steps;
  }

  /** Nothing is going to end it. */
  void hold() {
    left = Integer.MAX_VALUE;
  }

  void step() {
    if (left == 0) {
      throw new Killed();
    }
    left--;
  }

  boolean isCut() {
    return left == 0;
  }
}
