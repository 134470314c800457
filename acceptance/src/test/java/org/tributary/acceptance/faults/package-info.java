/**
 * What is done to the whole system while its promises must hold: gateway, central and their
 * databases as processes of their own, a proxy between them, an oracle outside, and a judge.
 *
 * <p>{@link org.tributary.acceptance.faults.Catalogue} has the faults, each a few lines; a sample
 * of each runs with every build, the full numbers with {@code -Pchaos}.
 */
@NullMarked
package org.tributary.acceptance.faults;

import org.jspecify.annotations.NullMarked;
