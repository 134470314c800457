/** Makes readings up: the two nodes of the seed's test script, and houses one could believe in. */
@NullMarked
package org.tributary.cli.datagen;

import org.jspecify.annotations.NullMarked;
