package org.tributary.store.upgrade;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A plan as it is being drawn up: each change is written down as SQL and made in the picture of the
 * tables, so that the next one is planned for what will be there. What is there already is not
 * planned again. Not thread-safe.
 */
final class Draft {

  private final Ddl ddl;
  private final Picture picture;
  private final List<Planned> steps = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Act> acts = new ArrayList<>();
  private final Set<FoundTable> toBuildAnew = new LinkedHashSet<>();
  private final Set<FoundTable> toNumber = new LinkedHashSet<>();
  private String name = "";
  private String title = "";

  Draft(Ddl ddl, Picture picture) {
    this.ddl = ddl;
    this.picture = picture;
  }

  Ddl ddl() {
    return ddl;
  }

  /** What will be there once all that was planned so far has been done. */
  Picture picture() {
    return picture;
  }

  List<String> notes() {
    return notes;
  }

  void note(String note, Object... values) {
    String words = String.format(Locale.ROOT, note, values);
    if (!notes.contains(words)) {
      notes.add(words);
    }
  }

  /** Ends the step before and begins another. */
  void begin(String stepName, String stepTitle) {
    for (FoundTable table : toBuildAnew) {
      buildAnew(table);
    }
    toBuildAnew.clear();
    toNumber.clear();
    if (!acts.isEmpty()) {
      steps.add(new Planned(name, title, acts));
      acts.clear();
    }
    name = stepName;
    title = stepTitle;
  }

  List<Planned> end() {
    begin("", "");
    return steps;
  }

  void act(String... statements) {
    acts.add(new Act(List.of(statements), ""));
  }

  /** What must be done no more once it is done. */
  void once(String due, List<String> statements) {
    acts.add(new Act(statements, due));
  }

  void create(String table) {
    if (picture.has(table)) {
      return;
    }
    FreshTable fresh = LatestSchema.table(table);
    act(ddl.create(fresh));
    FoundTable made = new FoundTable(fresh.name());
    for (FreshColumn column : fresh.columns()) {
      made.put(found(column));
    }
    made.setKey(table + "_pkey", fresh.key());
    for (List<String> unique : fresh.uniques()) {
      made.uniques().put(String.join("_", unique), FoundTable.lower(unique));
    }
    if (ddl.buildsAnew()) {
      fresh.links().forEach(link -> made.links().add(found(link)));
    }
    picture.put(made);
  }

  void addColumn(String table, String column) {
    if (!picture.has(table) || picture.has(table, column)) {
      return;
    }
    FoundTable found = picture.require(table);
    FreshColumn fresh =
        LatestSchema.table(table).columns().stream()
            .filter(each -> each.name().equals(column))
            .findFirst()
            .orElseThrow();
    act(
        ddl.alter(
            found, List.of("ADD COLUMN %s %s".formatted(ddl.quote(column), ddl.type(fresh)))));
    found.put(found(fresh));
  }

  void index(String table, List<String> columns, String wanted) {
    if (!picture.has(table)) {
      return;
    }
    FoundTable found = picture.require(table);
    if (found.isIndexed(columns) || !columns.stream().allMatch(found::has)) {
      return;
    }
    String free = wanted;
    for (int i = 2; picture.hasIndex(free); i++) {
      free = wanted + "_" + i;
    }
    act(ddl.index(free, found, columns));
    found.indexes().put(free, FoundTable.lower(columns));
  }

  /** Takes columns away, with the foreign keys that they have. */
  void drop(String table, List<String> columns, List<String> required) {
    FoundTable found = picture.require(table);
    List<String> there = columns.stream().filter(found::has).toList();
    List<String> open = required.stream().filter(each -> isOpen(found, each)).toList();
    if ((there.isEmpty() && open.isEmpty()) || !isChangeable(found)) {
      return;
    }
    List<String> clauses = new ArrayList<>();
    for (FoundLink link : found.links()) {
      if (there.stream().anyMatch(link.column()::equalsIgnoreCase)) {
        clauses.add(ddl.dropLink(link));
      }
    }
    there.forEach(each -> clauses.add("DROP COLUMN " + ddl.quote(actual(found, each))));
    open.forEach(each -> clauses.add(ddl.require(found.column(each).orElseThrow())));
    there.forEach(found::drop);
    open.forEach(each -> found.put(found.column(each).orElseThrow().asRequired()));
    change(found, clauses);
  }

  /** Alters a table, which has been altered in the picture before. */
  void change(FoundTable table, List<String> clauses) {
    if (ddl.buildsAnew()) {
      toBuildAnew.add(table);
    } else if (!clauses.isEmpty()) {
      act(ddl.alter(table, clauses));
    }
  }

  /** Has the database make up ids while it builds the table anew. */
  void number(FoundTable table) {
    toNumber.add(table);
  }

  /** Whether its keys and columns can be altered; says so if not. */
  boolean isChangeable(FoundTable table) {
    if (ddl.buildsAnew() && table.oddity().isPresent()) {
      note(
          "%s stays as it is: it would have to be built anew, and it has %s, which would be lost."
              + " Take that away, upgrade again, and put it back",
          table.name(), table.oddity().get());
      return false;
    }
    return true;
  }

  private static boolean isOpen(FoundTable table, String column) {
    return table.column(column).map(each -> !each.required()).orElse(false);
  }

  static String actual(FoundTable table, String column) {
    return table.column(column).map(FoundColumn::name).orElse(column);
  }

  static List<String> actual(FoundTable table, List<String> columns) {
    return columns.stream().map(each -> actual(table, each)).toList();
  }

  private static FoundLink found(Link link) {
    return new FoundLink("", FoundTable.lower(link.column()), FoundTable.lower(link.parent()));
  }

  private FoundColumn found(FreshColumn column) {
    return new FoundColumn(
        column.name(), ddl.type(column), SchemaTypes.of(column.kind()), column.length(), false);
  }

  /** SQLite's own way to change what can't be altered. */
  private void buildAnew(FoundTable table) {
    String built = table.name() + "_built_anew";
    List<String> parts = new ArrayList<>();
    List<String> copied = new ArrayList<>();
    for (FoundColumn column : table.columns()) {
      parts.add(
          "%s %s%s"
              .formatted(
                  ddl.quote(column.name()),
                  column.declared(),
                  column.required() ? " NOT NULL" : ""));
      if (!(toNumber.contains(table) && column.name().equals("id"))) {
        copied.add(column.name());
      }
    }
    if (!table.key().isEmpty()) {
      parts.add("PRIMARY KEY (%s)".formatted(ddl.list(actual(table, table.key()))));
    }
    table
        .uniques()
        .values()
        .forEach(each -> parts.add("UNIQUE (%s)".formatted(ddl.list(actual(table, each)))));
    for (FoundLink link : table.links()) {
      String parent = picture.table(link.parent()).map(FoundTable::name).orElse(link.parent());
      parts.add(ddl.foreignKey(actual(table, link.column()), parent));
    }
    act("CREATE TABLE %s (%s)".formatted(ddl.quote(built), String.join(", ", parts)));
    act(
        "INSERT INTO %s (%s) SELECT %s FROM %s"
            .formatted(
                ddl.quote(built), ddl.list(copied), ddl.list(copied), ddl.quote(table.name())));
    act("DROP TABLE " + ddl.quote(table.name()));
    act("ALTER TABLE %s RENAME TO %s".formatted(ddl.quote(built), ddl.quote(table.name())));
    table.indexes().forEach((index, of) -> act(ddl.index(index, table, actual(table, of))));
  }
}
