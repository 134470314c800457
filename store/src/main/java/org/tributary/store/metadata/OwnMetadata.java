package org.tributary.store.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.StoreException;
import org.tributary.store.WallClock;
import org.tributary.store.direct.RemoteDatabase;
import org.tributary.store.direct.UnfitException;
import org.tributary.wire.MetadataChange;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * The metadata of a gateway's own database, to be changed as central says. Its tables are written
 * as they are: what a column can't hold as it is stays undone. Opened for each use, because changes
 * are rare and the logger's file is better left alone. Thread-safe.
 *
 * @param wallClock by which the database's times without a zone are written
 */
public record OwnMetadata(DatabaseUrl url, WallClock wallClock) {

  /** What keeps changes from being brought into it, a sentence each. Changes nothing. */
  public List<String> obstacles() throws StoreException {
    try (RemoteDatabase database = RemoteDatabase.open(url, url, wallClock)) {
      List<String> obstacles = new ArrayList<>();
      for (Table table : Tables.ALL) {
        if (table.hasId()) {
          database.fit().refusal(table).ifPresent(obstacles::add);
        }
      }
      List<String> lacking = database.lackingMetadataRights();
      if (!lacking.isEmpty()) {
        obstacles.add("it can't be written: " + String.join(", ", lacking));
      }
      return obstacles;
    } catch (UnfitException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Brings changes into the database, in one transaction; each is done as a whole or not at all,
   * and a field that is not what central thought it was stays as it is. The same changes may be
   * brought twice.
   *
   * @throws StoreException if the database can't be written now
   */
  public Taken take(List<MetadataChange> changes) throws StoreException {
    if (changes.isEmpty()) {
      return Taken.NOTHING;
    }
    try (RemoteDatabase database = RemoteDatabase.open(url, url, wallClock)) {
      return database
          .database()
          .write(
              connection ->
                  new Taking(database.database().engine(), database.fit(), connection)
                      .take(changes));
    } catch (UnfitException e) {
      return new Taken(List.of(), List.of(String.valueOf(e.getMessage())), Map.of());
    }
  }
}
