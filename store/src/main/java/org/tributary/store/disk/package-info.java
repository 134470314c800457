/** Files and folders that are on the disk once somebody has said so, whatever befalls the power. */
@NullMarked
package org.tributary.store.disk;

import org.jspecify.annotations.NullMarked;
