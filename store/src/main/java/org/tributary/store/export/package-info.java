/**
 * A house's readings as a file that anybody can read, with a second one that says what is missing
 * in it.
 */
@NullMarked
package org.tributary.store.export;

import org.jspecify.annotations.NullMarked;
