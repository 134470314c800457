package org.tributary.wire;

import java.util.List;

/**
 * What many frames have in common: which node measured, and what, in the order of the rows. A node
 * keeps its shape as long as its sensors stay the same and all of them answer.
 *
 * @param types one a row of the frame; 0 in a table whose rows have no type
 */
record Shape(long node, List<Long> types) {
  Shape {
    types = List.copyOf(types);
  }

  /** How many rows a frame of this shape has. */
  int rows() {
    return types.size();
  }
}
