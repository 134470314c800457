/** How fast it is, against what. Not shipped; each class is a program to run by hand. */
@NullMarked
package org.tributary.bench;

import org.jspecify.annotations.NullMarked;
