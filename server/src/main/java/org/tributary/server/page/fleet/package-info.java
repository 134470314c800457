/** Pages about all gateways together, about one of them, and about what somebody has to do. */
@NullMarked
package org.tributary.server.page.fleet;

import org.jspecify.annotations.NullMarked;
