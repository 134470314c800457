/** The walls of the house. */
@NullMarked
package org.tributary.acceptance.architecture;

import org.jspecify.annotations.NullMarked;
