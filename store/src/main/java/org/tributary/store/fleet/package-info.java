/**
 * What central knows of its gateways and of the days of their houses, for those who run a fleet.
 */
@NullMarked
package org.tributary.store.fleet;

import org.jspecify.annotations.NullMarked;
