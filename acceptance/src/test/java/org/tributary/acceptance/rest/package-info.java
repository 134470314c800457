/** The REST interface as existing programs meet it, over real HTTP, on every engine. */
@NullMarked
package org.tributary.acceptance.rest;

import org.jspecify.annotations.NullMarked;
