/**
 * Completeness certificates: what of a house's readings is there and what is missing, signed, so
 * that anybody can check it and a file of readings against it, without a database.
 */
@NullMarked
package org.tributary.store.certificate;

import org.jspecify.annotations.NullMarked;
