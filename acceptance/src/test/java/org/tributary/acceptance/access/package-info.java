/**
 * Who may ask central what: strangers, gateways, programs and people at a central that is closed.
 */
@NullMarked
package org.tributary.acceptance.access;

import org.jspecify.annotations.NullMarked;
