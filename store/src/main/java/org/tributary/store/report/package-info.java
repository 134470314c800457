/**
 * What people and programs ask of a central database beside its rows: each question in a file of
 * its own, with its query and the record that answers it. Nothing here knows how it is asked.
 */
@NullMarked
package org.tributary.store.report;

import org.jspecify.annotations.NullMarked;
