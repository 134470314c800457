/** Keys, people and the audit trail in real databases. */
@NullMarked
package org.tributary.store.access;

import org.jspecify.annotations.NullMarked;
