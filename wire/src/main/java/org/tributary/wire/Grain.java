package org.tributary.wire;

/** How finely a window is told: as one, node by node, or hour by hour. */
public enum Grain {
  WHOLE,
  NODE,
  HOUR
}
