/**
 * A central that is a database and nothing else: the gateway reaches it, signs in, and runs there
 * the ingest that a central of ours would run.
 */
@NullMarked
package org.tributary.edge.direct;

import org.jspecify.annotations.NullMarked;
