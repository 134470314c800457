package org.tributary.store.upgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.DatabaseUrl.Dialect;
import org.tributary.store.StoreException;
import org.tributary.store.Trouble;

/**
 * Brings an original database to the latest revision, in place. On PostgreSQL and SQLite all of it
 * is one transaction; on MariaDB, which commits each change of a table by itself, a journal in the
 * database lets an upgrade that was broken off go on. What the tables hold is added up before and
 * after and has to be the same. Not thread-safe.
 */
public final class OriginalUpgrade implements AutoCloseable {

  private final Database database;
  private final UpgradeOptions options;
  private final Ddl ddl;
  private final Connection connection;

  /** All that one look at a database gives. */
  private record Look(
      Picture before,
      Facts facts,
      Steps.Decisions decisions,
      Optional<Journal> journal,
      Recognition recognition,
      Picture after,
      List<Planned> steps,
      List<String> notes) {}

  private OriginalUpgrade(Database database, UpgradeOptions options, Connection connection) {
    this.database = database;
    this.options = options;
    this.ddl = new Ddl(database.url().dialect(), database.engine());
    this.connection = connection;
  }

  /** Opens a database; to plan only, or to change it as well. */
  public static OriginalUpgrade open(DatabaseUrl url, UpgradeOptions options, boolean toChange)
      throws StoreException {
    Access access = toChange ? Access.BORROWED : Access.READ_ONLY;
    Database database = Database.open(url, access);
    try {
      Connection connection = database.engine().connect(url, access);
      return new OriginalUpgrade(database, options, connection);
    } catch (SQLException e) {
      StoreException failure = database.failure(e);
      database.close();
      throw failure;
    }
  }

  /** The tables' definitions as SQL, to be kept, with what an upgrade drops for good. */
  public List<String> definitions() throws StoreException {
    try {
      return Definitions.of(connection, ddl, picture());
    } catch (SQLException e) {
      throw database.failure(e);
    }
  }

  /** How many rows each table holds. */
  public Map<String, Long> rowCounts() throws StoreException {
    try {
      return rowCounts(connection, ddl, picture());
    } catch (SQLException e) {
      throw database.failure(e);
    }
  }

  static Map<String, Long> rowCounts(Connection connection, Ddl ddl, Picture picture)
      throws SQLException {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (FoundTable table : picture.tables()) {
      counts.put(
          table.name(), Ask.number(connection, "SELECT COUNT(*) FROM " + ddl.quote(table.name())));
    }
    return counts;
  }

  /** Who else is connected to the database; always nobody where it can't be told. */
  public List<String> otherConnections() throws StoreException {
    try {
      return Neighbours.of(connection, ddl.dialect());
    } catch (SQLException e) {
      throw database.failure(e);
    }
  }

  /** Plans an upgrade and changes nothing. */
  public Plan plan() throws StoreException {
    try {
      Look look = look();
      List<Step> steps = new ArrayList<>(look.steps().stream().map(Planned::step).toList());
      List<String> ending = ending(look);
      if (!ending.isEmpty()) {
        steps.add(new Step("stamp", "say that it is of the latest revision", ending));
      }
      return new Plan(steps, look.notes());
    } catch (SQLException e) {
      throw database.failure(e);
    }
  }

  /**
   * Upgrades the database.
   *
   * @throws StoreException if that can't be done, or if rows are not the same as before
   */
  public void run(UpgradeListener listener) throws StoreException {
    String[] at = {"its beginning"};
    try {
      prepare();
      Look look = look();
      Journal journal = look.journal().isPresent() ? look.journal().get() : begin(look);
      for (Planned step : look.steps()) {
        listener.begins(step.step());
        for (Act act : step.acts()) {
          run(act, listener, at);
        }
      }
      compare(journal);
      for (String statement : ending(look)) {
        run(new Act(List.of(statement), ""), listener, at);
      }
      at[0] = "its end";
      Ask.run(connection, "DROP TABLE " + Journal.TABLE);
      commit();
    } catch (SQLException e) {
      StoreException failure = database.failure(e);
      throw new StoreException(
          failure.trouble(),
          "%s. That was at %s; %s"
              .formatted(
                  failure.getMessage(),
                  at[0],
                  ddl.isTransactional()
                      ? "nothing has been changed."
                      : "what was done before it stands, and upgrading again goes on there."),
          e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close(); // which takes back what was not committed
    } catch (SQLException e) {
      // Nothing is left to be saved in it.
    }
    database.close();
  }

  private Picture picture() throws SQLException {
    return Picture.of(connection, ddl.dialect(), ddl.engine());
  }

  private void prepare() throws SQLException {
    if (ddl.dialect() == Dialect.SQLITE) {
      // Tables are built anew beneath foreign keys, triggers and views.
      Ask.run(connection, "PRAGMA foreign_keys = OFF");
      Ask.run(connection, "PRAGMA legacy_alter_table = ON");
    } else {
      connection.setNetworkTimeout(Runnable::run, 0); // altering a large table takes its time
      Ask.run(
          connection,
          ddl.dialect() == Dialect.MYSQL
              ? "SET SESSION lock_wait_timeout = 30"
              : "SET lock_timeout = '30s'");
    }
    connection.setAutoCommit(false);
    if (ddl.dialect() == Dialect.POSTGRESQL) {
      List<String> names = picture().tables().stream().map(FoundTable::name).toList();
      if (!names.isEmpty()) {
        Ask.run(connection, "LOCK TABLE " + ddl.list(names) + " IN ACCESS EXCLUSIVE MODE");
      }
    }
  }

  private Look look() throws SQLException, StoreException {
    Picture before = picture();
    Recognition recognition = Recognition.of(before, before.stamps(connection, ddl.engine()));
    Optional<Journal> journal = Journal.find(connection, before);
    SensorTypeNumbers numbers = new SensorTypeNumbers(database.url(), ddl, options.relabelled());
    boolean relabels =
        journal.isPresent()
            ? journal.get().isDue(Journal.RELABEL)
            : numbers.areOld(connection, before, recognition);
    boolean locates =
        journal
            .map(under -> under.isDue(Journal.LOCATE))
            .orElse(!before.has("Reading", "locationId") || before.has("Node", "houseId"));
    Steps.Decisions decisions =
        new Steps.Decisions(
            options.chain(),
            relabels,
            locates,
            table -> journal.map(under -> under.folds(table)).orElse(options.foldCopies()));
    Facts facts = Facts.of(connection, before, ddl, relabels);
    Draft draft = new Draft(ddl, before.copy());
    new Steps(draft, facts, decisions).draw();
    List<Planned> steps = draft.end();
    return new Look(
        before, facts, decisions, journal, recognition, draft.picture(), steps, draft.notes());
  }

  private Journal begin(Look look) throws SQLException {
    List<String> due = new ArrayList<>();
    if (look.decisions().relabels()) {
      due.add(Journal.RELABEL);
    }
    if (look.decisions().locates()) {
      due.add(Journal.LOCATE);
    }
    Journal.createTable(connection, look.before());
    List<Expectation> expectations =
        new Expectations(connection, ddl, look.before(), look.after())
            .of(look.facts(), look.decisions());
    Journal journal = Journal.of(look.recognition().start(), due, expectations);
    journal.write(connection);
    commitStep();
    return journal;
  }

  private void run(Act act, UpgradeListener listener, String[] at) throws SQLException {
    for (String statement : act.statements()) {
      at[0] = statement;
      listener.runs(statement);
      Ask.run(connection, statement);
    }
    if (!act.due().isEmpty()) {
      Journal.done(connection, act.due());
    }
    commitStep();
    listener.ran(act.statements().get(act.statements().size() - 1));
  }

  private void compare(Journal journal) throws SQLException, StoreException {
    List<String> differences =
        Expectations.differences(connection, ddl, picture(), journal.expectations());
    if (!differences.isEmpty() && !options.acceptDifferences()) {
      throw new StoreException(
          Trouble.DATA,
          "%s does not hold the rows that it held before: %s. %s"
              .formatted(
                  database.url().printable(),
                  String.join("; ", differences),
                  ddl.isTransactional()
                      ? "Nothing has been changed. Please report it."
                      : "Did anything write meanwhile? Compare with your backup; with"
                          + " --accept-differences another upgrade ends this one."));
    }
  }

  private List<String> ending(Look look) {
    String head = options.chain().head().id();
    if (look.recognition().stamps().equals(List.of(head)) && look.journal().isEmpty()) {
      return List.of();
    }
    List<String> statements = new ArrayList<>();
    if (!look.before().has("alembic_version")) {
      statements.add(
          "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)" + ddl.tail());
    }
    if (!look.recognition().stamps().equals(List.of(head))) {
      statements.add("DELETE FROM alembic_version");
      statements.add("INSERT INTO alembic_version (version_num) VALUES ('%s')".formatted(head));
    }
    return statements;
  }

  /** Keeps what was done, where the rest could not be taken back with it. */
  private void commitStep() throws SQLException {
    if (!ddl.isTransactional()) {
      connection.commit();
    }
  }

  private void commit() throws SQLException {
    connection.commit();
    connection.setAutoCommit(true);
  }
}
