package org.tributary.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.tributary.wire.Outline;
import org.tributary.wire.Rows;

/**
 * A gateway's new database while it is filled with what the one before held. It adds and never
 * changes: a row that is there already stays as it is. Each call is one transaction, so that a kill
 * between any two leaves something to go on with. Thread-safe.
 */
public final class RestoredDatabase implements AutoCloseable {

  private final Database database;

  private RestoredDatabase(Database database) {
    this.database = database;
  }

  /**
   * What became of rows.
   *
   * @param added that were not there
   * @param same that were there already
   * @param others whose key is there with other values, which stay
   * @param refused that this database does not take
   */
  public record Taken(long added, long same, long others, long refused) {

    public static final Taken NOTHING = new Taken(0, 0, 0, 0);

    public Taken plus(Taken other) {
      return new Taken(
          added + other.added, same + other.same, others + other.others, refused + other.refused);
    }
  }

  /**
   * Opens it; its tables are made if there are none.
   *
   * @throws StoreException if it can't be used, or has tables that another program made
   */
  public static RestoredDatabase open(DatabaseUrl url) throws StoreException {
    examine(url);
    Database database = Database.open(url, Access.DURABLE);
    try {
      Schema.upgrade(database);
    } catch (StoreException e) {
      database.close();
      throw e;
    }
    return new RestoredDatabase(database);
  }

  /**
   * Looks whether it may be filled; nothing is made.
   *
   * @throws StoreException if it can't be used, or has tables that another program made
   */
  public static void examine(DatabaseUrl url) throws StoreException {
    if (url.file().isPresent()) {
      requireWritable(url, url.file().get().toAbsolutePath());
    }
    refuseSomebodyElses(url);
  }

  private static void requireWritable(DatabaseUrl url, Path file) throws StoreException {
    Path folder = file.getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new StoreException(
          Trouble.MISSING,
          "%s can't be made: there is no folder %s; make it".formatted(url.printable(), folder));
    }
    Path written = Files.exists(file) || folder == null ? file : folder;
    if (!Files.isWritable(written)) {
      throw new StoreException(
          Trouble.READ_ONLY,
          "%s can't be filled: %s may not be written by this user"
              .formatted(url.printable(), written));
    }
  }

  private static void refuseSomebodyElses(DatabaseUrl url) throws StoreException {
    if (TargetDatabase.isSomebodyElses(url)) {
      throw new StoreException(
          Trouble.OTHER,
          url.printable()
              + " has tables that another program made. restore fills a database of its own making:"
              + " let localurl name one that is not there yet, or an empty one");
    }
  }

  /**
   * What stands there that is not of these tables, in words, if it is such that it may not be
   * filled. Nothing is made.
   */
  public static Optional<String> stranger(DatabaseUrl url, Outline outline) throws StoreException {
    if (url.file().isPresent() && !Files.exists(url.file().get())) {
      return Optional.empty();
    }
    try (Database database = Database.open(url, Access.READ_ONLY)) {
      return Schema.isOurs(database.reflect())
          ? database.read(
              connection -> new RestoredMetadata(connection, database.engine()).stranger(outline))
          : Optional.empty(); // it is empty: nobody else's tables are there
    }
  }

  /**
   * Brings in the tables that travel whole, all of them or none. Where they are there already,
   * nothing is done: it goes on where it was.
   *
   * @param tables parents first
   * @return what else stands there, in words, if that is why nothing was brought in
   */
  public Optional<String> fill(List<Rows> tables) throws StoreException {
    return database.write(
        connection -> new RestoredMetadata(connection, database.engine()).fill(tables));
  }

  /** Adds rows of a series. */
  public Taken take(Rows rows) throws StoreException {
    if (rows.isEmpty()) {
      return Taken.NOTHING;
    }
    try {
      return database.write(connection -> take(connection, rows));
    } catch (StoreException e) {
      if (e.trouble() != Trouble.DATA) {
        throw e;
      }
      if (rows.size() == 1) {
        return new Taken(0, 0, 0, 1);
      }
      int half = rows.size() / 2; // one of them is it; the others are not to suffer for it
      return take(rows.slice(0, half)).plus(take(rows.slice(half, rows.size())));
    }
  }

  private Taken take(Connection connection, Rows rows) throws SQLException {
    int added = new TableWriter(database.engine(), rows.table()).insertNew(connection, rows);
    if (added == rows.size()) {
      return new Taken(added, 0, 0, 0);
    }
    KnownRows known = KnownRows.of(connection, new TableSql(database.engine(), rows.table()), rows);
    long same = -added;
    long others = 0;
    long refused = 0;
    for (int row = 0; row < rows.size(); row++) {
      int entry = known.find(rows, row);
      if (entry < 0) {
        refused++;
      } else if (isSame(rows, row, known.rows(entry), known.row(entry))) {
        same++;
      } else {
        others++;
      }
    }
    return new Taken(added, same, others, refused);
  }

  private static boolean isSame(Rows wanted, int row, Rows there, int its) {
    for (int i = 0; i < wanted.columns().size(); i++) {
      if (!wanted.sameCell(i, row, there, i, its)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    database.close();
  }
}
