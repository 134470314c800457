/**
 * Who may ask central, and what was done: keys of gateways and programs, people and their sessions,
 * the audit trail. Of secrets only hashes are kept.
 */
@NullMarked
package org.tributary.store.access;

import org.jspecify.annotations.NullMarked;
