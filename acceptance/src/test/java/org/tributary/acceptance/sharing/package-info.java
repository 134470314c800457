/** One SQLite file, many processes. */
@NullMarked
package org.tributary.acceptance.sharing;

import org.jspecify.annotations.NullMarked;
