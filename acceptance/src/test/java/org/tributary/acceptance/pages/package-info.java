/** Central's web pages, looked at with a real browser. */
@NullMarked
package org.tributary.acceptance.pages;

import org.jspecify.annotations.NullMarked;
