/** Central: what it keeps, what it answers, what it shows. Never knows the edge. */
@NullMarked
package org.tributary.server;

import org.jspecify.annotations.NullMarked;
