package org.tributary.edge.direct;

import java.io.IOException;
import java.util.List;
import org.tributary.store.direct.RemoteDatabase;
import org.tributary.store.direct.UnfitException;

/**
 * What was found when a remote database was looked at, without changing anything in it.
 *
 * @param otherwise what its tables have otherwise, a sentence each
 * @param keepsBooks whether our tables are there already
 * @param lackingRights what whoever signs in may not do and has to
 */
public record Inspection(List<String> otherwise, boolean keepsBooks, List<String> lackingRights) {

  public Inspection {
    otherwise = List.copyOf(otherwise);
    lackingRights = List.copyOf(lackingRights);
  }

  /**
   * Opens the way, signs in and looks.
   *
   * @param createTables whether our tables may be made there
   */
  public static Inspection of(Reach reach, boolean createTables)
      throws IOException, NoWayException, UnfitException {
    try (Reach.Way way = reach.open();
        RemoteDatabase remote = RemoteDatabase.open(way.known(), way.url())) {
      return new Inspection(
          remote.fit().words(), remote.keepsBooks(), remote.lackingRights(createTables));
    }
  }
}
