/** A gateway's keys: the files that they stand in, how it gets the first one and every other. */
@NullMarked
package org.tributary.edge.key;

import org.jspecify.annotations.NullMarked;
