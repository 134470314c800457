package org.tributary.store.upgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.StoreException;
import org.tributary.store.Trouble;

/**
 * Decides whether readings have the old numbers of sensor types, which revision 162edc9b6f88
 * changed. Nothing is guessed: twice changed numbers could not be told from right ones.
 *
 * @param told what a person says: whether they have the new ones
 */
record SensorTypeNumbers(DatabaseUrl url, Ddl ddl, Optional<Boolean> told) {

  /**
   * Looks at a database that no upgrade was begun on.
   *
   * @throws StoreException if that matters, and neither the person nor the database says it
   */
  boolean areOld(Connection connection, Picture picture, Recognition recognition)
      throws SQLException, StoreException {
    Optional<Boolean> areNew = told.isPresent() ? told : recognition.isRelabelled();
    if (areNew.isPresent()) {
      return !areNew.get();
    }
    boolean matters =
        picture.has("Reading", "type")
            && Ask.number(
                    connection,
                    "SELECT COUNT(*) FROM %s WHERE %s IN (20, 21, 24)"
                        .formatted(ddl.quote(picture.require("Reading").name()), ddl.quote("type")))
                > 0;
    if (matters) {
      throw new StoreException(
          Trouble.OTHER,
          url.printable()
              + " has readings of the sensor types 20, 21 or 24, and does not say whether these"
              + " are the old numbers of what is 40, 41 and 43 today (revision 162edc9b6f88)."
              + " Look what they are, and say --sensor-types old or --sensor-types new.");
    }
    return false;
  }
}
