package org.tributary.store.upgrade;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.tributary.store.DatabaseUrl.Dialect;
import org.tributary.store.Engine;

/** How tables and columns of the original schema are said in SQL, engine by engine. Immutable. */
record Ddl(Dialect dialect, Engine engine) {

  /** Whether a transaction takes back what it did to tables. */
  boolean isTransactional() {
    return dialect != Dialect.MYSQL;
  }

  /** Whether keys of a table that is there can only be changed by building it anew. */
  boolean buildsAnew() {
    return dialect == Dialect.SQLITE;
  }

  String quote(String name) {
    return engine.quote(name);
  }

  String list(Collection<String> names) {
    return names.stream().map(this::quote).collect(Collectors.joining(", "));
  }

  /** The type of a column that is created. */
  String type(FreshColumn column) {
    boolean mySql = dialect == Dialect.MYSQL;
    return switch (column.kind()) {
      case INTEGER -> mySql ? "INT(11)" : "INTEGER";
      case LONG -> mySql ? "BIGINT(20)" : "BIGINT";
      case FLOAT -> "FLOAT";
      case BOOLEAN -> mySql ? "TINYINT(1)" : "BOOLEAN";
      case TIME -> dialect == Dialect.POSTGRESQL ? "TIMESTAMP" : "DATETIME";
      case SHORT_TEXT -> "VARCHAR(" + column.length() + ")";
      case LONG_TEXT -> "TEXT";
    };
  }

  private String countedId() {
    return switch (dialect) {
      case MYSQL -> "INT(11) NOT NULL AUTO_INCREMENT";
      case POSTGRESQL -> "SERIAL NOT NULL";
      case SQLITE -> "INTEGER NOT NULL";
    };
  }

  /** What creates a table; with its foreign keys only where they can't be added afterwards. */
  String create(FreshTable table) {
    List<String> parts = new ArrayList<>();
    for (FreshColumn column : table.columns()) {
      boolean counted = table.countsIds() && column.name().equals("id");
      parts.add(
          quote(column.name())
              + " "
              + (counted
                  ? countedId()
                  : type(column) + (table.needs(column.name()) ? " NOT NULL" : "")));
    }
    if (!table.key().isEmpty()) {
      parts.add("PRIMARY KEY (" + list(table.key()) + ")");
    }
    table.uniques().forEach(unique -> parts.add("UNIQUE (" + list(unique) + ")"));
    if (buildsAnew()) {
      table.links().forEach(link -> parts.add(foreignKey(link.column(), link.parent())));
    }
    return "CREATE TABLE %s (%s)%s"
        .formatted(quote(table.name()), String.join(", ", parts), tail());
  }

  /** What ends the statement that creates a table. */
  String tail() {
    return dialect == Dialect.MYSQL ? " ENGINE=InnoDB DEFAULT CHARSET=utf8" : "";
  }

  String foreignKey(String column, String parent) {
    return "FOREIGN KEY (%s) REFERENCES %s (id)".formatted(quote(column), quote(parent));
  }

  String alter(FoundTable table, List<String> clauses) {
    return "ALTER TABLE %s %s".formatted(quote(table.name()), String.join(", ", clauses));
  }

  /** The clause that makes ids be counted from the highest one on, which is a key by then. */
  String addCountedKey() {
    return dialect == Dialect.MYSQL
        ? "ADD COLUMN id INT(11) NOT NULL AUTO_INCREMENT PRIMARY KEY FIRST"
        : "ADD COLUMN id SERIAL PRIMARY KEY";
  }

  String require(FoundColumn column) {
    return dialect == Dialect.MYSQL
        ? "MODIFY COLUMN %s %s NOT NULL".formatted(quote(column.name()), column.declared())
        : "ALTER COLUMN %s SET NOT NULL".formatted(quote(column.name()));
  }

  String dropKey(FoundTable table) {
    return dialect == Dialect.MYSQL
        ? "DROP PRIMARY KEY"
        : "DROP CONSTRAINT " + quote(table.keyName());
  }

  String dropLink(FoundLink link) {
    return (dialect == Dialect.MYSQL ? "DROP FOREIGN KEY " : "DROP CONSTRAINT ")
        + quote(link.name());
  }

  String index(String name, FoundTable table, List<String> columns) {
    return "CREATE INDEX %s ON %s (%s)".formatted(quote(name), quote(table.name()), list(columns));
  }

  /** Takes away the rows of a table that have the keys of another's. */
  String deleteKeysOf(String other, FoundTable table, List<String> key) {
    if (dialect == Dialect.MYSQL) { // which is slow where it is asked row by row
      return "DELETE t FROM %s t JOIN (SELECT DISTINCT %s FROM %s) c ON %s"
          .formatted(
              quote(table.name()),
              list(key),
              quote(other),
              key.stream()
                  .map(each -> "t.%1$s = c.%1$s".formatted(quote(each)))
                  .collect(Collectors.joining(" AND ")));
    }
    return "DELETE FROM %s WHERE (%s) IN (SELECT %s FROM %s)"
        .formatted(quote(table.name()), list(key), list(key), quote(other));
  }

  /** Whether two values are the same, nulls among them. */
  String same(String left, String right) {
    return switch (dialect) {
      case MYSQL -> left + " <=> " + right;
      case POSTGRESQL -> left + " IS NOT DISTINCT FROM " + right;
      case SQLITE -> left + " IS " + right;
    };
  }
}
