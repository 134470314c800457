/** Who may ask central: the door that every request passes, signing in, gateways' keys. */
@NullMarked
package org.tributary.server.access;

import org.jspecify.annotations.NullMarked;
