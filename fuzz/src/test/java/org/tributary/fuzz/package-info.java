/** What all fuzz targets share; each target stands in the package of what it tries. */
@NullMarked
package org.tributary.fuzz;

import org.jspecify.annotations.NullMarked;
