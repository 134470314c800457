/** What central says of its own interfaces: the OpenAPI document, and a page that shows it. */
@NullMarked
package org.tributary.server.api;

import org.jspecify.annotations.NullMarked;
