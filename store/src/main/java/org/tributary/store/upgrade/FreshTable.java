package org.tributary.store.upgrade;

import java.util.ArrayList;
import java.util.List;

/**
 * A table as a fresh installation of the latest revision has it.
 *
 * @param countsIds whether the database makes up ids
 * @param key the primary key; empty where there is none
 */
record FreshTable(
    String name,
    List<FreshColumn> columns,
    boolean countsIds,
    List<String> key,
    List<List<String>> uniques,
    List<List<String>> indexes,
    List<Link> links) {

  FreshTable {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    uniques = List.copyOf(uniques);
    indexes = List.copyOf(indexes);
    links = List.copyOf(links);
  }

  /** Whether rows can't be without a value there. */
  boolean needs(String column) {
    return key.contains(column);
  }

  static Builder named(String name) {
    return new Builder(name);
  }

  /** Says a table column by column. */
  static final class Builder {
    private final String name;
    private final List<FreshColumn> columns = new ArrayList<>();
    private final List<List<String>> uniques = new ArrayList<>();
    private final List<List<String>> indexes = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private List<String> key = List.of();
    private boolean countsIds;

    private Builder(String name) {
      this.name = name;
    }

    /** An id that the database counts. */
    Builder countedId() {
      countsIds = true;
      return givenId();
    }

    /** An id that programs give. */
    Builder givenId() {
      return integer("id").key("id");
    }

    Builder integer(String... names) {
      return each(Kind.INTEGER, names);
    }

    Builder whole(String column) {
      return each(Kind.LONG, column);
    }

    Builder real(String... names) {
      return each(Kind.FLOAT, names);
    }

    Builder bool(String column) {
      return each(Kind.BOOLEAN, column);
    }

    Builder time(String... names) {
      return each(Kind.TIME, names);
    }

    Builder text(String column, int length) {
      columns.add(new FreshColumn(column, Kind.SHORT_TEXT, length));
      return this;
    }

    Builder longTexts(String... names) {
      return each(Kind.LONG_TEXT, names);
    }

    Builder link(String column, String parent) {
      links.add(new Link(column, parent));
      return integer(column);
    }

    Builder key(String... names) {
      key = List.of(names);
      return this;
    }

    Builder unique(String... names) {
      uniques.add(List.of(names));
      return this;
    }

    Builder index(String... names) {
      indexes.add(List.of(names));
      return this;
    }

    FreshTable table() {
      return new FreshTable(name, columns, countsIds, key, uniques, indexes, links);
    }

    private Builder each(Kind kind, String... names) {
      for (String each : names) {
        columns.add(new FreshColumn(each, kind, 0));
      }
      return this;
    }
  }
}
