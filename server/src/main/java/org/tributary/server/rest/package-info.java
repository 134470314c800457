/** The REST interface for outside programs. */
@NullMarked
package org.tributary.server.rest;

import org.jspecify.annotations.NullMarked;
