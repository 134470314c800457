/**
 * What the REST interface asks of a database of ours: questions as values, the rows that answer
 * them, and single rows added, replaced and deleted. Knows no HTTP.
 */
@NullMarked
package org.tributary.store.rest;

import org.jspecify.annotations.NullMarked;
