package org.tributary.store;

/**
 * A column as a database really has it.
 *
 * @param name in the database's spelling
 * @param jdbcType of {@link java.sql.Types}
 * @param typeName as the engine calls it
 */
public record SourceColumn(String name, int jdbcType, String typeName) {}
