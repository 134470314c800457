/** What is here of each house's days, and why the rest is not. */
@NullMarked
package org.tributary.server.page.coverage;

import org.jspecify.annotations.NullMarked;
