/** A tunnel through real SSH hosts. */
@NullMarked
package org.tributary.edge.ssh;

import org.jspecify.annotations.NullMarked;
