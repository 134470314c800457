/** The script that people start. */
@NullMarked
package org.tributary.acceptance.launcher;

import org.jspecify.annotations.NullMarked;
