/**
 * A database that somebody else made, written as it is: what its tables really have, what of ours
 * is needed beside them, and what is remembered between two connections.
 */
@NullMarked
package org.tributary.store.direct;

import org.jspecify.annotations.NullMarked;
