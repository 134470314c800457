/**
 * A way to a port that only an SSH host can reach: signs in there, and holds a port of this machine
 * open whose connections come out behind it. The only room that knows the SSH library.
 */
@NullMarked
package org.tributary.edge.ssh;

import org.jspecify.annotations.NullMarked;
