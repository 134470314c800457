/**
 * What travels between a gateway and central: tables as values, rows, batches, acknowledgements,
 * positions, and how they are written as bytes. Knows no database and no HTTP.
 */
@NullMarked
package org.tributary.wire;

import org.jspecify.annotations.NullMarked;
