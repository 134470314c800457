/** The main job on real input. */
@NullMarked
package org.tributary.acceptance.real;

import org.jspecify.annotations.NullMarked;
