/**
 * A batch into a database: ids mapped, bad rows set aside, bookkeeping in the same transaction.
 * Central runs it; the direct transport runs the very same code from the gateway.
 */
@NullMarked
package org.tributary.store.ingest;

import org.jspecify.annotations.NullMarked;
