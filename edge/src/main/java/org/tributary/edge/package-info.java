/**
 * A gateway: what to send next, how it travels, and when. Knows the local database through {@code
 * store} and central through a transport; never the server.
 */
@NullMarked
package org.tributary.edge;

import org.jspecify.annotations.NullMarked;
