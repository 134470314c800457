package org.tributary.store;

import java.nio.file.Files;

/** Whether a database is a central's, of a revision that a desk can work on. */
public final class CentralBooks {

  /** What the newest migration made. */
  private static final String NEWEST = "tributary_told";

  private CentralBooks() {}

  /**
   * Looks for our tables.
   *
   * @throws StoreException saying what to do if it isn't there
   */
  public static void require(DatabaseUrl url) throws StoreException {
    if (url.file().isPresent() && !Files.exists(url.file().get())) {
      throw new StoreException(
          Trouble.MISSING, "There is no file %s; is --db central's?".formatted(url.file().get()));
    }
    try (Database looking = Database.open(url, Access.READ_ONLY)) {
      Reflection found = looking.reflect();
      if (!Schema.isOurs(found) || found.table(NEWEST).isEmpty()) {
        throw new StoreException(
            Trouble.MISSING,
            url.printable()
                + (Schema.isOurs(found)
                    ? " is of an older revision; `tributary serve` of this version upgrades it"
                    : " is no database of a central; is --db right?"));
      }
    }
  }
}
