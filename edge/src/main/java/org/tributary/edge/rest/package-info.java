/**
 * The documented REST interface of existing Cogent-house servers, as a way to carry a gateway's
 * rows: queries that find out what the server has, rows created and moved one by one, bulk uploads,
 * and a small record of what has been acknowledged. It knows nothing of when and what to push.
 */
@NullMarked
package org.tributary.edge.rest;

import org.jspecify.annotations.NullMarked;
