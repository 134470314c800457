/**
 * The REST interface as clients and gateways of the original system use it, over real HTTP, and the
 * server that Tributary replaces, as it behaved: with its quirks, cuts and defects.
 */
@NullMarked
package org.tributary.acceptance.original;

import org.jspecify.annotations.NullMarked;
