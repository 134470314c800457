/**
 * A disk in memory that forgets, when its power is cut, what nobody has waited for; and what plays
 * with it.
 */
@NullMarked
package org.tributary.testbed.disk;

import org.jspecify.annotations.NullMarked;
