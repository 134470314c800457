/** How a command speaks to a person while it works. Knows nothing of what the work is. */
@NullMarked
package org.tributary.cli.terminal;

import org.jspecify.annotations.NullMarked;
