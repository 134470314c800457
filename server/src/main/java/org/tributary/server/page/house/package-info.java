/** Houses as people see them: a list to choose from, and one house with its plots. */
@NullMarked
package org.tributary.server.page.house;

import org.jspecify.annotations.NullMarked;
