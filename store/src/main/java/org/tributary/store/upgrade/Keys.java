package org.tributary.store.upgrade;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.tributary.store.Counted;
import org.tributary.store.DatabaseUrl.Dialect;

/**
 * Plans the keys of a fresh installation for tables that lack them; one that the rows don't allow
 * is left out, and said.
 */
final class Keys {

  static final String COPIES = "tributary_copies";
  private static final Pattern WIDTH = Pattern.compile("\\(\\d+\\)");

  private final Draft draft;
  private final Facts facts;
  private final Predicate<String> folds;

  /**
   * @param folds for which tables rows that are the same may become one
   */
  Keys(Draft draft, Facts facts, Predicate<String> folds) {
    this.draft = draft;
    this.facts = facts;
    this.folds = folds;
  }

  private Ddl ddl() {
    return draft.ddl();
  }

  /** The primary key. */
  void primary(String name) {
    FreshTable fresh = LatestSchema.table(name);
    FoundTable table = draft.picture().require(name);
    if (fresh.key().isEmpty() || table.key().equals(FoundTable.lower(fresh.key()))) {
      return;
    }
    for (List<String> index : fresh.indexes()) { // foreign keys need them while there is no key
      draft.index(name, index, "ix_%s_%s".formatted(fresh.name(), String.join("_", index)));
    }
    if (!draft.isChangeable(table)) {
      return;
    }
    if (fresh.key().equals(List.of("id"))) {
      id(fresh, table);
    } else if (isAllowed(table, fresh.key(), "primary key")) {
      natural(fresh, table);
    }
  }

  private void natural(FreshTable fresh, FoundTable table) {
    if (facts.key(table.name()).copies() > 0) {
      fold(table, fresh.key());
    }
    List<String> clauses = new ArrayList<>();
    if (LatestSchema.dropsId(table.name()) && table.has("id")) {
      boolean isKey = table.key().equals(List.of("id"));
      if (!table.key().isEmpty() && !isKey) {
        clauses.add(ddl().dropKey(table));
      }
      clauses.add("DROP COLUMN " + ddl().quote("id"));
      table.drop("id");
    } else if (!table.key().isEmpty()) {
      clauses.add(ddl().dropKey(table));
    }
    for (String column : fresh.key()) {
      FoundColumn found = table.column(column).orElseThrow();
      if (!found.required()) {
        clauses.add(ddl().require(found));
      }
    }
    clauses.add("ADD PRIMARY KEY (%s)".formatted(ddl().list(Draft.actual(table, fresh.key()))));
    table.setKey(table.name() + "_pkey", fresh.key());
    draft.change(table, clauses);
    dropTwins(table);
  }

  /** Unique indexes that say what the key says. */
  private void dropTwins(FoundTable table) {
    List<String> twins =
        table.uniques().entrySet().stream()
            .filter(each -> each.getValue().equals(table.key()))
            .map(each -> each.getKey())
            .toList();
    for (String twin : twins) {
      table.uniques().remove(twin);
      String quoted = ddl().quote(twin);
      switch (ddl().dialect()) {
        case MYSQL -> draft.change(table, List.of("DROP INDEX " + quoted));
        case POSTGRESQL -> {
          draft.change(table, List.of("DROP CONSTRAINT IF EXISTS " + quoted));
          draft.act("DROP INDEX IF EXISTS " + quoted);
        }
        case SQLITE -> draft.change(table, List.of());
      }
    }
  }

  /** Rows that are the same in every column become one. */
  private void fold(FoundTable table, List<String> key) {
    List<String> columns =
        table.columns().stream()
            .map(FoundColumn::name)
            .filter(each -> !(each.equals("id") && LatestSchema.dropsId(table.name())))
            .toList();
    List<String> keys = Draft.actual(table, key);
    String name = ddl().quote(table.name());
    String all = ddl().list(columns);
    draft.act("DROP TABLE IF EXISTS " + COPIES);
    draft.act(
        "CREATE TABLE %s AS SELECT DISTINCT %s FROM %s WHERE (%s) IN (SELECT %s FROM %s GROUP BY %s HAVING COUNT(*) > 1)"
            .formatted(
                COPIES, all, name, ddl().list(keys), ddl().list(keys), name, ddl().list(keys)));
    draft.act(
        ddl().deleteKeysOf(COPIES, table, keys),
        "INSERT INTO %s (%s) SELECT %s FROM %s".formatted(name, all, all, COPIES));
    draft.act("DROP TABLE " + COPIES);
    long copies = facts.key(table.name()).copies();
    draft.note(
        "%s of %s %s",
        Counted.rows(copies),
        table.name(),
        copies == 1
            ? "is an exact copy of another and becomes one with it"
            : "are exact copies of others and become one with them");
  }

  private void id(FreshTable fresh, FoundTable table) {
    if (!table.has("id") || (fresh.countsIds() && facts.isAllNullId(table.name()))) {
      if (!fresh.countsIds() || !table.key().isEmpty()) {
        draft.note("%s has no id, and stays without", table.name());
        return;
      }
      List<String> clauses = new ArrayList<>();
      if (table.has("id")) {
        clauses.add("DROP COLUMN " + ddl().quote("id"));
      }
      clauses.add(ddl().addCountedKey());
      putId(table);
      draft.number(table);
      draft.change(table, clauses);
      return;
    }
    if (!isAllowed(table, List.of("id"), "primary key")) {
      return;
    }
    FoundColumn id = table.column("id").orElseThrow();
    boolean counts = fresh.countsIds();
    List<String> clauses = new ArrayList<>();
    if (!table.key().isEmpty()) {
      clauses.add(ddl().dropKey(table));
    }
    clauses.add(
        ddl().require(id) + (counts && ddl().dialect() == Dialect.MYSQL ? " AUTO_INCREMENT" : ""));
    clauses.add("ADD PRIMARY KEY (%s)".formatted(ddl().quote(id.name())));
    putId(table);
    draft.change(table, clauses);
    if (counts && ddl().dialect() == Dialect.POSTGRESQL) {
      count(table);
    }
  }

  private void putId(FoundTable table) {
    FoundColumn id =
        new FoundColumn("id", "INTEGER", SchemaTypes.of(Kind.INTEGER), Integer.MAX_VALUE, true);
    if (!table.has("id") || ddl().buildsAnew()) {
      table.put(id);
    }
    table.setKey(table.name() + "_pkey", List.of("id"));
  }

  private void count(FoundTable table) {
    String sequence = ddl().quote(table.name() + "_id_seq");
    draft.act("CREATE SEQUENCE IF NOT EXISTS " + sequence);
    draft.act(
        ddl()
            .alter(
                table, List.of("ALTER COLUMN id SET DEFAULT nextval('%s')".formatted(sequence))));
    draft.act(
        "SELECT setval('%s', (SELECT COALESCE(MAX(id), 0) + 1 FROM %s), false)"
            .formatted(sequence, ddl().quote(table.name())));
  }

  /** Unique columns besides the key. */
  void uniques(String name) {
    FoundTable table = draft.picture().require(name);
    for (List<String> unique : LatestSchema.table(name).uniques()) {
      if (!table.isUnique(unique)
          && isAllowed(table, unique, "unique key")
          && draft.isChangeable(table)) {
        table.uniques().put(String.join("_", unique), FoundTable.lower(unique));
        draft.change(
            table, List.of("ADD UNIQUE (%s)".formatted(ddl().list(Draft.actual(table, unique)))));
      }
    }
  }

  /** Foreign keys. */
  void links(String name) {
    FoundTable table = draft.picture().require(name);
    for (Link link : LatestSchema.table(name).links()) {
      if (table.hasLink(link) || !table.has(link.column()) || !draft.picture().has(link.parent())) {
        continue;
      }
      FoundTable parent = draft.picture().require(link.parent());
      long orphans = facts.orphans(name, link);
      if (orphans > 0) {
        draft.note(
            "%s.%s stays without its foreign key: %s %s to no row of %s",
            table.name(),
            link.column(),
            Counted.rows(orphans),
            orphans == 1 ? "refers" : "refer",
            parent.name());
      } else if (!parent.has("id")
          || !parent.isUnique(List.of("id"))
          || !type(table, link.column()).equals(type(parent, "id"))) {
        draft.note(
            "%s.%s stays without its foreign key: the id of %s is no key, or of another type",
            table.name(), link.column(), parent.name());
      } else if (draft.isChangeable(table)) {
        String constraint =
            link.column().equals("serverid") ? "CONSTRAINT fk_house_server_id " : "";
        table
            .links()
            .add(
                new FoundLink(
                    "", FoundTable.lower(link.column()), FoundTable.lower(link.parent())));
        draft.change(
            table,
            List.of(
                "ADD "
                    + constraint
                    + ddl().foreignKey(Draft.actual(table, link.column()), parent.name())));
      }
    }
  }

  private String type(FoundTable table, String column) {
    FoundColumn found = table.column(column).orElseThrow();
    return ddl().dialect() == Dialect.MYSQL
        ? WIDTH
            .matcher(found.declared().toLowerCase(Locale.ROOT))
            .replaceAll("")
            .replace("integer", "int")
        : Integer.toString(found.jdbcType());
  }

  private boolean isAllowed(FoundTable table, List<String> of, String what) {
    KeyCheck check = facts.key(table.name());
    boolean mayFold = folds.test(table.name());
    boolean perColumn = what.equals("unique key"); // which takes nulls, as often as they come
    if (perColumn ? check.copies() + check.differing() == 0 : check.allows(mayFold)) {
      return true;
    }
    List<String> why = new ArrayList<>();
    if (check.incomplete() > 0 && !perColumn) {
      why.add(counted(check.incomplete(), "has no value there", "have no value there"));
    }
    if (check.differing() > 0) {
      why.add(
          counted(
              check.differing(),
              "has the key of another and differs from it",
              "have the key of another and differ from it"));
    }
    if (check.copies() > 0) {
      why.add(
          counted(check.copies(), "is an exact copy of another", "are exact copies of others")
              + (mayFold ? "" : ", which --fold-copies makes one"));
    }
    draft.note(
        "%s stays without its %s (%s): %s",
        table.name(), what, String.join(", ", of), String.join("; ", why));
    return false;
  }

  private static String counted(long rows, String one, String many) {
    return Counted.rows(rows) + " " + (rows == 1 ? one : many);
  }
}
