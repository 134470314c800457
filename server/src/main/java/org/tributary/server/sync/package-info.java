/** The sync protocol's endpoints: what gateways of ours ask and send. */
@NullMarked
package org.tributary.server.sync;

import org.jspecify.annotations.NullMarked;
