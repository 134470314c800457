/** A gateway's way to a real central. */
@NullMarked
package org.tributary.edge;

import org.jspecify.annotations.NullMarked;
