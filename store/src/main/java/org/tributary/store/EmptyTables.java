package org.tributary.store;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.tributary.wire.Column;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.rest.RestTables;

/**
 * Empties a sensor database, be it ours or somebody else's: the tables that travel, all that refers
 * to them, and our own bookkeeping, children before parents. Tables stay, and the types and rooms
 * that every sensor database begins with are put back.
 *
 * <p>Series go first and in portions, so that years of readings keep nobody out for long; the rest
 * goes in one transaction.
 */
public final class EmptyTables implements AutoCloseable {

  private static final String OURS = "tributary_";
  private static final int ROWS_PER_PORTION = 100_000;

  private final Database database;
  private final Reflection reflection;
  private final List<Link> links;

  /** Rows of one table refer to another's by this column; both in lower case. */
  private record Link(String child, String column, String parent) {}

  private EmptyTables(Database database, Reflection reflection, List<Link> links) {
    this.database = database;
    this.reflection = reflection;
    this.links = links;
  }

  /** Looks at a database; nothing is changed yet, and nothing but rows ever is. */
  public static EmptyTables of(DatabaseUrl url) throws StoreException {
    boolean ours;
    try (Database looking = Database.open(url, Access.READ_ONLY)) {
      ours = Schema.isOurs(looking.reflect());
    }
    Database database = Database.open(url, ours ? Access.WRITE : Access.BORROWED);
    try {
      Reflection reflection = database.reflect();
      return new EmptyTables(
          database, reflection, database.read(connection -> links(connection, reflection)));
    } catch (StoreException e) {
      database.close();
      throw e;
    }
  }

  public DatabaseUrl url() {
    return database.url();
  }

  /** Whether this program made the tables. */
  public boolean isOurs() {
    return Schema.isOurs(reflection);
  }

  /** Whether there is anything here that could be emptied. */
  public boolean isSensorDatabase() {
    return !reached().isEmpty();
  }

  /** How many rows each table holds that would be emptied, children first, empty ones left out. */
  public Map<String, Long> rowCounts() throws StoreException {
    return database.read(
        connection -> {
          Map<String, Long> counts = new LinkedHashMap<>();
          for (String table : order()) {
            long rows = count(connection, table);
            if (rows > 0) {
              counts.put(table, rows);
            }
          }
          return counts;
        });
  }

  /** Empties them. */
  public void run() throws StoreException {
    run(ROWS_PER_PORTION);
  }

  void run(int rowsPerPortion) throws StoreException {
    for (Table table : Tables.ALL) {
      Optional<SourceTable> actual = reflection.table(table.name());
      if (table.isSeries() && actual.isPresent()) {
        emptySeries(actual.get().name(), quote(actual.get(), table.key().get(0)), rowsPerPortion);
      }
    }
    database.write(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            for (Link link : loops()) {
              statement.executeUpdate(
                  "UPDATE %s SET %s = NULL".formatted(quote(link.child()), column(link)));
            }
            for (String table : order()) {
              statement.executeUpdate("DELETE FROM " + database.engine().quote(table));
            }
          }
          Schema.seedAnew(connection, database.engine(), reflection);
          return true;
        });
  }

  @Override
  public void close() {
    database.close();
  }

  private void emptySeries(String name, String time, int rowsPerPortion) throws StoreException {
    String table = database.engine().quote(name);
    String next =
        """
        SELECT %s
        FROM %s
        WHERE %s IS NOT NULL
        ORDER BY %s
        LIMIT 1 OFFSET %d
        """
            .formatted(time, table, time, time, rowsPerPortion);
    boolean more = true;
    while (more) {
      more =
          database.write(
              connection -> {
                try (Statement select = connection.createStatement();
                    ResultSet found = select.executeQuery(next)) {
                  if (!found.next()) {
                    return false;
                  }
                  try (PreparedStatement delete =
                      connection.prepareStatement(
                          "DELETE FROM %s WHERE %s <= ?".formatted(table, time))) {
                    delete.setObject(1, found.getObject(1));
                    return delete.executeUpdate() > 0;
                  }
                }
              });
    }
  }

  /** What is emptied, each table before those that it refers to, in the database's spelling. */
  private List<String> order() {
    Set<String> left = new LinkedHashSet<>(reached());
    List<Link> loops = loops();
    List<String> order = new ArrayList<>();
    while (!left.isEmpty()) {
      String free =
          left.stream()
              .filter(
                  table ->
                      links.stream()
                          .filter(link -> !loops.contains(link))
                          .noneMatch(
                              link ->
                                  link.parent().equals(table)
                                      && !link.child().equals(table)
                                      && left.contains(link.child())))
              .findFirst()
              .orElseGet(() -> left.iterator().next()); // a loop we know nothing of: let it say so
      left.remove(free);
      order.add(spelled(free));
    }
    return order;
  }

  /**
   * The tables that travel, whatever refers to them, and ours, those of the REST interface among
   * them; in lower case.
   */
  private Set<String> reached() {
    Set<String> reached = new LinkedHashSet<>();
    for (String name : reflection.tableNames()) {
      boolean ours = lower(name).startsWith(OURS) && !Schema.isHistory(name);
      // A table of that name may be anything in a database that somebody else made.
      boolean isRest = isOurs() && RestTables.named(name).isPresent();
      if (ours || isSensorTable(name) || isRest) {
        reached.add(lower(name));
      }
    }
    boolean grows = true;
    while (grows) {
      grows = false;
      for (Link link : links) {
        grows |= reached.contains(link.parent()) && reached.add(link.child());
      }
    }
    return reached;
  }

  /**
   * Where a sensor table refers to one of the others: a house names its server, and a server its
   * base node. Cleared beforehand, so that there is an order.
   */
  private List<Link> loops() {
    return links.stream()
        .filter(link -> isSensorTable(link.child()) && !isSensorTable(link.parent()))
        .toList();
  }

  private static List<Link> links(Connection connection, Reflection reflection)
      throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    Set<Link> links = new LinkedHashSet<>();
    for (Table table : Tables.ALL) {
      // Not every database has a foreign key where one table refers to another.
      for (Column column :
          reflection.table(table.name()).map(a -> a.present(table)).orElse(List.of())) {
        column
            .references()
            .ifPresent(
                parent ->
                    links.add(new Link(lower(table.name()), lower(column.name()), lower(parent))));
      }
    }
    for (String table : reflection.tableNames()) {
      try (ResultSet found =
          metaData.getImportedKeys(connection.getCatalog(), connection.getSchema(), table)) {
        while (found.next()) {
          links.add(
              new Link(
                  lower(table),
                  lower(found.getString("FKCOLUMN_NAME")),
                  lower(found.getString("PKTABLE_NAME"))));
        }
      }
    }
    return List.copyOf(links);
  }

  private long count(Connection connection, String table) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet found =
            select.executeQuery("SELECT COUNT(*) FROM " + database.engine().quote(table))) {
      found.next();
      return found.getLong(1);
    }
  }

  private static boolean isSensorTable(String name) {
    return Tables.ALL.stream().anyMatch(table -> table.name().equalsIgnoreCase(name));
  }

  private String column(Link link) {
    return quote(actual(link.child()), link.column());
  }

  private String quote(SourceTable table, String column) {
    return database.engine().quote(table.column(column).map(SourceColumn::name).orElse(column));
  }

  private String quote(String table) {
    return database.engine().quote(spelled(table));
  }

  private String spelled(String table) {
    return actual(table).name();
  }

  private SourceTable actual(String table) {
    return Objects.requireNonNull(reflection.table(table).orElse(null), table);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
