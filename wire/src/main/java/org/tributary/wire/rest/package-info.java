/**
 * The REST interface of existing Cogent-house servers and programs: its tables, its JSON and its
 * dates, as both ends speak them.
 */
@NullMarked
package org.tributary.wire.rest;

import org.jspecify.annotations.NullMarked;
