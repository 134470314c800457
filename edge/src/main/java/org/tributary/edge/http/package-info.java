/** HTTP as a gateway speaks it: time limits that cover whole exchanges, answers of bounded size. */
@NullMarked
package org.tributary.edge.http;

import org.jspecify.annotations.NullMarked;
