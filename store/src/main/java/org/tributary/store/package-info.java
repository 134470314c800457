/**
 * A sensor database, at whichever end: opening it, its engines, its schema, reading rows after a
 * position, storing rows by their key. Knows no HTTP and no configuration file.
 */
@NullMarked
package org.tributary.store;

import org.jspecify.annotations.NullMarked;
