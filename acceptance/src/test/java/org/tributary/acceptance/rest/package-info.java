/** The REST interface as programs of others use it. */
@NullMarked
package org.tributary.acceptance.rest;

import org.jspecify.annotations.NullMarked;
