/**
 * The small files in {@code push-state} by which remotes are remembered that can't remember this
 * gateway themselves. All of them may be deleted.
 */
@NullMarked
package org.tributary.edge.state;

import org.jspecify.annotations.NullMarked;
