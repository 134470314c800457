/** A central and two gateways on one machine, and the proof that what left them arrived. */
@NullMarked
package org.tributary.cli.demo;

import org.jspecify.annotations.NullMarked;
