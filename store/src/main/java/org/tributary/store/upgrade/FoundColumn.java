package org.tributary.store.upgrade;

/**
 * A column as a database has it.
 *
 * @param declared its type as SQL has it
 * @param jdbcType of {@link java.sql.Types}
 * @param size of a text the longest one
 * @param required whether it takes no nulls
 */
record FoundColumn(String name, String declared, int jdbcType, int size, boolean required) {

  FoundColumn asRequired() {
    return new FoundColumn(name, declared, jdbcType, size, true);
  }
}
