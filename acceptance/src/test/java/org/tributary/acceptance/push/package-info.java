/** Both ends at work while networks, processes and databases fail. */
@NullMarked
package org.tributary.acceptance.push;

import org.jspecify.annotations.NullMarked;
