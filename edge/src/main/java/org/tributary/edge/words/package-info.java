/**
 * How a gateway stands, in words: the same for whoever asks at a prompt and for who reads a page.
 */
@NullMarked
package org.tributary.edge.words;

import org.jspecify.annotations.NullMarked;
