/**
 * What one gateway did, and what was done about it, in the order of time: what the page of a
 * gateway shows. Only reads.
 */
@NullMarked
package org.tributary.store.fleet.history;

import org.jspecify.annotations.NullMarked;
