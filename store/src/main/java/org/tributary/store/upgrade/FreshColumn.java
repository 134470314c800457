package org.tributary.store.upgrade;

/**
 * A column as a fresh installation has it.
 *
 * @param length the longest text, 0 for what is no {@link Kind#SHORT_TEXT}
 */
record FreshColumn(String name, Kind kind, int length) {}
