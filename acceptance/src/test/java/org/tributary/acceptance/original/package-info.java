/** The server that Tributary replaces, as it behaved: with its quirks, cuts and defects. */
@NullMarked
package org.tributary.acceptance.original;

import org.jspecify.annotations.NullMarked;
