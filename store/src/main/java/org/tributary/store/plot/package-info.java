/**
 * What a person sees of a house: its rooms and nodes, the lines of its sensors over a span, and
 * what is to be known of them: edits, moves and gaps. Nothing here knows how it is drawn.
 */
@NullMarked
package org.tributary.store.plot;

import org.jspecify.annotations.NullMarked;
