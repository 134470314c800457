package org.tributary.store.metadata;

import java.util.List;
import java.util.Map;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.StoreException;
import org.tributary.store.WallClock;
import org.tributary.store.direct.RemoteDatabase;
import org.tributary.store.direct.UnfitException;
import org.tributary.wire.MetadataChange;

/**
 * The metadata of a gateway's own database, to be changed as central says. Its tables are written
 * as they are: what a column can't hold as it is stays undone. Opened for each use, because changes
 * are rare and the logger's file is better left alone. Thread-safe.
 *
 * @param wallClock by which the database's times without a zone are written
 */
public record GatewayMetadata(DatabaseUrl url, WallClock wallClock) {

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
