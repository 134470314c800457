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
import org.tributary.store.Reflection;
import org.tributary.store.Schema;
import org.tributary.store.StoreException;

/**
 * What a database is.
 *
 * @param version of which revision it is, if it is one of ours
 * @param recognition of which revision it is, if it is an original one
 * @param isUnderWay whether an upgrade was begun and not ended
 * @param rows how many each table holds, as the database spells it
 * @param differences from a fresh installation of the latest original revision
 * @param missing what it lacks for being pushed from
 */
public record DatabaseInfo(
    Sort sort,
    Optional<Schema.Version> version,
    Optional<Recognition> recognition,
    boolean isUnderWay,
    Map<String, Long> rows,
    List<String> differences,
    List<String> missing) {

  /** Sorts of databases. */
  public enum Sort {
    /** No table at all. */
    EMPTY,
    /** Made by this program. */
    OURS,
    /** Of the original programs. */
    ORIGINAL,
    /** Anything else. */
    OTHER
  }

  public DatabaseInfo {
    rows = new LinkedHashMap<>(rows);
    differences = List.copyOf(differences);
    missing = List.copyOf(missing);
  }

  /** Looks at a database and changes nothing. */
  public static DatabaseInfo of(DatabaseUrl url) throws StoreException {
    try (Database database = Database.open(url, Access.READ_ONLY)) {
      Reflection reflection = database.reflect();
      boolean ours = Schema.isOurs(reflection);
      Ddl ddl = new Ddl(url.dialect(), database.engine());
      Optional<Schema.Version> version =
          ours ? Optional.of(Schema.version(database)) : Optional.empty();
      boolean original = !ours && Schema.isForeign(reflection);
      return database.read(
          connection -> of(connection, ddl, version, original, reflection.missing()));
    }
  }

  private static DatabaseInfo of(
      Connection connection,
      Ddl ddl,
      Optional<Schema.Version> version,
      boolean original,
      List<String> missing)
      throws SQLException {
    Picture picture = Picture.of(connection, ddl.dialect(), ddl.engine());
    Map<String, Long> rows =
        new LinkedHashMap<>(OriginalUpgrade.rowCounts(connection, ddl, picture));
    rows.keySet().removeIf(table -> table.equals(Journal.TABLE));
    Sort sort = Sort.OTHER;
    Optional<Recognition> recognition = Optional.empty();
    List<String> differences = new ArrayList<>();
    if (version.isPresent()) {
      sort = Sort.OURS;
    } else if (original) {
      sort = Sort.ORIGINAL;
      recognition = Optional.of(Recognition.of(picture, picture.stamps(connection, ddl.engine())));
      differences.addAll(Differences.of(picture));
    } else if (rows.isEmpty()) {
      sort = Sort.EMPTY;
    }
    return new DatabaseInfo(
        sort,
        version,
        recognition,
        Journal.find(connection, picture).isPresent(),
        rows,
        differences,
        missing);
  }
}
