/** How a person starts it: one class a command, one table of exit codes. */
@NullMarked
package org.tributary.cli;

import org.jspecify.annotations.NullMarked;
