/** The REST interface as clients and gateways of the original system use it, over real HTTP. */
@NullMarked
package org.tributary.acceptance.original;

import org.jspecify.annotations.NullMarked;
