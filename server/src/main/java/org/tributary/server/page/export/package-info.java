/** Readings to be taken along: as CSV with what is missing in them, and certified. */
@NullMarked
package org.tributary.server.page.export;

import org.jspecify.annotations.NullMarked;
