/**
 * Where people decide: which row is which, whose value counts, what becomes of rows kept apart. The
 * one room of pages that reaches what stores rows.
 */
@NullMarked
package org.tributary.server.inbox;

import org.jspecify.annotations.NullMarked;
