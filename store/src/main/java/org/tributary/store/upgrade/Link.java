package org.tributary.store.upgrade;

/** That a column refers to the id of another table. */
record Link(String column, String parent) {}
