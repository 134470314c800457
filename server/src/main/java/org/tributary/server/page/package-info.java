/** The ground that all web pages stand on: how one is drawn, framed and answered. */
@NullMarked
package org.tributary.server.page;

import org.jspecify.annotations.NullMarked;
