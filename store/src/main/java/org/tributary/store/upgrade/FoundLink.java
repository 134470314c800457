package org.tributary.store.upgrade;

/**
 * A foreign key as a database has it.
 *
 * @param name as the database calls it
 * @param column in lower case, as is the parent
 */
record FoundLink(String name, String column, String parent) {}
