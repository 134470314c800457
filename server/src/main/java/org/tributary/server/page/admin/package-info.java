/** Pages for those who say who may ask central: gateways, programs, people; and what was done. */
@NullMarked
package org.tributary.server.page.admin;

import org.jspecify.annotations.NullMarked;
