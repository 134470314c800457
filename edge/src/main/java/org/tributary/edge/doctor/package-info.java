/**
 * Looks at a gateway's set-up, one thing at a time, and says what to do. Each check is a class of
 * its own; none of them changes anything, here or at central.
 */
@NullMarked
package org.tributary.edge.doctor;

import org.jspecify.annotations.NullMarked;
