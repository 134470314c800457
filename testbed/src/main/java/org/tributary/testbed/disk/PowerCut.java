package org.tributary.testbed.disk;

/** The machine has no power any more: no line after the one that met this is run. */
public final class PowerCut extends Error {
  private static final long serialVersionUID = 1L;

  PowerCut() {
    super("The power is cut", null, false, false);
  }
}
