/**
 * HTTP as the rest of central sees it: requests, responses, endpoints. One class knows the library
 * beneath.
 */
@NullMarked
package org.tributary.server.http;

import org.jspecify.annotations.NullMarked;
