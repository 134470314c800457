package org.tributary.store.direct;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tributary.store.Engine;
import org.tributary.store.Schema;

/**
 * The tables of ours that ingest keeps its books in, {@code tributary_…}, as the migrations of our
 * own databases make them: of those scripts it takes what is about these tables, and nothing else.
 * So somebody else's tables are not touched, and there is one place that says what ours are.
 */
final class Bookkeeping {

  /**
   * Scripts about who may ask central, and about what its pages show of gateways: nobody signs in
   * to a database that is written directly, and no pages are drawn of it.
   */
  static final List<String> OF_CENTRAL_ALONE =
      List.of("V11__who_may.sql", "V12__gateway_history.sql", "V13__compared.sql");

  /** The other scripts of the folder of migrations, in their order. */
  static final List<String> SCRIPTS =
      List.of(
          "V1__sensor_database.sql",
          "V2__mapping_in_force.sql",
          "V3__rest_interface.sql",
          "V4__digests.sql",
          "V6__completeness.sql",
          "V7__decided_rows.sql",
          "V8__metadata_both_ways.sql",
          "V9__mapping_decisions.sql",
          "V10__coming_back.sql",
          "V14__sensor_set_aside.sql");

  private static final String OURS = "tributary_";
  private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*--.*$");
  private static final Pattern FOREIGN_KEY = Pattern.compile(",\\s*FOREIGN KEY[^\\n]*");
  private static final Pattern TABLE =
      Pattern.compile("CREATE TABLE (tributary_\\w+) \\(.*", Pattern.DOTALL);
  private static final Pattern COLUMN =
      Pattern.compile("ALTER TABLE (tributary_\\w+) ADD COLUMN (\\w+) .*", Pattern.DOTALL);
  private static final Pattern INDEX =
      Pattern.compile("CREATE INDEX (tributary_\\w+) ON (tributary_\\w+) \\(.*", Pattern.DOTALL);

  /** What a statement makes. */
  private enum Makes {
    TABLE,
    COLUMN,
    INDEX
  }

  /**
   * A statement about one of our tables.
   *
   * @param name of the column or index; of the table itself, where it makes that
   */
  private record Step(Makes makes, String table, String name, String sql) {}

  private final List<Step> steps;

  Bookkeeping(Engine engine) {
    this.steps = steps(engine.schemaWords());
  }

  private static List<Step> steps(Map<String, String> words) {
    List<Step> steps = new ArrayList<>();
    for (String script : SCRIPTS) {
      String text = COMMENT.matcher(resource("schema/" + script)).replaceAll("");
      for (Map.Entry<String, String> word : words.entrySet()) {
        text = text.replace("${" + word.getKey() + "}", word.getValue());
      }
      for (String statement : text.split(";\\s*\\n", -1)) {
        String sql = statement.strip();
        Matcher table = TABLE.matcher(sql);
        Matcher column = COLUMN.matcher(sql);
        Matcher index = INDEX.matcher(sql);
        if (table.matches()) {
          steps.add(new Step(Makes.TABLE, table.group(1), table.group(1), sql));
        } else if (column.matches()) {
          steps.add(new Step(Makes.COLUMN, column.group(1), column.group(2), sql));
        } else if (index.matches()) {
          steps.add(new Step(Makes.INDEX, index.group(2), index.group(1), sql));
        } else if (sql.contains(OURS)) {
          throw new IllegalStateException(script + " does to our tables what is not known: " + sql);
        }
      }
    }
    return steps;
  }

  private static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(Schema.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Our own resource " + name, e);
    }
  }

  /** Names of the tables. */
  List<String> tables() {
    return steps.stream().filter(step -> step.makes() == Makes.TABLE).map(Step::table).toList();
  }

  /** Whether all of them are there, with all their columns. */
  boolean isKeptIn(Map<String, FoundTable> found) {
    Map<String, Set<String>> wanted = new HashMap<>();
    for (Step step : steps) {
      if (step.makes() != Makes.INDEX) {
        wanted.computeIfAbsent(step.table(), table -> new HashSet<>());
      }
      if (step.makes() == Makes.COLUMN) {
        Objects.requireNonNull(wanted.get(step.table())).add(step.name());
      }
    }
    return wanted.entrySet().stream()
        .allMatch(
            each -> {
              FoundTable there = found.get(each.getKey());
              return there != null && there.columns().keySet().containsAll(each.getValue());
            });
  }

  /** Makes what is missing of them. May be broken off anywhere and run again. */
  void create(Connection connection, Map<String, FoundTable> found) throws SQLException {
    Map<String, Set<String>> indexes = new HashMap<>();
    try (Statement statement = connection.createStatement()) {
      for (Step step : steps) {
        FoundTable there = found.get(step.table());
        boolean isThere =
            there != null
                && switch (step.makes()) {
                  case TABLE -> true;
                  case COLUMN -> there.column(step.name()).isPresent();
                  case INDEX -> {
                    if (!indexes.containsKey(step.table())) {
                      indexes.put(step.table(), indexesOf(connection, step.table()));
                    }
                    yield Objects.requireNonNull(indexes.get(step.table())).contains(step.name());
                  }
                };
        if (!isThere) {
          statement.addBatch(step.sql()); // together: each by itself would be a turn
        }
      }
      statement.executeBatch();
    }
  }

  private static Set<String> indexesOf(Connection connection, String table) throws SQLException {
    Set<String> names = new HashSet<>();
    try (ResultSet found =
        connection
            .getMetaData()
            .getIndexInfo(connection.getCatalog(), connection.getSchema(), table, false, true)) {
      while (found.next()) {
        String name = found.getString("INDEX_NAME");
        if (name != null) {
          names.add(name.toLowerCase(Locale.ROOT));
        }
      }
    }
    return names;
  }

  /**
   * Makes all of them for this connection alone; they go with it. Temporary tables can't refer to
   * each other, and need not: nobody else writes them.
   */
  void createTemporary(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (Step step : steps) {
        statement.addBatch(
            step.makes() == Makes.TABLE
                ? FOREIGN_KEY
                    .matcher(step.sql())
                    .replaceAll("")
                    .replaceFirst("CREATE TABLE", "CREATE TEMPORARY TABLE")
                : step.sql());
      }
      statement.executeBatch();
    }
  }
}
