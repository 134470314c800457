/** What central knows that it lacks: per house, node and day, with one cause for each gap. */
@NullMarked
package org.tributary.store.completeness;

import org.jspecify.annotations.NullMarked;
