/**
 * What an operator wants of a gateway: read once, whole, with all problems at once. Nobody beyond
 * this package sees a key.
 */
@NullMarked
package org.tributary.edge.config;

import org.jspecify.annotations.NullMarked;
