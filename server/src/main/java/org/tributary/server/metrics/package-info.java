/** Central's figures for Prometheus. */
@NullMarked
package org.tributary.server.metrics;

import org.jspecify.annotations.NullMarked;
