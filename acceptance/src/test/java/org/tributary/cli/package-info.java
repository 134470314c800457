/**
 * The program's words said inside the tests' own process, where a start of its own costs too much.
 */
@NullMarked
package org.tributary.cli;

import org.jspecify.annotations.NullMarked;
