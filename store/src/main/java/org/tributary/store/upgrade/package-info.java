/**
 * Databases of the original Cogent-house programs: which revision one is of, and bringing it to the
 * latest one in place without losing a row. Steps are planned from what is really there, so that a
 * broken upgrade is ended by beginning it again.
 */
@NullMarked
package org.tributary.store.upgrade;

import org.jspecify.annotations.NullMarked;
