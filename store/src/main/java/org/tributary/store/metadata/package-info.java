/**
 * What central changed, brought into a gateway's own database: the one place that ever writes into
 * a database which belongs to somebody else's logger, and only where its owner asked for it.
 */
@NullMarked
package org.tributary.store.metadata;

import org.jspecify.annotations.NullMarked;
