/** The status page of a push at work, for the person beside it, and the same for programs. */
@NullMarked
package org.tributary.edge.page;

import org.jspecify.annotations.NullMarked;
